"""Lists reports, newest first, merged from several index partitions.

A report is in its owner's partition and, if it has one, in its warehouse's. A person sees their own
partition and that of every warehouse shared with them. The partitions are merged by `listed`, which
sorts by time and is the same in all of them, so one `listed` is the cursor.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Action, Caller, require_all_warehouses
from stockwarden.reports.model import ReportPage, ReportStatus
from stockwarden.reports.presenters import summary_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.service import WarehouseService

# Summaries examined for one page of a filtered list; at 1 KB each, 4 read units.
EXAMINED = 30
_NEWER_THAN_ALL = "~"


@dataclass(frozen=True)
class ReportFeed:
    """One partition of an index. `filters` are {attribute: value} that its items must have."""

    index: str
    attribute: str
    value: str
    filters: Mapping[str, str] = field(default_factory=dict)


def own_feed(owner: str, **filters: str | None) -> ReportFeed:
    return ReportFeed("by_owner", "owner", owner, _without_none(filters))


def warehouse_feed(warehouse_id: str, **filters: str | None) -> ReportFeed:
    return ReportFeed("by_warehouse", "warehouse_id", warehouse_id, _without_none(filters))


class ReportListService:
    def __init__(
        self, table: Table, warehouses: WarehouseService, members: MemberRepository
    ) -> None:
        self.table = table
        self.warehouses = warehouses
        self.members = members

    def list_reports(
        self,
        caller: Caller,
        limit: int,
        cursor: str | None,
        status: ReportStatus | None,
        warehouse_id: str | None,
    ) -> ReportPage:
        """The caller's own reports and those of shared warehouses, or those of one warehouse."""
        scope = f"reports#{caller.username}#{status}#{warehouse_id}"
        before = decode_listed(scope, cursor)
        feeds = self._feeds(caller, status, warehouse_id)
        items, next_listed = merge_feeds(self.table, feeds, limit, before)
        return ReportPage(
            reports=[summary_of(item) for item in items],
            next_cursor=encode_cursor(scope, [next_listed]) if next_listed else None,
        )

    def _feeds(
        self, caller: Caller, status: ReportStatus | None, warehouse_id: str | None
    ) -> list[ReportFeed]:
        owner = keys.report_owner(caller.username)
        if warehouse_id is None:
            require_all_warehouses(caller)
            memberships = self.members.list_memberships(caller.username)
            return [
                own_feed(owner, status=status),
                *(
                    warehouse_feed(membership.warehouse_id, status=status)
                    for membership in memberships
                ),
            ]
        try:
            self.warehouses.authorize(caller, warehouse_id, Action.SEE)
        except NotFound:
            if not caller.reaches(warehouse_id):
                raise
            # Reports of a deleted warehouse stay with its owner.
            return [own_feed(owner, status=status, warehouse_id=warehouse_id)]
        return [warehouse_feed(warehouse_id, status=status)]


def merge_feeds(
    table: Table, feeds: Sequence[ReportFeed], limit: int, before: str | None
) -> tuple[list[Item], str | None]:
    """Up to `limit` summaries older than `before`, and the `listed` to continue from, if any.

    Queries each feed once, and one of several feeds a second time; so a page may be short.
    """
    streams = [_Stream(table, feed, before or _NEWER_THAN_ALL) for feed in feeds]
    share = ceil(limit / len(streams)) + (len(streams) > 1)
    queries = len(streams) + (len(streams) > 1)
    items: list[Item] = []
    while len(items) < limit:
        # Unread items of a stream are older than its horizon, and may be the next in order.
        unread = max(
            (stream for stream in streams if stream.is_drained),
            key=_Stream.horizon_key,
            default=None,
        )
        newest = max(
            (stream for stream in streams if stream.waiting), key=_Stream.next_key, default=None
        )
        if unread and (newest is None or newest.next_key() < unread.horizon_key()):
            if not queries:
                return items, unread.horizon
            unread.read(
                limit - len(items) if unread.begun else share, ceil(EXAMINED / len(streams))
            )
            queries -= 1
        elif newest:
            items.append(newest.waiting.popleft())
        else:
            return items, None
    has_more = any(stream.waiting or stream.is_drained for stream in streams)
    return items, items[-1]["listed"] if has_more else None


class _Stream:
    """A feed as far as it has been read, down to `horizon`, which is None at its end."""

    def __init__(self, table: Table, feed: ReportFeed, before: str) -> None:
        self.table = table
        self.feed = feed
        self.horizon: str | None = before
        self.begun = False
        self.waiting: deque[Item] = deque()

    @property
    def is_drained(self) -> bool:
        return not self.waiting and self.horizon is not None

    def horizon_key(self) -> str:
        return self.horizon or ""

    def next_key(self) -> str:
        return str(self.waiting[0]["listed"])

    def read(self, limit: int, examined: int) -> None:
        feed, filters = self.feed, dict(self.feed.filters)
        values: dict[str, Any] = {**filters, feed.attribute: feed.value, "before": self.horizon}
        page = self.table.query(
            f"#{feed.attribute} = :{feed.attribute} AND #listed < :before",
            index=feed.index,
            where=" AND ".join(f"#{name} = :{name}" for name in filters) or None,
            limit=max(limit, examined) if filters else limit,
            newest_first=True,
            **values,
        )
        self.waiting.extend(page.items)
        self.horizon = page.last_key["listed"] if page.last_key else None
        self.begun = True


def _without_none(filters: Mapping[str, str | None]) -> dict[str, str]:
    return {name: str(value) for name, value in filters.items() if value is not None}
