"""Which records are searched, and what the document of each is.

A further type is one function in `_READERS`, and its key in `storage/keys`. What it needs of the
stream is let through by the filters of the template.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from stockwarden.search.document import Document, stamp_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.streams import Change

# Longer texts are found by their beginning.
_LONGEST_TEXT = 1000


def document_of_change(change: Change) -> Document | None:
    """The document of what was written; of what is no longer there one that is `gone`. None for
    records that are not searched, and where nothing has changed of what is."""
    read = _READERS.get(_record_in(change.key))
    if read is None:
        return None
    old, new = (read(record) if record else None for record in (change.old, change.new))
    if new is not None:
        is_same = old is not None and replace(old, stamp=new.stamp) == new
        return None if is_same else new
    if old is None:
        return None
    return Document(old.type, old.id, old.stamp, warehouse_id=old.warehouse_id, gone=True)


def document_of_record(record: Item) -> Document | None:
    """The document of a record as it is stored; None for one that is not searched."""
    read = _READERS.get(_record_in(record))
    return read(record) if read else None


def _item(record: Item) -> Document:
    attributes = record.get("attributes") or {}
    return Document(
        type="item",
        id=record["id"],
        stamp=_stamp(record),
        title=record["name"],
        code=record.get("sku") or "",
        status=record.get("status") or "",
        archived=record.get("status") == "archived",
        codes=_given(sku=record.get("sku"), gtin=record.get("gtin")),
        texts=_given(
            description=_text(record.get("description")),
            attributes=_text(" · ".join(str(value) for value in attributes.values())),
        ),
    )


def _category(record: Item) -> Document:
    return Document(
        type="category",
        id=record["id"],
        stamp=_stamp(record),
        title=record["name"],
        archived=bool(record.get("archived")),
    )


def _supplier(record: Item) -> Document:
    contact = record.get("contact") or {}
    return Document(
        type="supplier",
        id=record["id"],
        stamp=_stamp(record),
        title=record["name"],
        subtitle=contact.get("name") or contact.get("email") or "",
        archived=bool(record.get("archived")),
        texts=_given(
            contact=contact.get("name"),
            email=contact.get("email"),
            notes=_text(record.get("notes")),
        ),
    )


def _kit(head: Item) -> Document | None:
    """Of an item with components. Its item is another document."""
    if not kit_keys.is_kit(head):
        return None
    # Each of these counts something that changes the head.
    changes = head["version"] + head["facts"] + head["seq"]
    return Document(
        type="kit",
        id=head["id"],
        stamp=stamp_of(head["created_at"], changes),
        title=head["name"],
        code=head.get("sku") or "",
        status=head["status"],
        archived=head["status"] == "archived",
        codes=_given(sku=head.get("sku")),
    )


def _order(record: Item) -> Document:
    party = record.get("supplier_name") or record.get("customer") or ""
    return Document(
        type="order",
        id=record["id"],
        stamp=_stamp(record),
        title=record["number"],
        code=record["number"],
        subtitle=party,
        status=record["status"],
        warehouse_id=record["warehouse_id"],
        codes=_given(number=record["number"]),
        texts=_given(party=party, note=_text(record.get("note"))),
    )


# By what a record is called where its key is built.
_READERS: dict[str, Callable[[Item], Document | None]] = {
    "item": _item,
    "category": _category,
    "supplier": _supplier,
    "kit": _kit,
    "order": _order,
}


def _record_in(key: Mapping[str, Any]) -> str:
    if order_keys.is_order(key):
        return "order"
    return catalog_keys.record_in(key) or kit_keys.record_in(key)


def _stamp(record: Mapping[str, Any]) -> str:
    return stamp_of(record["created_at"], record["version"])


def _given(**texts: str | None) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _text(text: str | None) -> str:
    return (text or "")[:_LONGEST_TEXT]
