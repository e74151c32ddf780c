"""What of items is on order: still to come of purchase orders that are placed. For who computes
what is short, and when that ends."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stockwarden.core.exact import parse_fraction
from stockwarden.orders.progress import LineProgress, Progress, read_progress
from stockwarden.orders.states import OPEN
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key, key_of
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.tables import Table

# After every moment.
_LAST = "9"


@dataclass(frozen=True)
class OnOrder:
    """`quantity` is in the item's base unit, above zero. `expected_at` is None where neither the
    order nor a promised lead time says it."""

    order_id: str
    number: str
    supplier_id: str
    warehouse_id: str
    quantity: Fraction
    expected_at: str | None


class OnOrderReader:
    def __init__(self, table: Table) -> None:
        self.table = table

    def of_items(self, item_ids: Collection[str]) -> dict[str, list[OnOrder]]:
        """By item, what is expected first; items of which nothing is to come are left out. One
        query for each item, and three reads for each open order."""
        found: dict[str, list[OnOrder]] = {}
        for item_id in sorted(set(item_ids)):
            expected = self._of_item(item_id)
            if expected:
                found[item_id] = expected
        return found

    def _of_item(self, item_id: str) -> list[OnOrder]:
        entries = self.table.query_all(
            "#listed_in = :list", index="by_list", list=keys.on_order_list(item_id)
        )
        expected = [each for each in self._read(list(entries)) if each.quantity > Fraction(0)]
        return sorted(expected, key=lambda each: (each.expected_at or _LAST, each.number))

    def _read(self, entries: Sequence[Item]) -> Iterator[OnOrder]:
        order_ids = sorted({keys.order_id_in(entry) for entry in entries})
        wanted = [key for each in order_ids for key in (keys.order(each), keys.progress(each))]
        records = self.table.get_many([*wanted, *map(key_of, entries)])
        for entry in entries:
            order_id = keys.order_id_in(entry)
            order = at_key(records, keys.order(order_id))
            ordered = at_key(records, key_of(entry))
            # An entry may be of an order that is over, where its removal was interrupted, or of
            # lines that were changed before the order was placed.
            if order is None or ordered is None or order["status"] not in OPEN:
                continue
            if keys.revision_of(entry) != order["revision"]:
                continue
            progress = read_progress(at_key(records, keys.progress(order_id)))
            yield OnOrder(
                order_id=order_id,
                number=order["number"],
                supplier_id=order["supplier_id"],
                warehouse_id=order["warehouse_id"],
                quantity=_rest(ordered["lines"], progress),
                expected_at=order.get("expected_at"),
            )


def _rest(ordered: Mapping[str, str], progress: Progress) -> Fraction:
    """What is still to come of the lines, whose quantities in the base unit are `ordered`."""
    return sum(
        (
            max(parse_fraction(text) - progress.get(line_id, LineProgress()).done, Fraction(0))
            for line_id, text in ordered.items()
        ),
        Fraction(0),
    )
