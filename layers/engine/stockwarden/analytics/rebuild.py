"""Makes all projections anew from the tables, while the streams go on.

The new generation is begun first, so that from then on every change goes into it, too; then
everything there is is read. What is read and what comes by a stream may be of whatever order: the
newer one stays. Then the new generation is read, and the old one removed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.orders import OrderProjection
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.values import ValueProjection
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.scans import scan_all
from stockwarden.storage.tables import Table

_TOGETHER = 25


@dataclass(frozen=True)
class Rebuilt:
    """How many items were read, into which generation, and how many records of others went."""

    items: int
    generation: int
    removed: int


class Rebuild:
    """`table` is that of the projections, `stock` the ledger's."""

    def __init__(
        self,
        table: Table,
        stock: Table,
        generations: Generations,
        *,
        values: ValueProjection,
        usage: UsageProjection,
        orders: OrderProjection,
    ) -> None:
        self.table = table
        self.stock = stock
        self.generations = generations
        self.values = values
        self.usage = usage
        self.orders = orders

    def run(self, tell: Callable[[int], None] = lambda _: None) -> Rebuilt:
        """`tell` is told how many items are done. Raises Unavailable, and Conflict where another
        rebuild has begun since."""
        generation = self.generations.begin()
        items = self.fill(generation, tell)
        self.generations.switch_to(generation)
        return Rebuilt(items, generation, self._remove_others(generation))

    def fill(self, generation: int, tell: Callable[[int], None] = lambda _: None) -> int:
        """Takes everything that there is into a generation. Raises Unavailable."""
        items = 0
        records = (item for item in scan_all(self.stock) if _is_source(item))
        for together in _batches(records):
            orders = {item["id"]: item for item in together if order_keys.is_order(item)}
            heads = {item["id"]: item for item in together if stock_keys.is_head(item)}
            self.orders.apply_orders(generation, orders)
            self.values.apply_heads(generation, heads)
            for head in heads.values():
                if head["seq"]:
                    self.usage.apply_item(generation, head["id"])
            items += len(heads)
            tell(items)
        return items

    def _remove_others(self, generation: int) -> int:
        removed = [
            key_of(item)
            for item in scan_all(self.table)
            if any(keys.is_of_generation(item, other) for other in range(1, generation))
        ]
        self.table.delete_all(removed)
        return len(removed)


def _is_source(item: Item) -> bool:
    return stock_keys.is_head(item) or order_keys.is_order(item)


def _batches(records: Iterator[Item]) -> Iterator[list[Item]]:
    while together := list(islice(records, _TOGETHER)):
        yield together
