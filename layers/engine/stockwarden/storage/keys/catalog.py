"""The keys of the catalog table: master data, without quantities.

| item           | pk                   | sk                   |                                   |
|----------------|----------------------|----------------------|-----------------------------------|
| item           | `ITEM#<id>`          | `ITEM`               | what describes an item            |
| lot            | `ITEM#<id>`          | `LOT#<lot>`          | expiry and status of a lot        |
| part           | `ITEM#<id>`          | `PART#<supplier id>` | as a supplier sells it            |
| code           | `CODE#<kind>#<code>` | `CODE`               | whose an SKU or a GTIN is         |
| category       | `CATEGORIES`         | `<id>`               | a node of the tree                |
| tree           | `CATEGORIES#TREE`    | `TREE`               | its version: all moves change it  |
| supplier       | `SUPPLIERS`          | `<id>`               |                                   |
| unit           | `UNITS`              | `<code>`             | a unit that the company defined   |
| inventory type | `TYPES`              | `<id>`               | what its items must have          |
| name           | `NAMES#<kind>`       | `<name, folded>`     | whose a name is, and the list     |

The index `by_supplier` has the parts of a supplier: `supplier_id`, and `item_id`.
"""

from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange


def item_parts(item_id: str) -> KeyRange:
    """The item and what belongs to it."""
    return KeyRange(f"ITEM#{item_id}")


def item(item_id: str) -> Item:
    return item_parts(item_id).key("ITEM")


def record_in(key: Mapping[str, Any]) -> str:
    """What a key is that of: `item`, `category`, `supplier`; "" for everything else."""
    pk, sk = str(key["pk"]), str(key["sk"])
    if sk == "ITEM" and pk.startswith("ITEM#"):
        return "item"
    return {categories().pk: "category", suppliers().pk: "supplier"}.get(pk, "")


def lots(item_id: str) -> KeyRange:
    return KeyRange(item_parts(item_id).pk, "LOT#")


def lot(item_id: str, code: str) -> Item:
    return lots(item_id).key(code)


def parts(item_id: str) -> KeyRange:
    """What suppliers sell the item as."""
    return KeyRange(item_parts(item_id).pk, "PART#")


def part(item_id: str, supplier_id: str) -> Item:
    return {
        **parts(item_id).key(supplier_id),
        "supplier_id": supplier_id,
        "item_id": item_id,
    }


def code(kind: str, text: str) -> Item:
    """Whose a code is: of the kind `sku`, in capitals, or `gtin`, with 14 digits."""
    return {"pk": f"CODE#{kind}#{text}", "sk": "CODE"}


def parse_code(claim: Mapping[str, Any]) -> tuple[str, str]:
    """The kind and the text in the key of a code."""
    _, kind, text = str(claim["pk"]).split("#", 2)
    return kind, text


def categories() -> KeyRange:
    return KeyRange("CATEGORIES")


def category_tree() -> Item:
    """Changed with every category, so that two changes never overlap."""
    return {"pk": "CATEGORIES#TREE", "sk": "TREE"}


def names(kind: str) -> KeyRange:
    """The names of the kind `supplier` or `inventory_type`, in their order."""
    return KeyRange(f"NAMES#{kind}")


def name(kind: str, folded: str) -> Item:
    return names(kind).key(folded)


def suppliers() -> KeyRange:
    return KeyRange("SUPPLIERS")


def units() -> KeyRange:
    return KeyRange("UNITS")


def inventory_types() -> KeyRange:
    return KeyRange("TYPES")
