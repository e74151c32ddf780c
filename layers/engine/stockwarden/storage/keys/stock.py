"""The keys of the stock table, and of its indexes.

| item        | pk                 | sk                             |                            |
|-------------|--------------------|--------------------------------|----------------------------|
| head        | `ITEM#<id>`        | `LEDGER`                       | totals, what lists show    |
| balance     | `ITEM#<id>`        | `BALANCE#<place>`              | what is at one place, now  |
| movement    | `ITEM#<id>`        | `MOVEMENT#<effective>#<seq>`   | one change of the stock    |
| late        | `ITEM#<id>`        | `LATE#<seq>`                   | a movement before another  |
| checkpoint  | `ITEM#<id>`        | `CHECKPOINT#<effective>#<seq>` | balances after a movement  |
| serial      | `ITEM#<id>`        | `SERIAL#<serial>`              | where a single piece is    |
| posting     | `POSTING#<id>`     | `POSTING`                      | movements written together |
| count       | `COUNT#<id>`       | `COUNT`                        | a count that was opened    |
| counted     | `COUNTS#<wh>`      | `<opened at>#<count id>`       | a count, in its warehouse  |
| reservation | `RESERVATION#<id>` | `RESERVATION`                  | stock kept for somebody    |
| operation   | `OPERATIONS`       | `<operation id>`               | a large posting under way  |
| hold        | `OPERATION#<id>`   | `HOLD#<number>`                | whose heads it holds       |
| part        | `OPERATION#<id>`   | `PART#<number>`                | what it makes of items     |
| tally       | `TALLY#<shard>`    | `TALLY`                        | how many items there are   |
| components  | `ITEM#<id>`        | `COMPONENTS`                   | see `keys.kits`            |

A `<place>` is `<warehouse id>#<location>#<lot>`, where `–` stands for none. A `<seq>` has twelve
digits. An `<effective>` is a moment in UTC with milliseconds. Everything that a movement reads or
writes is of its item, so that items do not wait for each other.

Indexes: `by_name` has the heads (`items`, one of `SHARDS` lists, and `named`), `by_place` the
balances that are not zero (`place_list`, `placed`), keys only, `by_list` the heads of kits and the
entries of lists of orders (`listed_in`, `named`), with the SKU. What is consumed has a module of
its own, `keys.consumption`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

# Lists of all items are kept in as many partitions, and merged.
SHARDS = 4
NONE = "–"
# Sorts before a blank, so that a name comes before the longer ones that begin with it.
_AFTER_NAME = "\t"
_ORDER = re.compile(r"[0-9]{4}-[0-9TZ:.-]{19}#[0-9]{12}")


@dataclass(frozen=True, order=True)
class Place:
    """Where stock is: in a warehouse, there in a location or None, of a lot or None. Codes are in
    capitals."""

    warehouse_id: str
    location: str = NONE
    lot: str = NONE

    @property
    def text(self) -> str:
        return f"{self.warehouse_id}#{_escaped(self.location)}#{_escaped(self.lot)}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        warehouse_id, location, lot = text.split("#")
        return cls(warehouse_id, _unescaped(location), _unescaped(lot))


def item_stock(item_id: str) -> KeyRange:
    """Everything about the stock of an item."""
    return KeyRange(f"ITEM#{item_id}")


def record_in(item: Mapping[str, Any]) -> str:
    """What something in the partition of an item is: `BALANCE`, `MOVEMENT`, …"""
    return str(item["sk"]).partition("#")[0]


def head(item_id: str) -> Item:
    return item_stock(item_id).key("LEDGER")


def is_head(key: Mapping[str, Any]) -> bool:
    return record_in(key) == "LEDGER"


def is_movement(key: Mapping[str, Any]) -> bool:
    return str(key["sk"]).startswith("MOVEMENT#")


def balances(item_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, "BALANCE#")


def balances_in(item_id: str, warehouse_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, f"BALANCE#{warehouse_id}#")


def balance(item_id: str, place: Place) -> Item:
    return balances(item_id).key(place.text)


def place_in(balance_item: Item) -> Place:
    return Place.parse(str(balance_item["sk"]).removeprefix("BALANCE#"))


def item_id_in(item: Mapping[str, Any]) -> str:
    """The id of the item that something in its partition is about."""
    return str(item["pk"]).removeprefix("ITEM#")


def movements(item_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, "MOVEMENT#")


def movement_order(effective_at: str, seq: int) -> str:
    """Sorts movements as they follow each other in the stock: (effective_at, seq)."""
    return f"{effective_at}#{seq:012}"


def movement(item_id: str, effective_at: str, seq: int) -> Item:
    return movements(item_id).key(movement_order(effective_at, seq))


def parse_movement_order(item: Mapping[str, Any]) -> tuple[str, int]:
    """The moment and the sequence number in the key of a movement or a checkpoint."""
    _, effective_at, seq = str(item["sk"]).split("#")
    return effective_at, int(seq)


def is_movement_order(text: str) -> bool:
    """Whether a text is what `movement_order` gives."""
    return _ORDER.fullmatch(text) is not None


def late_movements(item_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, "LATE#")


def late_movement(item_id: str, seq: int) -> Item:
    return late_movements(item_id).key(f"{seq:012}")


def late_seq(item: Mapping[str, Any]) -> int:
    """The sequence number in the key of a late movement."""
    return int(str(item["sk"]).removeprefix("LATE#"))


def checkpoints(item_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, "CHECKPOINT#")


def checkpoint(item_id: str, effective_at: str, seq: int) -> Item:
    return checkpoints(item_id).key(movement_order(effective_at, seq))


def serials(item_id: str) -> KeyRange:
    return KeyRange(item_stock(item_id).pk, "SERIAL#")


def serial(item_id: str, text: str) -> Item:
    return serials(item_id).key(text)


def posting(posting_id: str) -> Item:
    return {"pk": f"POSTING#{posting_id}", "sk": "POSTING"}


def count(count_id: str) -> Item:
    return {"pk": f"COUNT#{count_id}", "sk": "COUNT"}


def counts(warehouse_id: str) -> KeyRange:
    """The counts of a warehouse, by when they were opened."""
    return KeyRange(f"COUNTS#{warehouse_id}")


def counted(warehouse_id: str, opened_at: str, count_id: str) -> Item:
    return counts(warehouse_id).key(f"{opened_at}#{count_id}")


def counted_id(item: Mapping[str, Any]) -> str:
    """The id of the count that an entry of the list of a warehouse is about."""
    return str(item["sk"]).partition("#")[2]


def reservation(reservation_id: str) -> Item:
    return {"pk": f"RESERVATION#{reservation_id}", "sk": "RESERVATION"}


def operations() -> KeyRange:
    """All large postings that are not over."""
    return KeyRange("OPERATIONS")


def operation(operation_id: str) -> Item:
    return operations().key(operation_id)


def operation_id_in(item: Mapping[str, Any]) -> str:
    return str(item["sk"])


def parts(operation_id: str) -> KeyRange:
    return KeyRange(f"OPERATION#{operation_id}", "PART#")


def part(operation_id: str, number: int) -> Item:
    return parts(operation_id).key(f"{number:03}")


def parse_part(item: Mapping[str, Any]) -> tuple[str, int]:
    """The operation and the number in the key of a part."""
    operation_id = str(item["pk"]).partition("#")[2]
    return operation_id, int(str(item["sk"]).removeprefix("PART#"))


def holds(operation_id: str) -> KeyRange:
    return KeyRange(parts(operation_id).pk, "HOLD#")


def hold(operation_id: str, number: int) -> Item:
    return holds(operation_id).key(f"{number:03}")


def tally(shard: int) -> Item:
    return {"pk": f"TALLY#{shard}", "sk": "TALLY"}


def shard_of(item_id: str) -> int:
    return hashlib.sha256(item_id.encode()).digest()[0] % SHARDS


def item_list(shard: int) -> str:
    return f"ITEMS#{shard}"


def in_item_list(item_id: str, name_key: str) -> Item:
    """The attributes of a head that put it into the list of all items, by name."""
    return {"items": item_list(shard_of(item_id)), "named": f"{name_key}{_AFTER_NAME}{item_id}"}


def item_id_in_name(named: str) -> str:
    """The id of the item in what `in_item_list` gives as `named`."""
    return named.rpartition(_AFTER_NAME)[2]


def name_in(head: Mapping[str, Any]) -> str:
    """The name of an item as it is sorted."""
    return str(head["named"]).rpartition(_AFTER_NAME)[0]


def in_place_list(item_id: str, place: Place) -> Item:
    """The attributes of a balance that put it into the list of what is in a warehouse."""
    return {
        "place_list": place_list(place.warehouse_id),
        "placed": f"{_escaped(place.location)}#{item_id}#{_escaped(place.lot)}",
    }


def place_list(warehouse_id: str) -> str:
    return f"PLACES#{warehouse_id}"


def placed_prefix(location: str, item_id: str | None = None) -> str:
    """What `placed` begins with at a location, there perhaps of one item."""
    return f"{_escaped(location)}#{f'{item_id}#' if item_id else ''}"


def place_after(warehouse_id: str, placed: str) -> Item:
    """The key in `by_place` of a balance, where a page goes on after it."""
    location, item_id, lot_code = placed.split("#")
    place = Place(warehouse_id, _unescaped(location), _unescaped(lot_code))
    return {
        **balance(item_id, place),
        "place_list": place_list(warehouse_id),
        "placed": placed,
    }


def is_placed(text: str) -> bool:
    """Whether a text is what `placed` holds."""
    location, *rest = text.split("#")
    return bool(location) and len(rest) == 2 and all(rest)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("#", "%23")


def _unescaped(text: str) -> str:
    return text.replace("%23", "#").replace("%25", "%")
