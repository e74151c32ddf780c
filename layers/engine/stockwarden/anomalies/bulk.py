"""Many anomalies at once, by their ids or by a filter: each as `Triage` would change it."""

from collections.abc import Sequence

from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.ids import AnomalyKey
from stockwarden.anomalies.model import BulkChanged, BulkFailure
from stockwarden.anomalies.records import id_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.report_list import ReportAnomalyList
from stockwarden.anomalies.repository import NO_SUCH_ANOMALY, AnomalyRepository
from stockwarden.anomalies.requests import BULK_LIMIT, AnomalyFilter, BulkFilter, Selection
from stockwarden.anomalies.triage import Triage, superseded
from stockwarden.core.errors import StockwardenError
from stockwarden.identity.access import Action, Caller, require
from stockwarden.storage.tables import ConditionFailed

# Counts once, then head and history of each: 81 of the 100 operations that a transaction takes.
_MOVES_PER_TRANSACTION = 40


class BulkTriage:
    def __init__(
        self,
        triage: Triage,
        listing: ReportAnomalyList,
        repository: AnomalyRepository,
        reports: ReportAccess,
    ) -> None:
        self.triage = triage
        self.repository = repository
        self.reports = reports
        self.listing = listing

    def change_many(self, caller: Caller, selection: Selection, change: Change) -> BulkChanged:
        """Each anomaly by itself: one that fails is named with its reason, the others go on.

        Of a filter at most 500 anomalies per call are looked at.
        """
        next_cursor = None
        if selection.filter is not None:
            ids, next_cursor = self._matching(caller, selection.filter, selection.cursor)
        else:
            ids = list(dict.fromkeys(selection.ids or ()))
        done = BulkChanged(updated=0, unchanged=0, failed=[], next_cursor=next_cursor)
        by_report: dict[str, list[AnomalyKey]] = {}
        for anomaly_id in ids:
            key = AnomalyKey.of(anomaly_id)
            if key is None:
                done.failed.append(BulkFailure(id=anomaly_id, reason=NO_SUCH_ANOMALY))
            else:
                by_report.setdefault(key.report_id, []).append(key)
        reports = self.reports.find_many(caller, by_report)
        for report_id, wanted in by_report.items():
            self._change_in_report(caller, reports.get(report_id), wanted, change, done)
        return done

    def _matching(
        self, caller: Caller, wanted: BulkFilter, cursor: str | None
    ) -> tuple[list[str], str | None]:
        within = AnomalyFilter(**wanted.model_dump(exclude={"report_id"}))
        records, next_cursor = self.listing.records_of_report(
            caller, wanted.report_id, within, cursor, BULK_LIMIT, action=Action.WORK
        )
        return [id_of(record) for record in records], next_cursor

    def _change_in_report(
        self,
        caller: Caller,
        report: ReportView | None,
        wanted: Sequence[AnomalyKey],
        change: Change,
        done: BulkChanged,
    ) -> None:
        if report is None or report.partition is None:
            done.failed += _failures(wanted, NO_SUCH_ANOMALY)
            return
        try:
            require(caller, Action.WORK, report.standing, "report")
            self.triage.check_assignee(report, change)
            newer = self.triage.newer(report, [key.digest for key in wanted], consistent=True)
        except StockwardenError as error:
            done.failed += _failures(wanted, error.detail)
            return
        carried = newer or {}
        done.failed += [
            BulkFailure(id=key.id, reason=superseded(carried[key.digest]).detail)
            for key in wanted
            if key.digest in carried
        ]
        here = [key for key in wanted if key.digest not in carried]
        for start in range(0, len(here), _MOVES_PER_TRANSACTION):
            batch = here[start : start + _MOVES_PER_TRANSACTION]
            try:
                moved = self._moved(caller, report, batch, change, done, past=newer is not None)
            except StockwardenError as error:
                # The whole report is locked or overloaded: no use in trying the rest of it.
                done.failed += _failures(here[start:], error.detail)
                return
            if not moved:
                for key in batch:
                    self._change_one(caller, key, change, done)

    def _moved(
        self,
        caller: Caller,
        report: ReportView,
        batch: Sequence[AnomalyKey],
        change: Change,
        done: BulkChanged,
        *,
        past: bool,
    ) -> bool:
        """One transaction for all of them; False, and nothing done, if any stands in the way."""
        records = self.repository.records(report.partition or "", [key.digest for key in batch])
        if len(records) < len(batch):
            return False
        moves = [self.triage.move(caller, records[key.digest], change) for key in batch]
        needed = [move for move in moves if move is not None]
        if needed:
            try:
                self.triage.write(report, needed, past=past)
            except ConditionFailed:
                return False
        done.updated += len(needed)
        done.unchanged += len(moves) - len(needed)
        return True

    def _change_one(
        self, caller: Caller, key: AnomalyKey, change: Change, done: BulkChanged
    ) -> None:
        try:
            changed = self.triage.change(caller, key, change, None)
        except StockwardenError as error:
            done.failed.append(BulkFailure(id=key.id, reason=error.detail))
        else:
            if changed.before == changed.after:
                done.unchanged += 1
            else:
                done.updated += 1


def _failures(wanted: Sequence[AnomalyKey], reason: str) -> list[BulkFailure]:
    return [BulkFailure(id=key.id, reason=reason) for key in wanted]
