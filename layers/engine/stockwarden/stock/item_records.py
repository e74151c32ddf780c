"""The two records of an item: what describes it, in the catalog, and the head of its ledger.

The head also has what lists show, so that a page of them is read from its index alone.
"""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.core.exact import json_number, parse_fraction
from stockwarden.stock.head import fraction_of, is_low
from stockwarden.stock.item_model import ItemChange, ItemRequest, ItemSummary, ItemView
from stockwarden.stock.model import number
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys

# The fields of an item that its head has, too.
LISTED = (
    "name",
    "sku",
    "status",
    "unit",
    "category",
    "supplier",
    "inventory_type",
    "reorder_point",
    "unit_cost",
    "currency",
    "created_at",
    "updated_at",
    "version",
)
# Those of them that a movement is decided on, or that it writes something from.
DECISIVE = ("status", "unit", "inventory_type", "reorder_point", "unit_cost")
FIELDS = (
    "name",
    "sku",
    "description",
    "status",
    "unit",
    "category",
    "supplier",
    "inventory_type",
    "reorder_point",
    "reorder_quantity",
    "unit_cost",
    "currency",
    "gtin",
    "storage_class",
    "shelf_life_days",
    "attributes",
)
# An index key has 1,024 bytes.
_MAX_NAME_BYTES = 700


def name_key(name: str) -> str:
    """How names are sorted and searched: without case, accents and repeated blanks."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    text = " ".join(plain.split())
    return text.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore")


def stored_value(value: Any) -> Any:
    """Quantities are stored as exact texts."""
    return str(value) if isinstance(value, Decimal) else value


def listed_fields(item_id: str, record: Mapping[str, Any]) -> Item:
    """What the head has of an item's record."""
    fields = {name: record.get(name) for name in LISTED}
    return {**fields, **keys.in_item_list(item_id, name_key(record["name"]))}


def given_fields(request: ItemRequest | ItemChange) -> dict[str, Any]:
    """The fields that describe the item, of those that were given."""
    fields = request.model_dump(mode="python", exclude_unset=True, exclude_none=True)
    return {name: value for name, value in fields.items() if name in FIELDS}


def changes_of(record: Item, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the given fields that differ, as they are stored. Raises Invalid for null where an
    item must have something."""
    changes = {
        name: stored_value(value)
        for name, value in given.items()
        if record.get(name) != stored_value(value)
    }
    errors = [
        FieldError(f"/{name}", f"An item has a {name}; leave it out to keep it.")
        for name in ("name", "sku", "status", "unit")
        if name in changes and changes[name] is None
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)
    return changes


def verb_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What the audit log calls a change."""
    if before["status"] == after["status"]:
        return "changed"
    return "archived" if after["status"] == "archived" else "status_changed"


def low_flag(record: Mapping[str, Any], quantity: Fraction) -> bool | None:
    """The attribute `low` of a head: true, or not there."""
    point = record.get("reorder_point")
    return True if is_low(quantity, fraction_of(point)) else None


def summary(head: Item) -> ItemSummary:
    return ItemSummary(**_summary_fields(head))


def view(record: Item, head: Item) -> ItemView:
    """Both records; where they were read at different moments, the catalog's describes it."""
    fields = _summary_fields({**head, **{name: record.get(name) for name in LISTED}})
    return ItemView(
        **fields,
        description=record.get("description"),
        reorder_quantity=_number(record.get("reorder_quantity")),
        gtin=record.get("gtin"),
        storage_class=record.get("storage_class"),
        shelf_life_days=record.get("shelf_life_days"),
        attributes=record.get("attributes") or {},
    )


def _summary_fields(head: Mapping[str, Any]) -> dict[str, Any]:
    quantity = parse_fraction(head["quantity"])
    return {
        **{name: head.get(name) for name in LISTED},
        **number("quantity", quantity),
        "id": head["id"],
        "reorder_point": _number(head.get("reorder_point")),
        "low_stock": is_low(quantity, fraction_of(head.get("reorder_point"))),
    }


def _number(text: str | None) -> float | int | None:
    return None if text is None else json_number(Fraction(Decimal(text)))
