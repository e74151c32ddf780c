"""The projection of the value of the stock: totals by warehouse, category, supplier and type."""

from collections.abc import Mapping, Sequence

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.totals import Totals
from stockwarden.analytics.valued_item import rank_of, sums_of, valued_item
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.streams import Change
from stockwarden.storage.tables import Table


class ValueProjection:
    def __init__(self, table: Table, generations: Generations) -> None:
        self.totals = Totals(table, sums_of)
        self.generations = generations

    def apply(self, changes: Sequence[Change]) -> None:
        """Takes in the newest head of each item. Raises Unavailable."""
        heads = _newest(changes)
        if heads:
            for generation in self.generations.live():
                self.apply_heads(generation, heads)

    def apply_heads(self, generation: int, heads: Mapping[str, Item | None]) -> int:
        """Takes in heads by the ids of their items, None for one that was deleted; gives how many
        of them were newer than what was kept. Raises Unavailable."""
        records = [valued_item(generation, item_id, head) for item_id, head in heads.items()]
        return self.totals.replace(generation, records)


def _newest(changes: Sequence[Change]) -> dict[str, Item | None]:
    """The newest head of each item among the changes."""
    heads: dict[str, Item | None] = {}
    for change in changes:
        if change.table != "stock" or not stock_keys.is_head(change.key):
            continue
        item_id = stock_keys.item_id_in(change.key)
        if item_id not in heads or rank_of(change.new) > rank_of(heads[item_id]):
            heads[item_id] = change.new
    return heads
