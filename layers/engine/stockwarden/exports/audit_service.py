"""Requests on exports of the audit log: creating one, and getting its status and link.

An export has what the list with the same filters shows to the same person. It is written as the
exports of reports are (`job.py`), and only who asked for it gets its link.
"""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from stockwarden.administration.audit_logs import AuditLogService, EntryQuery, EntrySelection
from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.repository import EntryFilter
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import NotFound
from stockwarden.core.ids import new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.exports.audit_model import AuditExport, AuditExportFilter, AuditExportFormat
from stockwarden.exports.repository import AUDIT_LOG, ExportRepository
from stockwarden.identity.access import Caller
from stockwarden.identity.action_limits import EXPORTS, ActionLimiter
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import Operation

LINK_SECONDS = 900
_ID = re.compile(r"exp_[0-9a-f]{26}")
_NOT_THERE = "There is no such export; they are kept for a week."


class AuditExportService:
    def __init__(
        self,
        *,
        repository: ExportRepository,
        audit_logs: AuditLogService,
        objects: Objects,
        queue: Queue,
        clock: Clock,
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self.limiter = limiter
        self.repository = repository
        self.audit_logs = audit_logs
        self.objects = objects
        self.queue = queue
        self.clock = clock
        self.audit = audit

    def create(
        self,
        caller: Caller,
        form: AuditExportFormat,
        filters: AuditExportFilter,
        *,
        tell: TellQuota = tell_nobody,
    ) -> AuditExport:
        """Raises as the list does, RateLimited, and Unavailable, with no export left."""
        selection = self.audit_logs.select(caller, _query_of(filters))
        self.limiter.count(caller, EXPORTS, tell)
        export_id = new_id("exp")
        facts = _facts_of(export_id, form, selection)

        def entry(
            action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
        ) -> Operation:
            about = f"audit_log/{selection.scope}"
            fields = differences(before, after, facts)
            return self.audit.entry(caller.origin, Change(selection.scope, action, about, fields))

        def remove() -> None:
            withdrawn = entry("audit_log.export_withdrawn", facts, None)
            self.repository.remove(AUDIT_LOG, export_id, beside=[withdrawn])

        item = self.repository.add(
            AUDIT_LOG,
            export_id,
            str(form),
            stored_selection(selection, filters.warehouse_id),
            caller.username,
            beside=[entry("audit_log.exported", None, facts)],
        )
        with ExitStack() as undo:
            undo.callback(remove)
            job = {"kind": "export", "report_id": AUDIT_LOG, "export_id": export_id}
            self.queue.send({"job": {**job, "sender": caller.username}})
            undo.pop_all()
        return AuditExport.model_validate(item)

    def get(self, caller: Caller, export_id: str) -> AuditExport:
        """Raises NotFound, also for an export of somebody else or one that has expired, and as the
        list does for who may no longer read it."""
        item = self.repository.find(AUDIT_LOG, export_id) if _ID.fullmatch(export_id) else None
        if item is None or item["username"] != caller.username:
            raise NotFound(_NOT_THERE)
        self._require_reader(caller, item)
        export = AuditExport.model_validate(item)
        if export.status == "ready":
            export.url = self.objects.presigned_get(item["key"], item["filename"], LINK_SECONDS)
            export.url_expires_at = iso(self.clock() + timedelta(seconds=LINK_SECONDS))
        return export

    def _require_reader(self, caller: Caller, item: Item) -> None:
        """What an administrator was to see is not for who is one no longer."""
        filters = item["filters"]
        if filters["scopes"] is None and not caller.is_admin:
            raise NotFound(_NOT_THERE)
        self.audit_logs.require_reader(caller, filters["warehouse_id"])


def stored_selection(selection: EntrySelection, warehouse_id: str | None) -> Item:
    """A selection as an export stores it."""
    wanted = asdict(selection.wanted)
    scopes = None if selection.wanted.scopes is None else sorted(selection.wanted.scopes)
    names = {"kind": selection.kind, "value": selection.value, "warehouse_id": warehouse_id}
    return {**wanted, **names, "scopes": scopes}


def filter_of(stored: Mapping[str, Any]) -> EntryFilter:
    """The filter of a stored selection."""
    names = ("action", "actor", "object", "first", "last")
    scopes = stored["scopes"]
    return EntryFilter(
        **{name: stored[name] for name in names},
        scopes=None if scopes is None else frozenset(scopes),
    )


def _query_of(filters: AuditExportFilter) -> EntryQuery:
    return EntryQuery(
        warehouse_id=filters.warehouse_id,
        username=filters.user,
        action=filters.action,
        about=filters.object,
        first=iso(filters.first) if filters.first else "",
        last=iso(filters.last) if filters.last else "",
    )


def _facts_of(
    export_id: str, form: AuditExportFormat, selection: EntrySelection
) -> Mapping[str, Any]:
    """What its entry says of an export; a person by the id."""
    wanted = asdict(selection.wanted)
    filters = {name: value for name, value in wanted.items() if value and name != "scopes"}
    return {"export": export_id, "format": str(form), **filters}
