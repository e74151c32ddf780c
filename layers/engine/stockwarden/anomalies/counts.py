"""How many anomalies a report has, in one item that changes in the same transaction as they do.

generation     the visible one; absent until the first analysis is done
cells          {"p<rank>_<status>": n}, all of them, so that a change is `n - 1` and `n + 1`
by_rule        {rule: n}
locked         the generation that is being written; until `locked_until` no status changes
owner, listed  where the pointers of the report are (keys.py)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.anomalies.model import Status
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item


def cell_name(priority: Priority, status: Status) -> str:
    return f"p{priority.rank}_{status.name.lower()}"


@dataclass(frozen=True)
class Counts:
    """`cells` by (priority, status); what is not in a mapping is 0."""

    cells: Mapping[tuple[Priority, Status], int]
    by_rule: Mapping[str, int]

    @classmethod
    def of(cls, anomalies: Iterable[tuple[Priority, Status, str]]) -> "Counts":
        cells: Counter[tuple[Priority, Status]] = Counter()
        rules: Counter[str] = Counter()
        for priority, status, rule in anomalies:
            cells[priority, status] += 1
            rules[rule] += 1
        return cls(cells, rules)

    @classmethod
    def from_item(cls, item: Item | None) -> "Counts":
        """No item, or one that awaits its first generation, counts nothing."""
        if item is None or "cells" not in item:
            return cls({}, {})
        cells = {
            (priority, status): item["cells"][cell_name(priority, status)]
            for priority in Priority
            for status in Status
        }
        return cls(cells, item["by_rule"])

    def to_attributes(self) -> dict[str, Any]:
        cells = {
            cell_name(priority, status): self.cells.get((priority, status), 0)
            for priority in Priority
            for status in Status
        }
        return {"cells": cells, "by_rule": dict(sorted(self.by_rule.items()))}

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def open(self) -> int:
        """Everything that is not resolved."""
        return self.total - self.by_status[Status.RESOLVED]

    @property
    def by_status(self) -> dict[Status, int]:
        return {
            status: sum(self.cells.get((priority, status), 0) for priority in Priority)
            for status in Status
        }

    @property
    def by_priority(self) -> dict[Priority, int]:
        return {
            priority: sum(self.cells.get((priority, status), 0) for status in Status)
            for priority in Priority
        }

    def to_document(self) -> dict[str, Any]:
        """As a report shows it: `{"total", "open", "by_status", "by_priority", "by_rule"}`."""
        return {
            "total": self.total,
            "open": self.open,
            "by_status": {str(status): count for status, count in self.by_status.items()},
            "by_priority": {str(level): count for level, count in self.by_priority.items()},
            "by_rule": dict(self.by_rule),
        }
