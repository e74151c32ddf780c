"""Compares the anomalies of two reports of a warehouse, by their digests; either may be newer."""

import re

from stockwarden.anomalies.model import Anomaly
from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity.access import Caller
from stockwarden.snapshots.fingerprint_index import read_digests
from stockwarden.snapshots.model import DiffCounts, DiffPart, ReportDiff
from stockwarden.snapshots.rule_changes import RuleChanges, changes_between_reports
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Table

_NUMBER = re.compile(r"[0-9]{1,8}")


class DiffService:
    def __init__(
        self,
        reports: Table,
        access: ReportAccess,
        repository: AnomalyRepository,
        objects: Objects,
    ) -> None:
        self.reports = reports
        self.access = access
        self.repository = repository
        self.objects = objects

    def compare_reports(
        self,
        caller: Caller,
        report_id: str,
        against: str,
        cursor: str | None,
        limit: int,
        *,
        part: DiffPart | None = None,
    ) -> ReportDiff:
        """One page of the differences; `limit` counts anomalies, `part` selects one of the lists.
        Raises NotFound for a report, Conflict before its analysis, Invalid if both are the same or
        of different warehouses."""
        view, other = self.access.find(caller, report_id), self.access.find(caller, against)
        if report_id == against:
            raise Invalid.field("/against", "Give another report than the one to compare.")
        if self._warehouse(report_id) != self._warehouse(against):
            raise Invalid.field("/against", "Only reports of the same warehouse compare.")
        own_digests, other_digests = self._digests(view), self._digests(other)
        own_set, other_set = set(own_digests), set(other_digests)
        new = [digest for digest in own_digests if digest not in other_set]
        resolved = [digest for digest in other_digests if digest not in own_set]
        persisting = [digest for digest in own_digests if digest in other_set]
        counts = DiffCounts(new=len(new), resolved=len(resolved), persisting=len(persisting))
        if part:
            new, resolved, persisting = (
                before_persisting if part == name else []
                for name, before_persisting in (
                    ("new", new),
                    ("resolved", resolved),
                    ("persisting", persisting),
                )
            )
        scope = f"diff|{view.partition}|{other.partition}|{part or ''}"
        position = decode_cursor(scope, cursor, 1, _NUMBER.fullmatch)
        start = int(position[0]) if position else 0
        stop, before_persisting = start + limit, len(new) + len(resolved)
        return ReportDiff(
            report_id=report_id,
            against=against,
            counts=counts,
            **self._rule_changes(report_id, against).facts(),
            new=self._anomalies(view, new[start:stop]),
            resolved=self._anomalies(other, _page_slice(resolved, start - len(new), limit)),
            persisting=self._anomalies(
                view, _page_slice(persisting, start - before_persisting, limit)
            ),
            next_cursor=encode_cursor(scope, [str(stop)])
            if stop < before_persisting + len(persisting)
            else None,
        )

    def _rule_changes(self, report_id: str, against: str) -> RuleChanges:
        wanted = [keys.detail(against), keys.detail(report_id)]
        details = self.reports.get_many(wanted)
        before, now = (
            next((detail for detail in details if key_of(detail) == key), {}) for key in wanted
        )
        return changes_between_reports(before, now)

    def _digests(self, view: ReportView) -> list[str]:
        if view.generation is None:
            raise Conflict(f"The report {view.id} has not been analyzed yet.")
        return read_digests(self.objects, view.id, view.generation)

    def _anomalies(self, view: ReportView, digests: list[str]) -> list[Anomaly]:
        if not digests:
            return []
        records = self.repository.records(view.partition or "", digests)
        return [anomaly_of(records[digest]) for digest in digests if digest in records]

    def _warehouse(self, report_id: str) -> str | None:
        summary = self.reports.get(keys.summary(report_id))
        return summary.get("warehouse_id") if summary else None


def _page_slice(digests: list[str], start: int, limit: int) -> list[str]:
    """The items of a list on the page that begins at `start`, which may lie outside the list."""
    return digests[max(start, 0) : max(start + limit, 0)]
