"""Reads the content of an export: the anomalies of one generation, in the order of urgency.

Records and evidence are stored in the same order, so both are streamed in parallel, and neither is
ever completely in memory.
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
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects

_RECORDS_PER_QUERY = 800
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Content:
    """A shown report, and the filter of its anomalies to export."""

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
        """Yields each anomaly with all its evidence, and its comments, newest last.

        Raises NotFound if a new analysis replaces them meanwhile.
        """
        lines = self.objects.lines(
            object_keys.evidence_key(self.stored.id, self.generation), NO_SUCH_ANOMALY
        )
        offset, line = -1, b""
        for record in self._records():
            while offset < record["line_at"]:
                offset, line = next(lines, (record["line_at"] + 1, b""))
            finding: dict[str, Any] = (
                json.loads(line)
                if offset == record["line_at"]
                else self.repository.read_finding(self.stored.id, self.generation, record)
            )
            yield Anomaly(**fields_of(record, finding)), self._comments(record, finding)

    def _comments(self, record: Item, finding: Mapping[str, Any]) -> list[str]:
        """Comments by people. Those carried over from earlier snapshots are in the finding."""
        past: Sequence[Mapping[str, Any]] = finding.get("past", ())
        is_changed = record["version"] > 1
        changes = self._changes.get(keys.digest_in(record), []) if is_changed else []
        first_version = changes[0]["version"] if changes else record["version"] + 1
        entries = [*(entry for entry in past if entry["version"] < first_version), *changes]
        return [
            entry["comment"] for entry in entries if entry.get("comment") and entry["by"] != SYSTEM
        ]

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The history of changed anomalies, by digest; read once, when first needed."""
        return self.result_sets.changes(self.stored.id)

    def _records(self) -> Iterator[Item]:
        pk = keys.generation(self.stored.id, self.generation)
        index_query = IndexQuery("by_urgency", pk, "pk", pk, "urgency")
        position: SortPosition | None = None
        while True:
            scanned = self.repository.scan(
                index_query, position=position, limit=_RECORDS_PER_QUERY, examine_limit=0
            )
            yield from (record for record in scanned.records if self._matches(record))
            position = scanned.position
            if position is None:
                return

    def _matches(self, record: Item) -> bool:
        filters = self.filters
        location_prefix = keys.location_prefix(location_code(filters.location))
        return (
            (filters.status is None or status_of(record) in filters.status)
            and filters.priority in {None, priority_of(record)}
            and filters.rule in {None, rule_of(record)}
            and filters.assignee in {None, record.get("assignee")}
            and filters.reason in {None, reason_of(record)}
            and (filters.due_before is None or record.get("due_date", _NEVER) < filters.due_before)
            and (filters.location is None or record["place"].startswith(location_prefix))
        )
