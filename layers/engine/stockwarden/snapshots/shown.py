"""Snapshots that are shown, as the reports know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from stockwarden.storage.tables import Operation


@dataclass(frozen=True)
class ShownSnapshot:
    """A snapshot of a warehouse, as it is shown."""

    report_id: str
    generation: str
    warehouse_id: str


class ShownReports(Protocol):
    """What snapshots need of reports."""

    def shown_check(self, shown: ShownSnapshot) -> Operation:
        """Fails unless the report is there, in that warehouse, with that generation."""

    def compared_operation(self, report_id: str, facts: Mapping[str, Any]) -> Operation:
        """Replaces what the report says of its comparison."""
