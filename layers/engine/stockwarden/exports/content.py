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

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.index_query import IndexQuery, SortPosition
from stockwarden.anomalies.model import SYSTEM, Anomaly, location_code
from stockwarden.anomalies.records import fields_of, priority_of, reason_of, rule_of, status_of
from stockwarden.anomalies.repository import NO_SUCH_ANOMALY, AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.exports.model import ExportFilter
from stockwarden.reports.repository import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects

_HEADS_AT_ONCE = 800
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Content:
    """A report as it is shown, and which of its anomalies are wanted."""

    stored: StoredReport
    filters: ExportFilter
    repository: AnomalyRepository
    result_sets: ResultSets
    objects: Objects

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
        lines = self.objects.lines(
            object_keys.evidence_key(self.stored.id, self.generation), NO_SUCH_ANOMALY
        )
        at, line = -1, b""
        for record in self._heads():
            while at < record["line_at"]:
                at, line = next(lines, (record["line_at"] + 1, b""))
            finding: dict[str, Any] = (
                json.loads(line)
                if at == record["line_at"]
                else self.repository.read_finding(self.stored.id, self.generation, record)
            )
            yield Anomaly(**fields_of(record, finding)), self._comments(record, finding)

    def _comments(self, record: Item, finding: Mapping[str, Any]) -> list[str]:
        """Of people. What an anomaly brought from earlier snapshots stands in its finding."""
        past: Sequence[Mapping[str, Any]] = finding.get("past", ())
        changed = record["version"] > 1
        own = self._changes.get(keys.digest_in(record), []) if changed else []
        first = own[0]["version"] if own else record["version"] + 1
        entries = [*(entry for entry in past if entry["version"] < first), *own]
        return [
            entry["comment"] for entry in entries if entry.get("comment") and entry["by"] != SYSTEM
        ]

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Read once, and only where something was ever changed."""
        return self.result_sets.changes(self.stored.id)

    def _heads(self) -> Iterator[Item]:
        pk = keys.generation(self.stored.id, self.generation)
        index_query = IndexQuery("by_urgency", pk, "pk", pk, "urgency")
        position: SortPosition | None = None
        while True:
            scanned = self.repository.scan(
                index_query, position=position, limit=_HEADS_AT_ONCE, examine_limit=0
            )
            yield from (record for record in scanned.records if self._is_wanted(record))
            position = scanned.position
            if position is None:
                return

    def _is_wanted(self, record: Item) -> bool:
        wanted = self.filters
        place = keys.location_prefix(location_code(wanted.location))
        return (
            (wanted.status is None or status_of(record) in wanted.status)
            and wanted.priority in {None, priority_of(record)}
            and wanted.rule in {None, rule_of(record)}
            and wanted.assignee in {None, record.get("assignee")}
            and wanted.reason in {None, reason_of(record)}
            and (wanted.due_before is None or record.get("due_date", _NEVER) < wanted.due_before)
            and (wanted.location is None or record["place"].startswith(place))
        )
