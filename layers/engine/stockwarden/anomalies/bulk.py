"""Changes many anomalies at once, by their ids or by a filter, each as `Triage` changes one."""

from collections.abc import Sequence

from stockwarden.anomalies.announced import MOST_OPERATIONS
from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.ids import AnomalyKey
from stockwarden.anomalies.model import BulkChanged, BulkFailure, Status
from stockwarden.anomalies.records import companions_of, id_of, status_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.report_list import ReportAnomalyList
from stockwarden.anomalies.repository import NO_SUCH_ANOMALY, AnomalyRepository
from stockwarden.anomalies.requests import BULK_LIMIT, AnomalyFilter, BulkFilter, Selection
from stockwarden.anomalies.triage import Triage, superseded
from stockwarden.core.clock import iso
from stockwarden.core.errors import StockwardenError
from stockwarden.identity.access import Action, Caller, require
from stockwarden.storage.tables import ConditionFailed

# One operation for the counts, three for each anomaly (record, history and audit entry), and those
# of the notifications: all of the 100 that a transaction takes.
_MOVES_PER_TRANSACTION = (100 - 1 - MOST_OPERATIONS) // 3


class BulkTriage:
    def __init__(
        self,
        triage: Triage,
        report_list: ReportAnomalyList,
        repository: AnomalyRepository,
        reports: ReportAccess,
    ) -> None:
        self.triage = triage
        self.repository = repository
        self.reports = reports
        self.report_list = report_list

    def change_many(self, caller: Caller, selection: Selection, change: Change) -> BulkChanged:
        """Changes each anomaly independently: one that fails is listed with its reason.

        With a filter, at most 500 anomalies are examined per call.
        """
        next_cursor = None
        if selection.filter is not None:
            ids, next_cursor = self._matching(caller, selection.filter, selection.cursor)
        else:
            ids = list(dict.fromkeys(selection.ids or ()))
        result = BulkChanged(updated=0, unchanged=0, failed=[], next_cursor=next_cursor)
        by_report: dict[str, list[AnomalyKey]] = {}
        for anomaly_id in ids:
            key = AnomalyKey.parse(anomaly_id)
            if key is None:
                result.failed.append(BulkFailure(id=anomaly_id, reason=NO_SUCH_ANOMALY))
            else:
                by_report.setdefault(key.report_id, []).append(key)
        reports = self.reports.find_many(caller, by_report)
        for report_id, keys in by_report.items():
            self._change_in_report(caller, reports.get(report_id), keys, change, result)
        return result

    def _matching(
        self, caller: Caller, bulk_filter: BulkFilter, cursor: str | None
    ) -> tuple[list[str], str | None]:
        anomaly_filter = AnomalyFilter(**bulk_filter.model_dump(exclude={"report_id"}))
        records, next_cursor = self.report_list.list_records(
            caller, bulk_filter.report_id, anomaly_filter, cursor, BULK_LIMIT, action=Action.WORK
        )
        return [id_of(record) for record in records], next_cursor

    def _change_in_report(
        self,
        caller: Caller,
        report: ReportView | None,
        keys: Sequence[AnomalyKey],
        change: Change,
        result: BulkChanged,
    ) -> None:
        if report is None or report.partition is None:
            result.failed += _failures(keys, NO_SUCH_ANOMALY)
            return
        try:
            require(report.role, Action.WORK, "report")
            self.triage.check_assignee(report, change)
            companions = self._companions(report, keys) if change.companions else []
            successors = self.triage.successors_of(
                report, [key.digest for key in (*keys, *companions)], consistent=True
            )
        except StockwardenError as error:
            result.failed += _failures(keys, error.detail)
            return
        superseding = successors or {}
        result.failed += [
            BulkFailure(id=key.id, reason=superseded(superseding[key.digest]).detail)
            for key in keys
            if key.digest in superseding
        ]
        # Companions that a newer snapshot has are worked on there, and nobody named them here.
        at = iso(self.triage.clock())
        workable = [key for key in (*keys, *companions) if key.digest not in superseding]
        for start in range(0, len(workable), _MOVES_PER_TRANSACTION):
            batch = workable[start : start + _MOVES_PER_TRANSACTION]
            try:
                written = self._write_batch(
                    caller,
                    report,
                    batch,
                    change,
                    result,
                    allow_superseded=successors is not None,
                    at=at,
                )
            except StockwardenError as error:
                # The whole report is locked or overloaded: the rest of it would fail too.
                result.failed += _failures(workable[start:], error.detail)
                return
            if not written:
                for key in batch:
                    self._change_one(caller, key, change, result, at)

    def _companions(self, report: ReportView, keys: Sequence[AnomalyKey]) -> list[AnomalyKey]:
        """The companions that the anomalies lead, without resolved ones and those among `keys`."""
        partition = report.partition or ""
        named = {key.digest for key in keys}
        leads = self.repository.records(partition, sorted(named))
        digests = {digest for lead in leads.values() for digest in companions_of(lead)} - named
        companions = self.repository.records(partition, sorted(digests)) if digests else {}
        return [
            AnomalyKey(report.id, digest)
            for digest, record in companions.items()
            if status_of(record) is not Status.RESOLVED
        ]

    def _write_batch(
        self,
        caller: Caller,
        report: ReportView,
        batch: Sequence[AnomalyKey],
        change: Change,
        result: BulkChanged,
        *,
        allow_superseded: bool,
        at: str,
    ) -> bool:
        """Writes the batch in one transaction; False, and nothing written, if any of it fails."""
        records = self.repository.records(report.partition or "", [key.digest for key in batch])
        if len(records) < len(batch):
            return False
        transitions = [
            self.triage.transition_for(caller, records[key.digest], change) for key in batch
        ]
        changes = [transition for transition in transitions if transition is not None]
        if changes:
            try:
                self.triage.write_transitions(
                    caller, report, changes, allow_superseded=allow_superseded, at=at
                )
            except ConditionFailed:
                return False
        result.updated += len(changes)
        result.unchanged += len(transitions) - len(changes)
        return True

    def _change_one(
        self, caller: Caller, key: AnomalyKey, change: Change, result: BulkChanged, at: str
    ) -> None:
        try:
            changed = self.triage.change_anomaly(caller, key, change, None, at=at)
        except StockwardenError as error:
            result.failed.append(BulkFailure(id=key.id, reason=error.detail))
        else:
            if changed.before == changed.after:
                result.unchanged += 1
            else:
                result.updated += 1


def _failures(keys: Sequence[AnomalyKey], reason: str) -> list[BulkFailure]:
    return [BulkFailure(id=key.id, reason=reason) for key in keys]
