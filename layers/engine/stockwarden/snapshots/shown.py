"""Shown snapshots, and the interface of the reports repository that snapshots depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from stockwarden.storage.tables import Operation


@dataclass(frozen=True)
class ShownSnapshot:
    """A shown snapshot of a warehouse."""

    report_id: str
    generation: str
    warehouse_id: str


class ShownReports(Protocol):
    """The operations on reports that snapshots need."""

    def shown_check(self, shown: ShownSnapshot) -> Operation:
        """Fails unless the report exists in that warehouse with that generation."""

    def compared_operation(self, report_id: str, facts: Mapping[str, Any]) -> Operation:
        """Replaces the comparison in the report's DETAIL."""
