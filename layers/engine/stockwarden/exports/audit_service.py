"""Requests on exports of the audit log: ordering one, and getting its status and link.

An export has what the list with the same filters shows to the same person, and only who asked for
it gets its link.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from stockwarden.administration.audit_logs import AuditLogService, EntryQuery, EntrySelection
from stockwarden.audit.repository import EntryFilter
from stockwarden.core.clock import iso
from stockwarden.core.errors import NotFound
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.exports.audit_model import AuditExport, AuditExportFilter, AuditExportFormat
from stockwarden.exports.list_exports import NOT_THERE, ListExports
from stockwarden.identity.access import Caller
from stockwarden.storage.attributes import Item


class AuditExportService:
    def __init__(self, exports: ListExports, audit_logs: AuditLogService) -> None:
        self.exports = exports
        self.audit_logs = audit_logs

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
        item = self.exports.order(
            caller,
            str(form),
            stored_selection(selection, filters.warehouse_id),
            scope=selection.scope,
            told=_told(selection),
            tell=tell,
        )
        return AuditExport.model_validate(item)

    def get(self, caller: Caller, export_id: str) -> AuditExport:
        """Raises NotFound, also for an export of somebody else or one that has expired, and as the
        list does for who may no longer read it."""
        item = self.exports.find(caller, export_id)
        self._require_reader(caller, item)
        return AuditExport.model_validate(self.exports.with_link(item))

    def _require_reader(self, caller: Caller, item: Item) -> None:
        """What an administrator was to see is not for who is one no longer."""
        filters = item["filters"]
        if filters["scopes"] is None and not caller.is_admin:
            raise NotFound(NOT_THERE)
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


def _told(selection: EntrySelection) -> Mapping[str, Any]:
    """What its entry says of an export; a person by the id."""
    wanted = asdict(selection.wanted)
    return {name: value for name, value in wanted.items() if value and name != "scopes"}
