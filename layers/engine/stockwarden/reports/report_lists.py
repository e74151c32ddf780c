"""Lists of reports, newest first, over several partitions at once.

A report stands in its owner's partition and, if it has one, in its warehouse's. What a person sees
is the own partition and that of every warehouse that others share with them. They are merged by
`listed`, which sorts by time and is the same in all of them, so one `listed` is the cursor.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Action, Caller
from stockwarden.reports.model import ReportPage, ReportStatus
from stockwarden.reports.presenters import summary_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.service import WarehouseService

# With a filter, as many summaries are looked at for one page; at 1 KB each, 4 read units.
EXAMINED = 30
_NEWER_THAN_ALL = "~"


@dataclass(frozen=True)
class ReportFeed:
    """One partition of an index. `filters` leave out what is of no interest, by equality."""

    index: str
    attribute: str
    value: str
    filters: Mapping[str, str] = field(default_factory=dict)


def own_feed(owner: str, **filters: str | None) -> ReportFeed:
    return ReportFeed("by_owner", "owner", owner, _given(filters))


def warehouse_feed(warehouse_id: str, **filters: str | None) -> ReportFeed:
    return ReportFeed("by_warehouse", "warehouse_id", warehouse_id, _given(filters))


class ReportListService:
    def __init__(
        self, table: Table, warehouses: WarehouseService, members: MemberRepository
    ) -> None:
        self.table = table
        self.warehouses = warehouses
        self.members = members

    def page(
        self,
        caller: Caller,
        limit: int,
        cursor: str | None,
        status: ReportStatus | None,
        warehouse_id: str | None,
    ) -> ReportPage:
        """The caller's own and those of shared warehouses, or those of one warehouse."""
        scope = f"reports#{caller.username}#{status}#{warehouse_id}"
        before = decode_listed(scope, cursor)
        lanes = self._lanes(caller, status, warehouse_id)
        found, more = merged(self.table, lanes, limit, before)
        return ReportPage(
            reports=[summary_of(item) for item in found],
            next_cursor=encode_cursor(scope, [more]) if more else None,
        )

    def _lanes(
        self, caller: Caller, status: ReportStatus | None, warehouse_id: str | None
    ) -> list[ReportFeed]:
        own = keys.report_owner(caller.username)
        if warehouse_id is None:
            shared = self.members.memberships(caller.username)
            return [
                own_feed(own, status=status),
                *(warehouse_feed(one.warehouse_id, status=status) for one in shared),
            ]
        try:
            self.warehouses.entitled(caller, warehouse_id, Action.SEE)
        except NotFound:
            # Of a warehouse that was deleted, the reports are still its owner's.
            return [own_feed(own, status=status, warehouse_id=warehouse_id)]
        return [warehouse_feed(warehouse_id, status=status)]


def merged(
    table: Table, lanes: Sequence[ReportFeed], limit: int, before: str | None
) -> tuple[list[Item], str | None]:
    """Up to `limit` summaries older than `before`, and where to go on.

    Reads each lane once, and of several lanes one a second time; so a page may be short.
    """
    streams = [_Stream(table, lane, before or _NEWER_THAN_ALL) for lane in lanes]
    share = ceil(limit / len(streams)) + (len(streams) > 1)
    queries = len(streams) + (len(streams) > 1)
    found: list[Item] = []
    while len(found) < limit:
        # What a stream has not read yet is older than its horizon, and may be next.
        gap = max((one for one in streams if one.dry), key=_Stream.horizon_of, default=None)
        newest = max((one for one in streams if one.waiting), key=_Stream.next_of, default=None)
        if gap and (newest is None or newest.next_of() < gap.horizon_of()):
            if not queries:
                return found, gap.horizon
            gap.read(limit - len(found) if gap.begun else share, ceil(EXAMINED / len(streams)))
            queries -= 1
        elif newest:
            found.append(newest.waiting.popleft())
        else:
            return found, None
    more = any(one.waiting or one.dry for one in streams)
    return found, found[-1]["listed"] if more else None


class _Stream:
    """A lane as far as it was read. `horizon` is None at its end."""

    def __init__(self, table: Table, lane: ReportFeed, before: str) -> None:
        self.table = table
        self.lane = lane
        self.horizon: str | None = before
        self.begun = False
        self.waiting: deque[Item] = deque()

    @property
    def dry(self) -> bool:
        return not self.waiting and self.horizon is not None

    def horizon_of(self) -> str:
        return self.horizon or ""

    def next_of(self) -> str:
        return str(self.waiting[0]["listed"])

    def read(self, wanted: int, examined: int) -> None:
        lane, filters = self.lane, dict(self.lane.filters)
        values: dict[str, Any] = {**filters, lane.attribute: lane.value, "before": self.horizon}
        page = self.table.query(
            f"#{lane.attribute} = :{lane.attribute} AND #listed < :before",
            index=lane.index,
            where=" AND ".join(f"#{name} = :{name}" for name in filters) or None,
            limit=max(wanted, examined) if filters else wanted,
            newest_first=True,
            **values,
        )
        self.waiting.extend(page.items)
        self.horizon = page.last_key["listed"] if page.last_key else None
        self.begun = True


def _given(filters: Mapping[str, str | None]) -> dict[str, str]:
    return {name: str(value) for name, value in filters.items() if value is not None}
