"""What the daily check compares with the projections: items with their usage, and orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from stockwarden.analytics.orders import OrderProjection
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.valued_item import rank_of
from stockwarden.analytics.values import ValueProjection
from stockwarden.core.clock import Clock
from stockwarden.orders.states import OrderType
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage.attributes import Item
from stockwarden.storage.index_walk import IndexWalk, Position
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.tables import Table

_WEEK = 7
# Of an item so many are noted: one that is lost has all of its days made anew.
_MOST_DAYS = 10


@dataclass(frozen=True)
class Seen:
    """What the tables say of an item or an order: the rank of its record, and how often the
    movements of each day of an item were written, {} where that was not looked at."""

    rank: int
    days: Mapping[str, int] = field(default_factory=dict)


class CheckedKind(Protocol):
    """`name` is what one of them is called."""

    @property
    def name(self) -> str: ...

    def ids(self, start: Position | None) -> Iterator[tuple[str, Position]]:
        """The ids of all after a position, each with its own."""

    def seen(self, ids: Sequence[str]) -> dict[str, Seen]:
        """What the tables say of them now."""

    def behind(self, generation: int, seen: Mapping[str, Seen]) -> dict[str, Seen]:
        """Of what was seen that which the projections do not have; of days the first ones."""

    def take_in(self, generation: int, record_id: str) -> None:
        """Gives one as it is now to the projections. Raises Unavailable."""


class CheckedItems:
    """`table` is that of the projections, `stock` the ledger's."""

    name = "item"

    def __init__(
        self,
        table: Table,
        stock: Table,
        values: ValueProjection,
        usage: UsageProjection,
        clock: Clock,
    ) -> None:
        self.table = table
        self.stock = stock
        self.values = values
        self.usage = usage
        self.clock = clock

    def ids(self, start: Position | None) -> Iterator[tuple[str, Position]]:
        return LedgerVerification(self.stock).item_ids(start)

    def seen(self, ids: Sequence[str]) -> dict[str, Seen]:
        heads = self.stock.get_many([stock_keys.head(each) for each in ids], consistent=True)
        return {
            head["id"]: Seen(rank_of(head), self._days(head["id"]) if self._is_day(head) else {})
            for head in heads
        }

    def behind(self, generation: int, seen: Mapping[str, Seen]) -> dict[str, Seen]:
        wanted = [keys.valued_item(generation, item_id) for item_id in seen]
        stored = {item["id"]: item for item in self.table.get_many(wanted, consistent=True)}
        months = {item_id: {day[:7] for day in each.days} for item_id, each in seen.items()}
        kept = self.usage.kept_days(generation, months)
        behind = {}
        for item_id, each in seen.items():
            days = {
                day: writes
                for day, writes in sorted(each.days.items())
                if day not in kept[item_id] or kept[item_id][day].writes < writes
            }
            if days or _is_behind(stored.get(item_id), each):
                behind[item_id] = Seen(each.rank, dict(islice(days.items(), _MOST_DAYS)))
        return behind

    def take_in(self, generation: int, record_id: str) -> None:
        head = self.stock.get(stock_keys.head(record_id), consistent=True)
        self.values.apply_heads(generation, {record_id: head})
        self.usage.apply_item(generation, record_id)

    def _is_day(self, head: Item) -> bool:
        """Whether the usage of an item is checked today."""
        today = self.clock().toordinal() % _WEEK
        return bool(head["seq"]) and keys.bucket_of(head["id"]) % _WEEK == today

    def _days(self, item_id: str) -> dict[str, int]:
        return {day: each.writes for day, each in self.usage.computed_days(item_id).items()}


class CheckedOrders:
    """`table` is that of the projections, `stock` has the orders."""

    name = "order"

    def __init__(self, table: Table, stock: Table, orders: OrderProjection) -> None:
        self.table = table
        self.stock = stock
        self.orders = orders

    def ids(self, start: Position | None) -> Iterator[tuple[str, Position]]:
        """By their numbers: each has one."""
        lists = [order_keys.number_list(kind) for kind in OrderType]
        walk = IndexWalk(self.stock, "by_list", "listed_in", "named", lists)
        for entry, position in walk.entries(start):
            yield order_keys.order_id_in(entry), position

    def seen(self, ids: Sequence[str]) -> dict[str, Seen]:
        orders = self.stock.get_many([order_keys.order(each) for each in ids], consistent=True)
        return {order["id"]: Seen(int(order["version"])) for order in orders}

    def behind(self, generation: int, seen: Mapping[str, Seen]) -> dict[str, Seen]:
        wanted = [keys.counted_order(generation, order_id) for order_id in seen]
        stored = {order["id"]: order for order in self.table.get_many(wanted, consistent=True)}
        return {name: each for name, each in seen.items() if _is_behind(stored.get(name), each)}

    def take_in(self, generation: int, record_id: str) -> None:
        order = self.stock.get(order_keys.order(record_id), consistent=True)
        self.orders.apply_orders(generation, {record_id: order})


def _is_behind(kept: Item | None, seen: Seen) -> bool:
    return kept is None or kept["rank"] < seen.rank
