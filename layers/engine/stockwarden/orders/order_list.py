"""Lists of orders: the entries of the index, merged, and the orders that they stand for."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from stockwarden.core.clock import iso
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.orders.model import OrderPage
from stockwarden.orders.numbers import canonical_number
from stockwarden.orders.states import OPEN, OrderStatus, OrderType, statuses_of
from stockwarden.orders.views import is_late, summary
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.tables import Table

# A page with filters examines so many pages of entries at most, and may be short then.
_MOST_ROUNDS = 4
_LAST = "\U0010ffff"
_LONGEST, _CHUNK = 200, 100


@dataclass(frozen=True)
class OrderFilter:
    """What is wanted; None for whatever. `number` is what it begins with."""

    kind: OrderType | None = None
    statuses: frozenset[OrderStatus] | None = None
    supplier_id: str | None = None
    item_id: str | None = None
    number: str | None = None
    late: bool | None = None

    @property
    def kinds(self) -> list[OrderType]:
        return list(OrderType) if self.kind is None else [self.kind]

    def fits(self, order: Item, now: str) -> bool:
        """Whether an order is wanted, whichever list it was found by."""
        return (
            self.kind in {None, order["type"]}
            and (self.statuses is None or order["status"] in self.statuses)
            and self.supplier_id in {None, order.get("supplier_id")}
            and (self.number is None or order["number"].upper().startswith(self._prefix))
            and self.late in {None, is_late(order, now)}
        )

    @property
    def _prefix(self) -> str:
        return canonical_number(self.number or "")

    def entries(self, now: str) -> "_Entries":
        """The lists that have all that is wanted, and the fewest others."""
        if self.item_id is not None:
            return _Entries([keys.item_list(self.item_id)])
        if self.number is not None:
            lists = list(map(keys.number_list, self.kinds))
            return _Entries(lists, first=self._prefix, last=self._prefix + _LAST)
        if self.late:
            return _Entries(list(map(keys.due_list, self.kinds)), last=now, backwards=False)
        if self.supplier_id is not None:
            return _Entries([keys.supplier_list(self.supplier_id)])
        return _Entries(
            [
                keys.status_list(kind, status)
                for kind in self.kinds
                for status in statuses_of(kind)
                if self.statuses is None or status in self.statuses
            ]
        )


@dataclass(frozen=True)
class _Entries:
    """Entries of lists, between two texts, merged; from the last one, or `backwards` not."""

    lists: Sequence[str]
    first: str = " "
    last: str = _LAST
    backwards: bool = True

    def page(self, table: Table, after: str, limit: int) -> tuple[list[Item], bool]:
        """Up to `limit` of them after a position, and whether there are more."""
        pages = [self._read(table, name, after, limit) for name in self.lists]
        merged = heapq.merge(*(items for items, _ in pages), key=_position, reverse=self.backwards)
        entries = list(merged)
        return entries[:limit], len(entries) > limit or any(more for _, more in pages)

    def _read(self, table: Table, name: str, after: str, limit: int) -> tuple[list[Item], bool]:
        first, last = self.first, self.last
        if after and self.backwards:
            last = _before(after)
        elif after:
            first = after + "!"
        if first > last:
            return [], False
        page = table.query(
            "#listed_in = :list AND #named BETWEEN :first AND :last",
            index="by_list",
            limit=limit,
            newest_first=self.backwards,
            list=name,
            first=first,
            last=last,
        )
        return page.items, page.last_key is not None


class OrderList:
    def __init__(self, table: Table, clock: Callable[[], datetime]) -> None:
        self.table = table
        self.clock = clock

    def page(
        self, caller: Caller, wanted: OrderFilter, *, limit: int, cursor: str | None
    ) -> OrderPage:
        """Newest first; of late ones, what is due for longest. Each entry costs half a read unit,
        and a page with filters examines a bounded number of them. Raises BadRequest, Forbidden."""
        require_role(caller, Role.VIEWER)
        now = iso(self.clock())
        scope = f"orders#{wanted}"
        parts = decode_cursor(scope, cursor, 1, _may_be_position)
        orders, position = self._orders(caller, wanted, limit, parts[0] if parts else "", now)
        return OrderPage(
            orders=[summary(order, now) for order in orders],
            next_cursor=encode_cursor(scope, [position]) if position else None,
        )

    def every(self, wanted: OrderFilter) -> Iterator[Item]:
        """All orders that are wanted, in the order of their pages. Not for a request path."""
        now, after = iso(self.clock()), ""
        entries = wanted.entries(now)
        while True:
            page, more = entries.page(self.table, after, _CHUNK)
            yield from (order for _, order in self._read(page) if wanted.fits(order, now))
            if not more or not page:
                return
            after = _position(page[-1])

    def _orders(
        self, caller: Caller, wanted: OrderFilter, limit: int, after: str, now: str
    ) -> tuple[list[Item], str | None]:
        """Orders of one page, and the position of the next one, None at the end."""
        entries, found = wanted.entries(now), list[Item]()
        for _ in range(_MOST_ROUNDS):
            page, more = entries.page(self.table, after, limit)
            for position, order in self._read(page):
                if len(found) == limit:
                    return found, after
                after = position
                if caller.reaches(order["warehouse_id"]) and wanted.fits(order, now):
                    found.append(order)
            if not more or not page:
                return found, None
            after = _position(page[-1])
            if len(found) == limit:
                break
        return found, after

    def _read(self, entries: Sequence[Item]) -> Iterator[tuple[str, Item]]:
        """The orders of entries, each once, with its position."""
        positions = {keys.order_id_in(entry): _position(entry) for entry in entries}
        for order in self.table.get_many([keys.order(each) for each in positions]):
            yield positions[order["id"]], order


def with_status(text: str | None) -> frozenset[OrderStatus] | None:
    """Those that a status in a query stands for: `open` is any that is placed and not over."""
    if text is None:
        return None
    return OPEN if text == "open" else frozenset({OrderStatus(text)})


def _position(entry: Item) -> str:
    return str(entry["named"])


def _before(position: str) -> str:
    """The last text that sorts before a position."""
    return position[:-1] + chr(ord(position[-1]) - 1) + _LAST


def _may_be_position(text: str) -> bool:
    return text.isascii() and text.isprintable() and 0 < len(text) <= _LONGEST
