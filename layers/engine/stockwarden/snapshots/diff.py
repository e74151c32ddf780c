"""Two analyses side by side, whichever of them is the newer: a digest is the same in both."""

import re

from stockwarden.anomalies.model import Anomaly
from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity.access import Caller
from stockwarden.snapshots.fingerprint_index import read_digests
from stockwarden.snapshots.model import DiffCounts, DiffPart, ReportDiff
from stockwarden.storage.cursors import decode_cursor, encode_cursor
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

    def page(
        self,
        caller: Caller,
        report_id: str,
        against: str,
        cursor: str | None,
        limit: int,
        *,
        part: DiffPart | None = None,
    ) -> ReportDiff:
        """`limit` counts anomalies, `part` leaves the others out. Raises NotFound for
        a report, Conflict before its analysis, Invalid if both are the same or
        of different warehouses."""
        view, other = self.access.find(caller, report_id), self.access.find(caller, against)
        if report_id == against:
            raise Invalid.field("/against", "Give another report than the one to compare.")
        if self._warehouse(report_id) != self._warehouse(against):
            raise Invalid.field("/against", "Only reports of the same warehouse compare.")
        mine, theirs = self._digests(view), self._digests(other)
        here, there = set(mine), set(theirs)
        new = [one for one in mine if one not in there]
        resolved = [one for one in theirs if one not in here]
        persisting = [one for one in mine if one in there]
        counts = DiffCounts(new=len(new), resolved=len(resolved), persisting=len(persisting))
        if part:
            new, resolved, persisting = (
                found if part == name else []
                for name, found in (
                    ("new", new),
                    ("resolved", resolved),
                    ("persisting", persisting),
                )
            )
        scope = f"diff|{view.partition}|{other.partition}|{part or ''}"
        after = decode_cursor(scope, cursor, 1, _NUMBER.fullmatch)
        start = int(after[0]) if after else 0
        stop, found = start + limit, len(new) + len(resolved)
        return ReportDiff(
            report_id=report_id,
            against=against,
            counts=counts,
            new=self._anomalies(view, new[start:stop]),
            resolved=self._anomalies(other, _part(resolved, start - len(new), limit)),
            persisting=self._anomalies(view, _part(persisting, start - found, limit)),
            next_cursor=encode_cursor(scope, [str(stop)])
            if stop < found + len(persisting)
            else None,
        )

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


def _part(digests: list[str], start: int, limit: int) -> list[str]:
    """Of the page that begins at `start` of a list, which may lie before or after it."""
    return digests[max(start, 0) : max(start + limit, 0)]
