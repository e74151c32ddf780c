"""Requests on exports: creating one, and getting its status and a link to its file.

The analysis function writes it, because that function has the memory, the time and the libraries.
"""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, resource_scope
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.ids import new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.exports.model import Export, ExportRequest
from stockwarden.exports.repository import ExportRepository
from stockwarden.identity.access import Caller
from stockwarden.identity.action_limits import EXPORTS, ActionLimiter
from stockwarden.identity.user_ids import UserIds
from stockwarden.reports.logged import RunEntries
from stockwarden.reports.service import ReportService
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import Operation

LINK_SECONDS = 900
Facts = Mapping[str, Any]


class ExportService:
    def __init__(
        self,
        *,
        repository: ExportRepository,
        reports: ReportService,
        rules: Collection[str],
        objects: Objects,
        queue: Queue,
        clock: Clock,
        audit: AuditLog,
        user_ids: UserIds,
        runs: RunEntries,
        limiter: ActionLimiter,
    ) -> None:
        self.limiter = limiter
        self.audit = audit
        self.user_ids = user_ids
        self.runs = runs
        self.repository = repository
        self.reports = reports
        self.rules = rules
        self.objects = objects
        self.queue = queue
        self.clock = clock

    def create(
        self,
        caller: Caller,
        report_id: str,
        request: ExportRequest,
        *,
        tell: TellQuota = tell_nobody,
    ) -> Export:
        """Raises NotFound, Invalid, RateLimited, and Conflict for a report that shows no analysis
        yet."""
        self.limiter.count(caller, EXPORTS, tell)
        rule = request.filters.rule
        if rule is not None and rule not in self.rules:
            raise Invalid.field(
                "/filters/rule", f"There is no rule {rule!r}, only {', '.join(self.rules)}."
            )
        stored = self.reports.find_visible(caller, report_id)
        if not stored.summary.get("generation"):
            raise Conflict("There is nothing to export: the report has not been analyzed yet.")
        filters = request.filters.for_user(caller.username)
        request, export_id = request.model_copy(update={"filters": filters}), new_id("exp")
        facts = self._facts(caller, export_id, request)

        def entry(action: str, before: Facts | None, after: Facts | None) -> Operation:
            scope = resource_scope(stored.summary.get("warehouse_id"))
            fields = differences(before, after, facts)
            change = Change(scope, action, f"report/{report_id}", fields)
            return self.audit.entry(caller.origin, change)

        def remove() -> None:
            withdrawn = entry("report.export_withdrawn", facts, None)
            self.repository.remove(report_id, export_id, beside=[withdrawn])

        exported = entry("report.exported", None, facts)
        item = self.repository.add(
            report_id,
            export_id,
            str(request.format),
            filters.model_dump(mode="json", exclude_none=True),
            caller.username,
            about=self.runs.facts_of_export(caller.user_id, stored),
            beside=[exported],
        )
        with ExitStack() as undo:
            undo.callback(remove)
            job = {"kind": "export", "report_id": report_id, "export_id": export_id}
            self.queue.send({"job": {**job, "sender": caller.username}})
            undo.pop_all()
        return Export.model_validate(item)

    def get(self, caller: Caller, report_id: str, export_id: str) -> Export:
        """Raises NotFound, also for an export that has expired."""
        self.reports.find_visible(caller, report_id)
        item = self.repository.find(report_id, export_id)
        if item is None:
            raise NotFound("There is no such export; they are kept for a week.")
        export = Export.model_validate(item)
        if export.status == "ready":
            export.url = self._link(item)
            export.url_expires_at = iso(self.clock() + timedelta(seconds=LINK_SECONDS))
        return export

    def _facts(self, caller: Caller, export_id: str, request: ExportRequest) -> Facts:
        """What entries say of an export: with the assignee's id for the name."""
        filters = request.filters.model_dump(mode="json", exclude_none=True)
        if assignee := filters.get("assignee"):
            filters["assignee"] = self.user_ids.find_ids(caller, [assignee])[assignee]
        return {"export": export_id, "format": str(request.format), **filters}

    def _link(self, item: Item) -> str:
        return self.objects.presigned_get(item["key"], item["filename"], LINK_SECONDS)
