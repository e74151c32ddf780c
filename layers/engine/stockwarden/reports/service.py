"""Requests on a report: reading, changing, mapping and reanalysis, with access checks.

Jobs are sent to the analysis function over the queue. The state is changed first and restored if
the message cannot be sent, so that no report waits for a job that no worker knows of. Should this
process die between the two, the report stays `queued` without a message: then the request may be
repeated.
"""

from collections.abc import Collection
from contextlib import ExitStack
from typing import Any

from stockwarden.anomalies.service import AnomalyService
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, Gone, Invalid, NotFound, check_all
from stockwarden.core.ids import new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity.access import Action, Caller, require
from stockwarden.identity.action_limits import ANALYSES, ActionLimiter
from stockwarden.reports import presenters
from stockwarden.reports.audited import Facts, ReportEntries, facts_of
from stockwarden.reports.file_model import ReportPreview
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.mapping_merge import merge_choice, read_answers
from stockwarden.reports.model import (
    Report,
    ReportDetails,
    ReportStatus,
)
from stockwarden.reports.moving import move_of, pending_move
from stockwarden.reports.previews import PreviewService, check_columns
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.requests import MappingRequest, Reanalysis, ReportPatch
from stockwarden.reports.scopes import ScopeService
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import ConditionFailed, Operation
from stockwarden.storage.versions import check_version
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.service import WarehouseService


class ReportService:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: JobRepository,
        previews: PreviewService,
        scopes: ScopeService,
        queue: Queue,
        warehouses: WarehouseService,
        members: MemberRepository,
        anomalies: AnomalyService,
        rules: Collection[str],
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self.limiter = limiter
        self.entries = ReportEntries(audit)
        self.repository = repository
        self.jobs = jobs
        self.previews = previews
        self.scopes = scopes
        self.queue = queue
        self.warehouses = warehouses
        self.members = members
        self.anomalies = anomalies
        self.rules = rules

    def find_report(self, caller: Caller, report_id: str) -> Report:
        """A report. Raises NotFound, as every method does, also for a report of someone else."""
        return self._report(self.find_visible(caller, report_id))

    def find_details(
        self, caller: Caller, report_id: str, limit: int, cursor: str | None
    ) -> ReportDetails:
        """A report's anomalies by location, a page of at most `limit` anomalies."""
        stored = self.find_visible(caller, report_id)
        page = self.anomalies.by_location(caller, report_id, cursor, limit)
        counts = self.anomalies.counts(report_id)
        return ReportDetails(
            reportId=report_id,
            reportName=stored.summary["report_name"],
            kpis=presenters.kpis_of(stored, counts),
            locations=page.locations,
            next_cursor=page.next_cursor,
        )

    def find_preview(self, caller: Caller, report_id: str) -> ReportPreview:
        stored = self.find_visible(caller, report_id)
        preview = self.previews.find(report_id)
        if preview is None:
            raise NotFound("There is no preview: the file has not been read yet, or cannot be.")
        return self.scopes.add_choices(caller, preview, stored)

    def change_report(
        self, caller: Caller, report_id: str, request: ReportPatch, expected_version: int | None
    ) -> Report:
        """Renames a report, or moves it into a warehouse and analyzes it there, or both.

        Raises PreconditionFailed when `expected_version` (If-Match) is no longer the current one,
        Conflict for a move of a report that is being analyzed or has no file yet.
        """
        # Moving a report out of a warehouse deletes it there.
        action = Action.CONFIGURE if request.moves else Action.SEND
        stored = self.find_visible(caller, report_id, action)
        check_version(stored.summary, expected_version, "report")
        if request.moves:
            _require_idle(stored, *_MAPPABLE)
            move = move_of(caller, stored, request.warehouse_id, self.warehouses)
            changes = {"move": move, "only_rules": None, "learn": None}
            return self._queue_analysis(
                caller, stored, changes, action="report.moved", name=request.report_name
            )
        name = request.report_name or ""
        entry = self._entry(
            caller, stored, "report.renamed", facts_of(stored), facts_of(stored, name=name)
        )
        self.repository.rename(stored, name, expected_version, entry)
        return self.find_report(caller, report_id)

    def remap(
        self,
        caller: Caller,
        report_id: str,
        request: MappingRequest,
        expected_version: int | None,
        *,
        tell: TellQuota = tell_nobody,
    ) -> Report:
        """Applies answers or a column mapping to the report's file, and analyzes it again.

        A mapping that works is saved for the next file with the same header. Raises Conflict while
        there is no file to map, PreconditionFailed when `expected_version` is no longer the current
        one, RateLimited.
        """
        self.limiter.count(caller, ANALYSES, tell)
        stored = self.find_visible(caller, report_id, Action.SEND)
        check_version(stored.summary, expected_version, "report")
        _require_idle(stored, *_MAPPABLE)
        preview = self.previews.find(report_id)
        check_columns(preview, request)
        answers = read_answers(preview, request.answers)
        changes = pending_move(stored)
        if answers.scope is not None:
            changes |= self.scopes.apply_answer(caller, stored, answers.scope, preview)
        if request.model_fields_set != {"answers"} or answers.choice:
            previous = stored.source.get("choice") or {}
            choice = merge_choice(previous, request, answers, replace=request.replace)
            learn = {"name": request.save_as} if request.save_as else {}
            changes |= {"choice": choice, "learn": learn, "only_rules": None}
        return self._queue_analysis(caller, stored, changes, action="report.mapped")

    def reanalyze(
        self,
        caller: Caller,
        report_id: str,
        request: Reanalysis,
        *,
        tell: TellQuota = tell_nobody,
    ) -> Report:
        """Analyzes the same file again; the current results stay shown until that is done. Raises
        RateLimited."""
        self.limiter.count(caller, ANALYSES, tell)
        stored = self.find_visible(caller, report_id, Action.SEND)
        check_all(
            lambda: self._require_rules("/rules", request.rules or []),
            lambda: self._require_rules("/single", request.single or []),
        )
        _require_idle(stored, ReportStatus.READY, ReportStatus.FAILED)
        changes: dict[str, Any] = {
            "only_rules": request.rules,
            "learn": None,
            **pending_move(stored),
        }
        if request.single is not None:
            changes["single"] = sorted(set(request.single)) or None
        if request.as_of is not None:
            changes["as_of"] = request.as_of
        if request.scope is not None:
            warehouse_id = stored.summary.get("warehouse_id")
            changes["scope"] = self.scopes.create_statement(caller, request.scope, warehouse_id)
        return self._queue_analysis(caller, stored, changes, action="report.reanalyzed")

    def _queue_analysis(
        self,
        caller: Caller,
        stored: StoredReport,
        changes: dict[str, Any],
        *,
        action: str,
        name: str | None = None,
    ) -> Report:
        job_id = new_id("job")
        before, after = facts_of(stored), facts_of(stored, changes, name)
        entry = self._entry(caller, stored, action, before, after)
        try:
            self.jobs.queue(stored, job_id, caller.username, entry, source=changes, name=name)
        except ConditionFailed:
            raise Conflict("The report has just changed; look at it again.") from None

        def unqueue() -> None:
            entry = self._entry(caller, stored, "report.analysis_withdrawn", after, before)
            self.jobs.unqueue(stored, job_id, entry)

        with ExitStack() as undo:
            undo.callback(unqueue)
            job = {"kind": "analysis", "report_id": stored.id, "job_id": job_id}
            self.queue.send({"job": {**job, "sender": caller.username}})
            undo.pop_all()
        queued = self.repository.find(stored.id)
        if queued is None:
            raise NotFound(_NO_SUCH_REPORT)
        return self._report(queued)

    def find_visible(
        self, caller: Caller, report_id: str, action: Action = Action.SEE
    ) -> StoredReport:
        """All of a report's items. Raises NotFound, or Forbidden where the caller may only see it.

        Raises Gone for an action on a report that is being removed; reading it raises NotFound.
        """
        stored = self.repository.find(report_id)
        if stored is None:
            tombstone = None if action is Action.SEE else self.repository.find_tombstone(report_id)
            if tombstone:
                self._require(caller, tombstone, action)
                raise Gone("This report was deleted.")
            raise NotFound(_NO_SUCH_REPORT)
        self._require(caller, stored.summary, action)
        return stored

    def _entry(
        self,
        caller: Caller,
        stored: StoredReport,
        action: str,
        before: Facts | None,
        after: Facts | None,
    ) -> Operation:
        return self.entries.operation(caller.origin, action, stored.id, before, after)

    def _require_rules(self, pointer: str, codes: list[str]) -> None:
        unknown = [repr(code) for code in codes if code not in self.rules]
        if unknown:
            known = ", ".join(self.rules)
            raise Invalid.field(pointer, f"There is no rule {' or '.join(unknown)}, only {known}.")

    def _require(self, caller: Caller, summary: Item, action: Action) -> None:
        """Raises NotFound, or Forbidden for a member who may see it but do less than that."""
        warehouse_id = summary.get("warehouse_id")
        role = self.members.role_of(caller, summary["username"], warehouse_id)
        require(role, action, "report")

    def _report(self, stored: StoredReport) -> Report:
        return presenters.report_of(stored, self.anomalies.counts(stored.id))


_NO_SUCH_REPORT = "There is no such report."
_MAPPABLE = (ReportStatus.NEEDS_MAPPING, ReportStatus.READY, ReportStatus.FAILED)


def _require_idle(stored: StoredReport, *allowed: ReportStatus) -> None:
    not_begun = stored.status == ReportStatus.QUEUED and (stored.progress or {})["attempt"] == 0
    if stored.status in allowed or not_begun:
        return
    reason = {
        ReportStatus.AWAITING_UPLOAD: "its file has not arrived yet",
        ReportStatus.QUEUED: "it is about to be analyzed",
        ReportStatus.ANALYZING: "it is being analyzed",
        ReportStatus.NEEDS_MAPPING: "it waits for its mapping",
    }[stored.status]
    raise Conflict(f"This cannot be done with the report now: {reason}.")
