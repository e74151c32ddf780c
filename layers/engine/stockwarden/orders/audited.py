"""What changes of orders leave in the audit log, in the scope of their warehouse.

A customer may be a person, and notes may name one: they stand there as digests only.
"""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.canonical import digest
from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.storage.attributes import Item

_FIELDS = (
    "number",
    "type",
    "status",
    "supplier_id",
    "customer",
    "warehouse_id",
    "currency",
    "expected_at",
    "over_receipt_percent",
    "costs",
    "total",
    "lines",
    "open_lines",
    "revision",
    "note",
    "closed_short",
)
_PRIVATE = ("customer", "note")


def change_of(action: str, before: Item | None, after: Item) -> Change:
    fields = differences(_told(before), _told(after), _FIELDS)
    about = f"order/{after['id']}"
    scope = warehouse_scope(after["warehouse_id"])
    return Change(scope, f"order.{action}", about, fields, foremost=("status",))


def _told(order: Mapping[str, Any] | None) -> dict[str, Any]:
    told = dict(order or {})
    return told | {name: digest({name: told[name]}) for name in _PRIVATE if told.get(name)}
