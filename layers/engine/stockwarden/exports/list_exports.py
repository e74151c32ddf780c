"""Exports of lists that belong to no report, such as the audit log: ordered, and fetched by who
ordered them. They are written as the exports of reports are (`job.py`)."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import NotFound
from stockwarden.core.ids import new_id
from stockwarden.core.quotas import TellQuota
from stockwarden.exports.repository import ExportRepository
from stockwarden.identity.access import Caller
from stockwarden.identity.action_limits import EXPORTS, ActionLimiter
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import Operation

LINK_SECONDS = 900
_ID = re.compile(r"exp_[0-9a-f]{26}")
NOT_THERE = "There is no such export; they are kept for a week."


class ListExports:
    """`source` names what is exported: it stands for the report in keys, and begins the actions in
    the audit log."""

    def __init__(
        self,
        source: str,
        *,
        repository: ExportRepository,
        objects: Objects,
        queue: Queue,
        clock: Clock,
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self.source = source
        self.repository = repository
        self.objects = objects
        self.queue = queue
        self.clock = clock
        self.audit = audit
        self.limiter = limiter

    def order(
        self,
        caller: Caller,
        form: str,
        selection: Mapping[str, Any],
        *,
        scope: str,
        told: Mapping[str, Any],
        tell: TellQuota,
    ) -> Item:
        """Orders an export of what a stored selection says; `told` is what the entry in the audit
        log of `scope` says of it. Raises RateLimited, and Unavailable, with no export left."""
        self.limiter.count(caller, EXPORTS, tell)
        export_id = new_id("exp")
        facts = {"export": export_id, "format": form, **told}

        def entry(
            action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
        ) -> Operation:
            about = f"{self.source}/{scope}"
            fields = differences(before, after, facts)
            change = Change(scope, f"{self.source}.{action}", about, fields)
            return self.audit.entry(caller.origin, change)

        def remove() -> None:
            withdrawn = entry("export_withdrawn", facts, None)
            self.repository.remove(self.source, export_id, beside=[withdrawn])

        item = self.repository.add(
            self.source,
            export_id,
            form,
            selection,
            caller.username,
            beside=[entry("exported", None, facts)],
        )
        with ExitStack() as undo:
            undo.callback(remove)
            job = {"kind": "export", "report_id": self.source, "export_id": export_id}
            self.queue.send({"job": {**job, "sender": caller.username}})
            undo.pop_all()
        return item

    def find(self, caller: Caller, export_id: str) -> Item:
        """Raises NotFound, also for an export of somebody else or one that has expired."""
        item = self.repository.find(self.source, export_id) if _ID.fullmatch(export_id) else None
        if item is None or item["username"] != caller.username:
            raise NotFound(NOT_THERE)
        return item

    def with_link(self, item: Item) -> Item:
        """The export, with a new link to its file if that is ready."""
        if item["status"] != "ready":
            return item
        expires = self.clock() + timedelta(seconds=LINK_SECONDS)
        url = self.objects.presigned_get(item["key"], item["filename"], LINK_SECONDS)
        return {**item, "url": url, "url_expires_at": iso(expires)}
