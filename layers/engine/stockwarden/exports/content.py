"""What an export tells of: the anomalies of one generation, one by one in the order of urgency.

Heads and evidence lie in the same order, so both are read once, side by side, and neither is ever
in memory whole.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.anomalies import keys
from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.generations import Generations
from stockwarden.anomalies.heads import fields_of, priority_of, reason_of, rule_of, status_of
from stockwarden.anomalies.model import SYSTEM, Anomaly
from stockwarden.anomalies.repository import (
    NO_SUCH_ANOMALY,
    AnomalyRepository,
    Lane,
    Position,
)
from stockwarden.exports.model import ExportFilter
from stockwarden.reports.repository import Stored
from stockwarden.storage.attributes import Item

_HEADS_AT_ONCE = 800
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Content:
    """A report as it is shown, and which of its anomalies are wanted."""

    stored: Stored
    filters: ExportFilter
    repository: AnomalyRepository
    generations: Generations

    @property
    def generation(self) -> str:
        return str(self.stored.summary["generation"])

    @property
    def detail(self) -> Item:
        return self.stored.detail or {}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.detail.get("timezone", "UTC"))

    def counts(self) -> Counts:
        return self.repository.counts(self.stored.id)

    def anomalies(self) -> Iterator[tuple[Anomaly, list[str]]]:
        """With all their evidence, and what people said, the newest comment last.

        Raises NotFound if an analysis replaces them meanwhile.
        """
        lines = self.repository.objects.lines(
            keys.evidence_key(self.stored.id, self.generation), NO_SUCH_ANOMALY
        )
        at, line = -1, b""
        for head in self._heads():
            while at < head["line_at"]:
                at, line = next(lines, (head["line_at"] + 1, b""))
            finding: dict[str, Any] = (
                json.loads(line)
                if at == head["line_at"]
                else self.repository.finding(self.stored.id, self.generation, head)
            )
            yield Anomaly(**fields_of(head, finding)), self._comments(head, finding)

    def _comments(self, head: Item, finding: Mapping[str, Any]) -> list[str]:
        """Of people. What an anomaly brought from earlier snapshots stands in its finding."""
        past: Sequence[Mapping[str, Any]] = finding.get("past", ())
        own = self._changes.get(head["sk"], []) if head["version"] > 1 else []
        first = own[0]["version"] if own else head["version"] + 1
        entries = [*(entry for entry in past if entry["version"] < first), *own]
        return [
            entry["comment"] for entry in entries if entry.get("comment") and entry["by"] != SYSTEM
        ]

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Read once, and only where something was ever changed."""
        return self.generations.changes(self.stored.id)

    def _heads(self) -> Iterator[Item]:
        pk = keys.partition(self.stored.id, self.generation)
        lane = Lane("by_urgency", pk, "pk", pk, "urgency")
        at: Position | None = None
        while True:
            stretch = self.repository.walk(lane, after=at, wanted=_HEADS_AT_ONCE, examine=0)
            yield from (head for head in stretch.heads if self._is_wanted(head))
            at = stretch.position
            if at is None:
                return

    def _is_wanted(self, head: Item) -> bool:
        wanted = self.filters
        place = keys.place_prefix(keys.location_name(wanted.location))
        return (
            (wanted.status is None or status_of(head) in wanted.status)
            and wanted.priority in {None, priority_of(head)}
            and wanted.rule in {None, rule_of(head)}
            and wanted.assignee in {None, head.get("assignee")}
            and wanted.reason in {None, reason_of(head)}
            and (wanted.due_before is None or head.get("due_date", _NEVER) < wanted.due_before)
            and (wanted.location is None or head["place"].startswith(place))
        )
