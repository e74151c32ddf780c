"""Requests on anomalies. Raises NotFound for an anomaly or report that the caller may not see."""

from functools import cache

from stockwarden.anomalies.announced import Announcements
from stockwarden.anomalies.audited import TransitionEntries
from stockwarden.anomalies.bulk import BulkTriage
from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.companions import group_of
from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.global_list import GlobalList
from stockwarden.anomalies.ids import AnomalyKey
from stockwarden.anomalies.model import (
    AnomalyDetail,
    AnomalyPage,
    BulkChanged,
    HistoryEntry,
    LocationPage,
    Newer,
    StatusChanged,
)
from stockwarden.anomalies.records import anomaly_of, fields_of
from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.anomalies.report_list import ReportAnomalyList
from stockwarden.anomalies.repository import NO_SUCH_ANOMALY, AnomalyRepository
from stockwarden.anomalies.requests import (
    AnomalyFilter,
    Assignment,
    BulkAssignment,
    BulkStatusChange,
    CommentRequest,
    Order,
    Selection,
    StatusChange,
)
from stockwarden.anomalies.triage import Successors, Triage
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Invalid, NotFound
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.user_ids import UserIds
from stockwarden.operations.notifications import NotificationRepository


class AnomalyService:
    def __init__(
        self,
        repository: AnomalyRepository,
        reports: ReportAccess,
        successors: Successors,
        clock: Clock = utc_now,
        *,
        audit: AuditLog,
        user_ids: UserIds,
        notifications: NotificationRepository,
    ) -> None:
        self.repository = repository
        self.reports = reports
        self.report_list = ReportAnomalyList(repository, reports)
        self.global_list = GlobalList(repository, reports, successors)
        entries = TransitionEntries(audit, user_ids)
        self.triage = Triage(
            repository,
            reports,
            successors,
            entries=entries,
            announcements=Announcements(notifications, reports, user_ids),
            clock=clock,
        )
        self.bulk = BulkTriage(self.triage, self.report_list, repository, reports)

    def list_anomalies(
        self,
        caller: Caller,
        report_id: str | None,
        anomaly_filter: AnomalyFilter,
        cursor: str | None,
        limit: int,
        *,
        warehouse_id: str | None = None,
        order: Order = Order.MOST_URGENT,
        grouped: bool = False,
    ) -> AnomalyPage:
        """Lists the anomalies of one report, of one warehouse, or of all that the caller sees;
        `grouped` without companions whose lead is listed.

        Raises Invalid for an unknown rule, BadRequest for a cursor of another list.
        """
        _check_rule(anomaly_filter, "/rule")
        if report_id is None:
            return self.global_list.list_anomalies(
                caller, anomaly_filter, cursor, limit, warehouse_id, order=order, grouped=grouped
            )
        return self.report_list.list_anomalies(
            caller, report_id, anomaly_filter, cursor, limit, order=order, grouped=grouped
        )

    def counts(self, report_id: str) -> Counts:
        """The counts of a report; whether the caller may see it must have been checked."""
        return self.repository.counts(report_id)

    def by_location(
        self, caller: Caller, report_id: str, cursor: str | None, limit: int
    ) -> LocationPage:
        """A report's anomalies by location; `limit` counts anomalies."""
        return self.report_list.by_location(caller, report_id, cursor, limit)

    def detail(self, caller: Caller, anomaly_id: str) -> AnomalyDetail:
        key = _key(anomaly_id)
        try:
            return self._detail(caller, key, consistent=False)
        except NotFound:
            return self._detail(caller, key, consistent=True)

    def change_status(
        self, caller: Caller, anomaly_id: str, request: StatusChange, expected_version: int | None
    ) -> StatusChanged:
        """`expected_version` is the one that the caller has seen; None for any version.

        Raises PreconditionFailed, and Conflict while the report's next analysis is written.
        """
        key, change = _key(anomaly_id), Change.of_status(request)
        changed = self.triage.change_anomaly(caller, key, change, expected_version)
        return StatusChanged(
            id=anomaly_id,
            old_status=changed.before.status,
            new_status=changed.after.status,
            reason=changed.after.reason,
            companions=[AnomalyKey(key.report_id, digest).id for digest in changed.companions],
            history=changed.history,
        )

    def assign(
        self, caller: Caller, anomaly_id: str, request: Assignment, expected_version: int | None
    ) -> AnomalyDetail:
        """Raises as `change_status` does, and Invalid for an assignee who does not work there."""
        key = _key(anomaly_id)
        self.triage.change_anomaly(caller, key, Change.of_assignment(request), expected_version)
        return self._detail(caller, key, consistent=True)

    def comment(self, caller: Caller, anomaly_id: str, request: CommentRequest) -> HistoryEntry:
        change = Change({}, request.comment)
        return self.triage.change_anomaly(caller, _key(anomaly_id), change, None).history[-1]

    def change_statuses(self, caller: Caller, request: BulkStatusChange) -> BulkChanged:
        return self._change_many(caller, request, Change.of_status(request))

    def assign_many(self, caller: Caller, request: BulkAssignment) -> BulkChanged:
        return self._change_many(caller, request, Change.of_assignment(request))

    def _change_many(self, caller: Caller, selection: Selection, change: Change) -> BulkChanged:
        if selection.filter is not None:
            _check_rule(selection.filter, "/filter/rule")
        return self.bulk.change_many(caller, selection, change)

    def _detail(self, caller: Caller, key: AnomalyKey, *, consistent: bool) -> AnomalyDetail:
        report, record = self.triage.find_record(caller, key, consistent=consistent)
        finding = self.repository.read_finding(report.id, report.generation or "", record)
        history = self.repository.history(report.id, report.generation or "", record, finding)
        successor = (self.triage.successors_of(report, [key.digest]) or {}).get(key.digest)
        assignee = record.get("assignee")
        return AnomalyDetail(
            **fields_of(record, finding),
            item=finding.get("item") if caller.role.includes(Role.VIEWER) else None,
            assignee_left=assignee is not None and not self.reports.may_work_on(report, assignee),
            newer=Newer(report_id=successor.report_id, anomaly_id=successor.id)
            if successor
            else None,
            group=[anomaly_of(other) for other in group_of(self.repository, record)],
            history=history,
            history_total=record["version"] - 1,
        )


def _check_rule(anomaly_filter: AnomalyFilter, pointer: str) -> None:
    if anomaly_filter.rule is not None and anomaly_filter.rule not in _rules():
        raise Invalid.field(pointer, f"There is no such rule. There are: {', '.join(_rules())}.")


@cache
def _rules() -> tuple[str, ...]:
    # Imported on first use: few requests filter by rule, and it slows each cold start.
    from stockwarden.detection.detectors import DETECTORS

    return tuple(detector.code for detector in DETECTORS)


def _key(anomaly_id: str) -> AnomalyKey:
    key = AnomalyKey.parse(anomaly_id)
    if key is None:
        raise NotFound(NO_SUCH_ANOMALY)
    return key
