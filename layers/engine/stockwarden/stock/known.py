"""What a posting reads of the stock table, in one call."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stockwarden.core.errors import Invalid
from stockwarden.stock.balance import Balance, read_balance
from stockwarden.stock.head import Head, read_head
from stockwarden.stock.line import Line
from stockwarden.stock.serials import read_serials
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table


@dataclass(frozen=True)
class Known:
    """`posting` is that of a repetition. Balances are by item and place, serial numbers by item."""

    posting: Item | None
    heads: Mapping[str, Head]
    balances: Mapping[tuple[str, Place], Balance]
    serials: Mapping[str, dict[str, Place | None]]


def read_known(
    table: Table, posting_id: str, lines: Sequence[Line], new_head: Item | None
) -> Known:
    """Reads consistently. Raises Invalid for an item that is not there; `new_head` is that of one
    which is about to be made."""
    places = sorted({(line.item_id, place) for line in lines for place in line.places})
    serials = sorted({(line.item_id, each) for line in lines for each in line.serials})
    item_ids = sorted({line.item_id for line in lines})
    posting_key = keys.posting(posting_id)
    items = table.get_many(
        [
            posting_key,
            *map(keys.head, item_ids),
            *(keys.balance(*each) for each in places),
            *(keys.serial(*each) for each in serials),
        ],
        consistent=True,
    )
    heads = {}
    for line in lines:
        head = new_head or at_key(items, keys.head(line.item_id))
        if head is None:
            raise Invalid.field(f"{line.pointer}/item_id", "There is no such item.")
        heads[line.item_id] = read_head(head)
    serial_items: dict[str, dict[str, Item]] = defaultdict(dict)
    for item_id, serial in serials:
        item = at_key(items, keys.serial(item_id, serial))
        if item is not None:
            serial_items[item_id][serial] = item
    return Known(
        posting=at_key(items, posting_key),
        heads=heads,
        balances={each: read_balance(at_key(items, keys.balance(*each))) for each in places},
        serials={each: read_serials(serial_items[each]) for each in item_ids},
    )
