"""The keys of kits, in the stock table.

| item        | pk             | sk           |                                                 |
|-------------|----------------|--------------|-------------------------------------------------|
| components  | `ITEM#<id>`    | `COMPONENTS` | what one of the item is made of                 |
| use         | `USED_IN#<id>` | `<kit id>`   | a kit that has the item as a component          |
| graph       | `KITS`         | `GRAPH`      | its version: the components of all kits have it |

The head of an item with components is in the list `KITS` of the index `by_list`, by name.
"""

from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys.stock import head, item_id_in_name, item_stock

# What the heads of kits have as `listed_in`.
KITS = "KITS"


def is_kit(head: Mapping[str, Any]) -> bool:
    return head.get("listed_in") == KITS


def components(item_id: str) -> Item:
    return item_stock(item_id).key("COMPONENTS")


def uses(item_id: str) -> KeyRange:
    """The kits that have an item as a component."""
    return KeyRange(f"USED_IN#{item_id}")


def graph() -> Item:
    """Changed with the components of any kit, so that two changes never overlap."""
    return {"pk": "KITS", "sk": "GRAPH"}


def kit_after(named: str) -> Item:
    """The key in `by_list` of a head, where a page goes on after it."""
    return {**head(item_id_in_name(named)), "listed_in": KITS, "named": named}


def record_in(key: Mapping[str, Any]) -> str:
    """`kit`, for the key of a head, which has `KITS` if it is that of one; "" for others."""
    return "kit" if key["sk"] == "LEDGER" else ""
