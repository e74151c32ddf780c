"""Deletes a report: hidden at once, its files and anomalies are removed later, by a job.

The report is hidden first and restored if the job cannot be sent.
"""

from contextlib import ExitStack

from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.identity.access import Action, Caller, require
from stockwarden.reports.audited import ReportEntries, facts_of
from stockwarden.reports.repository import ReportRepository
from stockwarden.storage.attributes import Item
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import ConditionFailed
from stockwarden.warehouse.members import MemberRepository


class ReportRemovalService:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        result_sets: ResultSets,
        members: MemberRepository,
        queue: Queue,
        audit: AuditLog,
    ) -> None:
        self.entries = ReportEntries(audit)
        self.repository = repository
        self.result_sets = result_sets
        self.members = members
        self.queue = queue

    def remove(self, caller: Caller, report_id: str) -> None:
        """May be repeated until everything is removed. Raises NotFound, Forbidden, Conflict for a
        change at the same time, and Unavailable, with the report left."""
        stored = self.repository.find(report_id)
        if stored is None:
            tombstone = self.repository.find_tombstone(report_id)
            if tombstone is None:
                raise NotFound("There is no such report.")
            self._require(caller, tombstone)
            self._send_job(caller, report_id)
            return
        self._require(caller, stored.summary)
        hide_operations = self.result_sets.hide_operations(
            owner=stored.summary["owner"],
            listed=stored.summary["listed"],
            warehouse_id=stored.summary.get("warehouse_id"),
        )
        restore_operations = self.result_sets.list_operations(report_id)
        facts, origin = facts_of(stored), caller.origin
        entry = self.entries.operation(origin, "report.deleted", report_id, facts, None)
        try:
            self.repository.replace_by_tombstone(stored, caller.user_id, *hide_operations, entry)
        except ConditionFailed:
            if self.repository.find(report_id):
                raise Conflict("The report has just changed; look at it again.") from None
            return

        def restore() -> None:
            entry = self.entries.operation(origin, "report.restored", report_id, None, facts)
            self.repository.restore(stored, *restore_operations, entry)

        with ExitStack() as undo:
            undo.callback(restore)
            self._send_job(caller, report_id)
            undo.pop_all()

    def _send_job(self, caller: Caller, report_id: str) -> None:
        job = {"kind": "removal", "report_id": report_id, "sender": caller.username}
        self.queue.send({"job": job})

    def _require(self, caller: Caller, summary: Item) -> None:
        """Raises NotFound, or Forbidden for a member who may see it but not delete it."""
        warehouse_id = summary.get("warehouse_id")
        role = self.members.role_of(caller, summary["username"], warehouse_id)
        require(role, Action.CONFIGURE, "report")
