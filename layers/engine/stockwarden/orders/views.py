"""Orders as they are answered."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import json_number
from stockwarden.orders.amounts import amount_text
from stockwarden.orders.line import OrderLine
from stockwarden.orders.model import OrderLineView, OrderSummary, OrderView
from stockwarden.orders.progress import Progress, progress_of
from stockwarden.orders.states import OPEN, OrderStatus, OrderType, possible
from stockwarden.stock.model import number
from stockwarden.storage.attributes import Item

# The fields of an order that are answered as they are stored, and those that may be absent.
_PLAIN = (
    "id",
    "type",
    "status",
    "warehouse_id",
    "currency",
    "total",
    "open_lines",
    "created_at",
    "updated_at",
    "version",
)
_OPTIONAL = ("supplier_id", "supplier_name", "customer", "expected_at", "placed_at", "completed_at")


def is_late(order: Mapping[str, Any], now: str) -> bool:
    """Whether it is expected by now and not completed."""
    expected_at = order.get("expected_at")
    return order["status"] in OPEN and expected_at is not None and expected_at < now


def summary(order: Item, now: str) -> OrderSummary:
    return OrderSummary(**_common(order, now), lines=order["lines"])


def view(
    order: Item,
    lines: Sequence[OrderLine],
    progress: Progress,
    *,
    now: str,
    names: Mapping[str, str],
) -> OrderView:
    """`names` are those of people by their ids."""
    kind = OrderType(order["type"])
    return OrderView(
        **_common(order, now),
        possible=possible(kind, OrderStatus(order["status"])),
        note=order.get("note"),
        over_receipt_percent=json_number(Fraction(Decimal(order["over_receipt_percent"]))),
        costs=order["costs"],
        lines=[_line(line, progress, kind) for line in lines],
        subtotal=order["subtotal"],
        costs_total=order["costs_total"],
        closed_short=order.get("closed_short", False),
        first_moved_at=order.get("first_moved_at"),
        last_moved_at=order.get("last_moved_at"),
        cancelled_at=order.get("cancelled_at"),
        by=order["by"],
        by_name=names.get(order["by"]),
    )


def _common(order: Item, now: str) -> dict[str, Any]:
    return {
        **{name: order[name] for name in _PLAIN},
        **{name: order.get(name) for name in _OPTIONAL},
        "internal_number": order["number"],
        "late": is_late(order, now),
    }


def _line(line: OrderLine, progress: Progress, kind: OrderType) -> OrderLineView:
    moved = progress_of(progress, line)
    done = json_number(line.as_ordered(moved.done))
    is_open = line.as_ordered(moved.open_of(line))
    return OrderLineView(
        line_id=line.id,
        item_id=line.item_id,
        item_name=line.item_name,
        sku=line.sku,
        quantity=json_number(Fraction(line.quantity)),
        unit=line.unit,
        packs=line.pack_size is not None,
        pack_size=None if line.pack_size is None else json_number(line.pack_size),
        part_number=line.part_number,
        price=line.price,
        amount=None if line.amount is None else amount_text(line.amount),
        costs=amount_text(line.costs),
        **number("base_quantity", line.base_quantity),
        base_unit=line.base_unit,
        received=done if kind is OrderType.PURCHASE else None,
        shipped=done if kind is OrderType.SALES else None,
        returned=json_number(line.as_ordered(moved.returned)),
        **number("open", is_open),
    )
