"""The projection of orders: totals by status, month, day due, and supplier."""

from collections.abc import Mapping, Sequence

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.order_totals import counted_order, sums_of
from stockwarden.analytics.totals import LAST, Totals
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.streams import Change
from stockwarden.storage.tables import Table


class OrderProjection:
    def __init__(self, table: Table, generations: Generations) -> None:
        self.totals = Totals(table, sums_of)
        self.generations = generations

    def apply(self, changes: Sequence[Change]) -> None:
        """Takes in the newest record of each order. Raises Unavailable."""
        orders: dict[str, Item | None] = {}
        for change in changes:
            if change.table == "stock" and order_keys.is_order(change.key):
                order_id = order_keys.order_id_in(change.key)
                if order_id not in orders or _rank(change.new) > _rank(orders[order_id]):
                    orders[order_id] = change.new
        if orders:
            for generation in self.generations.live():
                self.apply_orders(generation, orders)

    def apply_orders(self, generation: int, orders: Mapping[str, Item | None]) -> int:
        """Takes in the records of orders by their ids, None for one that is gone; gives how many
        were newer than what was kept. Raises Unavailable."""
        records = [counted_order(generation, each, order) for each, order in orders.items()]
        return self.totals.replace(generation, records)


def _rank(order: Item | None) -> int:
    return int(order["version"]) if order else LAST
