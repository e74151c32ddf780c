"""What there is of the items of a file, as it was read for their check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from stockwarden.imports.grouping import FileItem
from stockwarden.imports.whereabouts import place_of
from stockwarden.stock.facts import Lot
from stockwarden.stock.head import Head
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys.stock import NONE, Place


@dataclass
class Stored:
    """By item id. `balances` are those of the places that rows name; `in_lots` is what lies in lots
    at a location that a row names without one, of items that `lacks_a_lot` is true for."""

    records: Mapping[str, Item]
    heads: Mapping[str, Head]
    balances: Mapping[tuple[str, Place], Fraction]
    lots: Mapping[tuple[str, str], Lot]
    owners: Mapping[tuple[str, str], str]
    in_lots: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)

    def unnamed(self, item: FileItem, warehouse_id: str) -> Fraction:
        """What there is of an item in the warehouse, at places that no row names."""
        head = self.heads.get(item.known_id or "")
        if head is None:
            return Fraction(0)
        there = sum(self.balances[head.id, place] for place in places_of(item, warehouse_id))
        return head.quantity_in(warehouse_id) - there

    def lacks_a_lot(self, item: FileItem, warehouse_id: str) -> bool:
        """Whether a row names a location without a lot, where the book has nothing, though there is
        something at places that no row names."""
        return bool(self.unnamed(item, warehouse_id)) and any(
            place.location != NONE
            and place.lot == NONE
            and not self.balances[item.known_id or "", place]
            for place in places_of(item, warehouse_id)
        )


def places_of(item: FileItem, warehouse_id: str) -> set[Place]:
    """Those that the rows of an item give a quantity for."""
    return {place_of(warehouse_id, values) for _, values in item.rows if "quantity" in values}
