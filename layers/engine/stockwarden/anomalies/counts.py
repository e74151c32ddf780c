"""Counts of a report's anomalies, in one item that changes in the same transaction as they do.

generation     the visible one; absent until the first analysis is done
cells          [n, …]: by priority, and within a priority by status, in the order of both
by_rule        {rule: [n, …]}: all of a rule, then the number with each verdict (`VERDICTS`);
               a rule is written with `_` for `-`, so that an expression can name it
changes        the number of changes by people, which shows whether a copy of them is complete
open_cents     the cost of the anomalies that are not resolved, in hundredths of the currency
superseded     true once the warehouse has a newer snapshot: then no list across reports has it
locked         the generation that is being written; until `locked_until` no status changes
lanes, listed  where the pointers of the report are (storage/keys)

It stays below 1 KB with anomalies of 20 rules and all verdicts of each, because every status change
writes it in a transaction, at double cost; a report with more rules pays for 2 KB.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stockwarden.anomalies.model import VERDICTS, Reason, Status
from stockwarden.anomalies.records import WorkState, cents_of, priority_of, rule_of
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item

_CELLS = [(priority, status) for priority in Priority for status in Status]


def cell_path(priority: Priority, status: Status) -> str:
    """The cell in an update expression."""
    return f"#cells[{_CELLS.index((priority, status))}]"


def verdict_path(rule: str, reason: Reason) -> str:
    """The number of a rule's anomalies with a verdict, as a path in an update expression."""
    return f"#by_rule.#{rule.replace('-', '_')}[{1 + VERDICTS.index(reason)}]"


class Tally(NamedTuple):
    """The counted attributes of one anomaly. A verdict (`reason`) counts in the report where people
    gave it: `inherited`, the one from an earlier snapshot, is not counted again."""

    priority: Priority
    status: Status
    rule: str
    reason: Reason | None = None
    inherited: Reason | None = None
    cents: int = 0


def tally_of(record: Item, state: WorkState, inherited: Reason | None) -> Tally:
    rule, cents = rule_of(record), cents_of(record)
    return Tally(priority_of(record), state.status, rule, state.reason, inherited, cents)


@dataclass(frozen=True)
class Counts:
    """`cells` by (priority, status), `verdicts` by (rule, reason); a missing entry means 0."""

    cells: Mapping[tuple[Priority, Status], int]
    by_rule: Mapping[str, int]
    verdicts: Mapping[tuple[str, Reason], int] = field(default_factory=dict)
    open_cents: int = 0
    superseded: bool = False

    @classmethod
    def of_tallies(cls, tallies: Iterable[Tally]) -> "Counts":
        cells: Counter[tuple[Priority, Status]] = Counter()
        rules: Counter[str] = Counter()
        verdicts: Counter[tuple[str, Reason]] = Counter()
        open_cents = 0
        for tally in tallies:
            cells[tally.priority, tally.status] += 1
            rules[tally.rule] += 1
            if tally.status is not Status.RESOLVED:
                open_cents += tally.cents
            for reason, change in ((tally.reason, 1), (tally.inherited, -1)):
                if reason in VERDICTS:
                    verdicts[tally.rule, reason] += change
        return cls(cells, rules, verdicts, open_cents)

    @classmethod
    def from_item(cls, item: Item | None) -> "Counts":
        """All counts are 0 without an item, or before its first generation."""
        if item is None or "cells" not in item:
            return cls({}, {})
        rules = {name.replace("_", "-"): counts for name, counts in item["by_rule"].items()}
        verdicts = {
            (rule, reason): count
            for rule, (_, *verdict_counts) in rules.items()
            for reason, count in zip(VERDICTS, verdict_counts, strict=True)
        }
        return cls(
            dict(zip(_CELLS, item["cells"], strict=True)),
            {rule: total for rule, (total, *_) in rules.items()},
            verdicts,
            item["open_cents"],
            item["superseded"],
        )

    def to_attributes(self) -> dict[str, Any]:
        rules = {
            rule.replace("-", "_"): [
                total,
                *(self.verdicts.get((rule, reason), 0) for reason in VERDICTS),
            ]
            for rule, total in sorted(self.by_rule.items())
        }
        return {
            "cells": [self.cells.get(cell, 0) for cell in _CELLS],
            "by_rule": rules,
            "open_cents": self.open_cents,
        }

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def open(self) -> int:
        """The number of anomalies that are not resolved."""
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

    @property
    def open_by_priority(self) -> dict[Priority, int]:
        return {
            priority: total - self.cells.get((priority, Status.RESOLVED), 0)
            for priority, total in self.by_priority.items()
        }

    def to_document(self) -> dict[str, Any]:
        """The counts as the API's `AnomalyCounts`."""
        return {
            "total": self.total,
            "open": self.open,
            "by_status": {str(status): count for status, count in self.by_status.items()},
            "by_priority": {str(level): count for level, count in self.by_priority.items()},
            "open_by_priority": {str(level): n for level, n in self.open_by_priority.items()},
            "by_rule": dict(self.by_rule),
        }


def unchanged_condition(counts: Item) -> tuple[str, dict[str, Any]]:
    """The condition, and its values, that no anomaly has changed since `counts` was read, nor where
    the report is listed."""
    changes_read = counts.get("changes", 0)
    when = "#changes = :changes" if changes_read else "attribute_not_exists(#changes)"
    values = {
        "generation": counts["generation"],
        "lanes": counts["lanes"],
        **({"changes": changes_read} if changes_read else {}),
    }
    return f"#generation = :generation AND #lanes = :lanes AND {when}", values
