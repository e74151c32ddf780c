"""The keys of what is consumed, in the stock table.

| item     | pk                         | sk                | |
|----------|----------------------------|-------------------|-------------------------------------|
| entry    | `CONSUMPTION#<id>`         | `CONSUMPTION`     | what was used, by whom and for what |
| month    | `CONSUMED_MONTHS`          | `<month>`         | a month that has entries            |
| listed   | `CONSUMED#<month>#<shard>` | `<effective>#<id>`| an entry, in the list of all        |
| listed   | `CONSUMED_ITEM#<item id>`  | `<effective>#<id>`| an entry, in the list of an item    |
| day      | `USED#<item id>`           | `<day>#<wh>`      | how much was used of an item        |
| for      | `USED_FOR#<purpose>`       | `<day>#<wh>#<id>` | how much for a purpose, of an item  |

A `<month>` is `2026-03`, in UTC, and a `<day>` `2026-03-02`, by the clock of the warehouse.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

# A month is kept in as many partitions, and merged.
SHARDS = 4


def entry(entry_id: str) -> Item:
    return {"pk": f"CONSUMPTION#{entry_id}", "sk": "CONSUMPTION"}


def months() -> KeyRange:
    """The months in which anything was consumed."""
    return KeyRange("CONSUMED_MONTHS")


def month_lists(month: str) -> list[KeyRange]:
    """The partitions that have the list of a month."""
    return [KeyRange(f"CONSUMED#{month}#{shard}") for shard in range(SHARDS)]


def month_list(month: str, entry_id: str) -> KeyRange:
    """The partition of an entry in the list of a month."""
    return month_lists(month)[hashlib.sha256(entry_id.encode()).digest()[0] % SHARDS]


def item_list(item_id: str) -> KeyRange:
    """What was consumed of an item."""
    return KeyRange(f"CONSUMED_ITEM#{item_id}")


def order(effective_at: str, entry_id: str) -> str:
    """Sorts entries by when they happened."""
    return f"{effective_at}#{entry_id}"


def order_in(listed: Mapping[str, Any]) -> str:
    return str(listed["sk"])


def entry_id_in(listed: Mapping[str, Any]) -> str:
    return order_in(listed).partition("#")[2]


def item_days(item_id: str) -> KeyRange:
    """How much was used of an item, by day and warehouse."""
    return KeyRange(f"USED#{item_id}")


def item_day(item_id: str, day: str, warehouse_id: str) -> Item:
    return item_days(item_id).key(f"{day}#{warehouse_id}")


def purpose_days(purpose: str) -> KeyRange:
    """How much was used for a purpose, by day, warehouse and item."""
    return KeyRange(f"USED_FOR#{purpose}")


def purpose_day(purpose: str, day: str, warehouse_id: str, item_id: str) -> Item:
    return purpose_days(purpose).key(f"{day}#{warehouse_id}#{item_id}")


def parse_day(item: Mapping[str, Any]) -> tuple[str, str]:
    """The day and the warehouse of what was used."""
    day, warehouse_id = str(item["sk"]).split("#")[:2]
    return day, warehouse_id


def item_of_purpose_day(item: Mapping[str, Any]) -> str:
    return str(item["sk"]).split("#")[2]


def item_of_day(item: Mapping[str, Any]) -> str:
    return str(item["pk"]).removeprefix("USED#")
