"""What is read of the ledger: movements of an item, its stock at an instant, what is where."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from stockwarden.core.clock import iso
from stockwarden.core.errors import NotFound
from stockwarden.core.exact import json_number, parse_fraction
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.balance import read_balance
from stockwarden.stock.head import Head, read_head
from stockwarden.stock.history import History
from stockwarden.stock.large_recovery import LargePostingRecovery
from stockwarden.stock.model import (
    BalanceView,
    ItemStock,
    MovementPage,
    MovementView,
    WarehouseStockLine,
    WarehouseStockPage,
    movement_view,
    number,
    place_view,
)
from stockwarden.stock.movement import Movement, read_movement
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table

# Raises NotFound for a warehouse that the caller may not see.
RequireVisible = Callable[[Caller, str], None]
# {user id: user name} of the accounts that there are, in one read.
NamesOf = Callable[[Collection[str]], Mapping[str, str]]
# After every movement.
_END = "9999"
# How many movements one page examines where only those of a warehouse are wanted.
_MOST_EXAMINED = 500


@dataclass(frozen=True)
class _Wanted:
    """Movements of an item, up to a moment, perhaps in one warehouse; `kind` names the list."""

    caller: Caller
    item_id: str
    warehouse_id: str | None
    until: str
    kind: str


class StockReadingService:
    def __init__(
        self,
        table: Table,
        history: History,
        require_visible: RequireVisible,
        names_of: NamesOf,
        clock: Callable[[], datetime],
        *,
        recovery: LargePostingRecovery,
    ) -> None:
        self.table = table
        self.history = history
        self.recovery = recovery
        self.require_visible = require_visible
        self.names_of = names_of
        self.clock = clock

    def movements(
        self,
        caller: Caller,
        item_id: str,
        *,
        warehouse_id: str | None,
        limit: int,
        cursor: str | None,
    ) -> MovementPage:
        """Newest first, by when they happened."""
        self._head(caller, item_id, warehouse_id)
        wanted = _Wanted(caller, item_id, warehouse_id, _END, "movements")
        views, more = self._page(wanted, limit, cursor)
        return MovementPage(movements=views, next_cursor=more)

    def stock_at(
        self,
        caller: Caller,
        item_id: str,
        *,
        at: datetime | None,
        warehouse_id: str | None,
        limit: int,
        cursor: str | None,
    ) -> ItemStock:
        """After everything that happened up to and including `at`; now, if that is not given."""
        head = self._head(caller, item_id, warehouse_id)
        now = max(iso(self.clock()), head.last_effective_at)
        moment = iso(at) if at else now
        balances = {
            place: quantity
            for place, quantity in self.history.balances_at(item_id, moment).items()
            if _is_wanted(caller, place, warehouse_id)
        }
        wanted = _Wanted(caller, item_id, warehouse_id, iso(at) if at else _END, "stock")
        views, more = self._page(wanted, limit, cursor)
        return ItemStock(
            **number("quantity", sum(balances.values(), Fraction(0))),
            item_id=item_id,
            unit=head.unit,
            at=moment,
            balances=[
                BalanceView(**place_view(place), **number("quantity", quantity), item_id=item_id)
                for place, quantity in sorted(balances.items())
            ],
            movements=views,
            next_cursor=more,
        )

    def in_warehouse(
        self,
        caller: Caller,
        warehouse_id: str,
        *,
        location: str | None,
        item_id: str | None,
        limit: int,
        cursor: str | None,
    ) -> WarehouseStockPage:
        """What is where, by location and item; of one location, or of one item."""
        require_role(caller, Role.VIEWER)
        self.require_visible(caller, warehouse_id)
        places, more = self._places(warehouse_id, location, item_id, limit, cursor)
        stored = self.table.get_many(places)
        heads = {
            item["id"]: read_head(item)
            for item in self.table.get_many(
                [keys.head(each) for each in sorted(set(map(keys.item_id_in, places)))]
            )
        }
        now = iso(self.clock())
        lines = [
            _stock_line(item, heads[keys.item_id_in(item)], now)
            for item in stored
            if keys.item_id_in(item) in heads
        ]
        return WarehouseStockPage(
            balances=[line for line in lines if line.quantity], next_cursor=more
        )

    def _head(self, caller: Caller, item_id: str, warehouse_id: str | None) -> Head:
        require_role(caller, Role.VIEWER)
        if warehouse_id is not None:
            self.require_visible(caller, warehouse_id)
        item = self.table.get(keys.head(item_id)) if may_be_id(item_id) else None
        if item is None:
            raise NotFound("There is no such item.")
        return read_head(self.recovery.settled(item))

    def _page(
        self, wanted: "_Wanted", limit: int, cursor: str | None
    ) -> tuple[list[MovementView], str | None]:
        """Movements up to a moment, newest first. A page of one warehouse may be short, as only so
        many movements are examined."""
        scope = f"{wanted.kind}#{wanted.item_id}#{wanted.until}#{wanted.warehouse_id or ''}"
        parts = decode_cursor(scope, cursor, 1, keys.is_movement_order)
        range_ = keys.movements(wanted.item_id).between(last=f"{wanted.until}$")
        start = range_.key(parts[0]) if parts else None
        found: list[Movement] = []
        examined = 0
        while True:
            page = self.table.query(range_, limit=limit, start=start, newest_first=True)
            examined += len(page.items)
            for item in page.items:
                movement = read_movement(item)
                if any(
                    _is_wanted(wanted.caller, place, wanted.warehouse_id)
                    for place in movement.changes
                ):
                    found.append(movement)
                if len(found) == limit:
                    more = movement.order if item is not page.items[-1] or page.last_key else None
                    return self._with_cursor(found, scope, more)
            start = page.last_key
            if start is None or examined >= _MOST_EXAMINED:
                more = range_.rest_of(start) if start else None
                return self._with_cursor(found, scope, more)

    def _with_cursor(
        self, found: list[Movement], scope: str, more: str | None
    ) -> tuple[list[MovementView], str | None]:
        people = {movement.by for movement in found}
        names = self.names_of(people) if people else {}
        views = [movement_view(movement, names) for movement in found]
        return views, encode_cursor(scope, [more]) if more else None

    def _places(
        self,
        warehouse_id: str,
        location: str | None,
        item_id: str | None,
        limit: int,
        cursor: str | None,
    ) -> tuple[list[Item], str | None]:
        """The keys of balances that are not zero, from the index."""
        scope = f"places#{warehouse_id}#{location or ''}#{item_id or ''}"
        parts = decode_cursor(scope, cursor, 1, keys.is_placed)
        condition = "#place_list = :place_list"
        values: Item = {"place_list": keys.place_list(warehouse_id)}
        if location is not None:
            condition += " AND begins_with(#placed, :prefix)"
            values["prefix"] = keys.placed_prefix(location, item_id)
        where = None
        if item_id is not None and location is None:
            where, values["item_pk"] = "#pk = :item_pk", keys.item_stock(item_id).pk
        start = keys.place_after(warehouse_id, parts[0]) if parts else None
        page = self.table.query(
            condition, index="by_place", where=where, limit=limit, start=start, **values
        )
        more = encode_cursor(scope, [page.last_key["placed"]]) if page.last_key else None
        return [key_of(item) for item in page.items], more


def _is_wanted(caller: Caller, place: Place, warehouse_id: str | None) -> bool:
    if warehouse_id is not None:
        return place.warehouse_id == warehouse_id
    return caller.reaches(place.warehouse_id)


def _stock_line(item: Item, head: Head, now: str) -> WarehouseStockLine:
    return WarehouseStockLine(
        **place_view(keys.place_in(item)),
        **number("quantity", parse_fraction(item["quantity"])),
        item_id=head.id,
        item_name=head.name,
        sku=head.sku,
        unit=head.unit,
        reserved=json_number(read_balance(item).reserved_at(now)),
    )
