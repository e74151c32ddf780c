"""Saved views: the lists of the page as a person has filtered them, by name.

Only the person reads and changes them. The audit log says that and when: of the query only a
digest, because it may name people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from stockwarden.audit.canonical import digest
from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.ids import derived_id
from stockwarden.core.text import check_name
from stockwarden.identity.access import Caller
from stockwarden.operations.personal import id_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import operations as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table
from stockwarden.storage.versions import (
    check_version,
    delete_versioned,
    versioned_put,
    write_versioned,
)

MAX_VIEWS = 50
LONGEST_NAME = 60
MAX_QUERY_BYTES = 2048
_NO_SUCH_VIEW = "There is no such view."


class ViewList(StrEnum):
    """What a view is one of."""

    ANOMALIES = "anomalies"
    REPORTS = "reports"
    REPORT_LOGS = "report-logs"


@dataclass(frozen=True)
class View:
    """`query` is what the page filters and sorts by, as it wants it."""

    name: str
    list: ViewList
    query: Mapping[str, Any]
    updated_at: str
    version: int


class ViewService:
    def __init__(self, table: Table, clock: Clock, *, audit: AuditLog) -> None:
        self._table = table
        self._clock = clock
        self._audit = audit

    def list_views(
        self, caller: Caller, limit: int, cursor: str | None
    ) -> tuple[list[View], str | None]:
        """One page by name, and the cursor of the next. Raises BadRequest for its cursor."""
        views = keys.views(id_of(caller))
        items, more = page_of(
            self._table, f"views#{views.pk}", views, limit=limit, cursor=cursor, valid=_is_name
        )
        return [_view(item) for item in items], more

    def find(self, caller: Caller, name: str) -> View:
        """Raises NotFound."""
        return _view(self._find(caller, name))

    def save(
        self,
        caller: Caller,
        name: str,
        view_list: ViewList,
        query: Mapping[str, Any],
        expected_version: int | None,
    ) -> View:
        """Stores a view, in the place of one of the same name. Raises Invalid for what cannot be a
        name and for a query that is too large, Conflict for too many, PreconditionFailed."""
        name = _checked_name(name)
        text = json.dumps(query, sort_keys=True, separators=(",", ":"))
        if len(text) > MAX_QUERY_BYTES:
            raise Invalid.field("/query", f"A view has {MAX_QUERY_BYTES} bytes at most.")
        key = keys.view(id_of(caller), name)
        before = self._table.get(key, consistent=True)
        check_version(before, expected_version, "view")
        item: Item = {
            **key,
            "name": name,
            "list": str(view_list),
            "query": text,
            "updated_at": iso(self._clock()),
        }
        entry = self._entry(caller, "view.saved", before, item)
        if before and _facts(before) == _facts(item):
            return _view(before)
        count = [] if before else [self._count(caller, 1)]
        try:
            write_versioned(versioned_put(self._table, item, before), *count, entry, what="view")
        except ConditionFailed:
            raise Conflict(f"You have {MAX_VIEWS} views, the most there may be.") from None
        return _view({**item, "version": before["version"] + 1 if before else 1})

    def remove(self, caller: Caller, name: str, expected_version: int | None) -> None:
        """Raises NotFound and PreconditionFailed."""
        before = self._find(caller, name)
        check_version(before, expected_version, "view")
        entry = self._entry(caller, "view.deleted", before, None)
        beside = [self._count(caller, -1), entry]
        delete_versioned(self._table, before, what="view", beside=beside)

    def _find(self, caller: Caller, name: str) -> Item:
        key = keys.view(id_of(caller), name)
        item = self._table.get(key, consistent=True) if _is_name(name) else None
        if item is None:
            raise NotFound(_NO_SUCH_VIEW)
        return item

    def _count(self, caller: Caller, more: int) -> Operation:
        has_room = "attribute_not_exists(#count) OR #count < :most"
        return self._table.update(
            keys.view_count(caller.user_id),
            "ADD #count :more",
            when=has_room if more > 0 else None,
            more=more,
            **({"most": MAX_VIEWS} if more > 0 else {}),
        )

    def _entry(
        self, caller: Caller, action: str, before: Item | None, after: Item | None
    ) -> Operation:
        old, new = (_facts(item) if item else {} for item in (before, after))
        name = (before or after or {})["name"]
        about = f"view/{caller.user_id}/{derived_id('view', name)}"
        change = Change(COMPANY, action, about, differences(old, new, old | new))
        return self._audit.entry(caller.origin, change)


def _facts(item: Item) -> dict[str, str]:
    return {"name": item["name"], "list": item["list"], "query": digest({"query": item["query"]})}


def _is_name(text: str) -> bool:
    try:
        _checked_name(text)
    except Invalid:
        return False
    return text == text.strip()


def _checked_name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid.field("/name", f"A name has 1 to {LONGEST_NAME} characters.")
    try:
        return check_name(name)
    except ValueError as error:
        raise Invalid.field("/name", str(error)) from None


def _view(item: Item) -> View:
    return View(
        item["name"],
        ViewList(item["list"]),
        json.loads(item["query"]),
        item["updated_at"],
        item["version"],
    )
