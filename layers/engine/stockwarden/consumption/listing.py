"""The consumption log as a list, newest first: the parts of each month, merged; or of an item."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stockwarden.consumption.entries import EntryRepository, purpose_key
from stockwarden.consumption.model import ConsumptionPage
from stockwarden.consumption.views import EntryViews
from stockwarden.core.clock import iso
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.reading import RequireVisible
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import consumption as keys
from stockwarden.storage.tables import Table

# How many entries a page with filters examines, and how many of them a call reads at most.
_MOST_EXAMINED, _MOST_AT_ONCE = 500, 100
_OLDEST, _NEWEST = "2000", "9999"


@dataclass(frozen=True)
class ConsumptionFilter:
    """What is wanted; None for whatever. `by` is the id of a person."""

    item_id: str | None = None
    purpose: str | None = None
    by: str | None = None
    warehouse_id: str | None = None
    first: datetime | None = None
    last: datetime | None = None

    def fits(self, listed: Item) -> bool:
        purpose = purpose_key(self.purpose) if self.purpose else None
        return (
            self.warehouse_id in {None, listed["warehouse_id"]}
            and self.by in {None, listed["by"]}
            and purpose in {None, listed.get("purpose")}
        )


class ConsumptionList:
    def __init__(
        self,
        views: EntryViews,
        require_visible: RequireVisible,
        find_person: Callable[[str], str],
    ) -> None:
        self.views = views
        self.entries: EntryRepository = views.entries
        self.require_visible = require_visible
        self.find_person = find_person

    def page(
        self,
        caller: Caller,
        wanted: ConsumptionFilter,
        *,
        by: str | None,
        limit: int,
        cursor: str | None,
    ) -> ConsumptionPage:
        """`by` is a user name. With filters a page may be short although more follow: a bounded
        number of entries is examined. Raises BadRequest, NotFound."""
        require_role(caller, Role.VIEWER)
        if wanted.warehouse_id is not None:
            self.require_visible(caller, wanted.warehouse_id)
        if by is not None:
            wanted = replace(wanted, by=self.find_person(by.casefold()))
        scope = f"consumption#{wanted}"
        before = decode_listed(scope, cursor)
        found: list[str] = []
        more = None
        every = listed_entries(self.entries, wanted, before=before, chunk=limit)
        for examined, listed in enumerate(every, start=1):
            if caller.reaches(listed["warehouse_id"]) and wanted.fits(listed):
                found.append(keys.entry_id_in(listed))
            if len(found) == limit or examined == _MOST_EXAMINED:
                more = keys.order_in(listed)
                break
        return ConsumptionPage(
            consumption=self.views.many(self.entries.find_many(found)),
            next_cursor=encode_cursor(scope, [more]) if more else None,
        )


def listed_entries(
    entries: EntryRepository, wanted: ConsumptionFilter, *, before: str | None = None, chunk: int
) -> Iterator[Item]:
    """What the lists have of entries in the time that is wanted and of its item, before a position,
    newest first; read in chunks, which grow where one is not enough."""
    first = iso(wanted.first) if wanted.first else _OLDEST
    last = f"{iso(wanted.last)}$" if wanted.last else _NEWEST
    if wanted.item_id is not None:
        ranges = [[keys.item_list(wanted.item_id)]]
    else:
        newest = min(last, before) if before else last
        ranges = [keys.month_lists(each) for each in entries.months(first[:7], newest[:7])]
    for together in ranges:
        parts = (
            _read(
                entries.table,
                range_.between(first=first, last=last),
                before if before and before < last else None,
                chunk // len(together) + 2,
            )
            for range_ in together
        )
        yield from heapq.merge(*parts, key=keys.order_in, reverse=True)


def _read(table: Table, range_: KeyRange, before: str | None, chunk: int) -> Iterator[Item]:
    start: Any = range_.key(before) if before else None
    while True:
        page = table.query(range_, limit=chunk, start=start, newest_first=True)
        yield from page.items
        start = page.last_key
        if start is None:
            return
        chunk = min(2 * chunk, _MOST_AT_ONCE)
