"""Makes the lines of an order from those of its request."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from stockwarden.catalog.units import Unit, convert, existing_unit
from stockwarden.core.errors import Invalid
from stockwarden.core.exact import decimals_of, parse_fraction
from stockwarden.orders.line import OrderLine
from stockwarden.orders.requests import OrderLineRequest
from stockwarden.stock.quantities import base_quantity
from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class KnownItems:
    """What the lines refer to, by the ids of their items; units by code."""

    heads: Mapping[str, Item]
    parts: Mapping[str, Item]
    units: Mapping[str, Unit]
    currency: str


def add_line(
    lines: list[OrderLine], position: int, request: OrderLineRequest, known: KnownItems
) -> None:
    """Adds what a line of a request makes. Raises Invalid."""
    pointer = f"/lines/{position}"
    head = known.heads.get(str(request.item_id))
    if head is None:
        raise Invalid.field(f"{pointer}/item_id", "There is no such item.")
    if head["status"] == "archived":
        raise Invalid.field(f"{pointer}/item_id", f"{head['name']} is archived.")
    other = head.get("currency")
    if other not in {None, known.currency}:
        raise Invalid.field(
            f"{pointer}/item_id",
            f"{head['name']} is kept in {other}, and the order is in {known.currency}.",
        )
    make = _line_in_packs if request.packs else _line_in_unit
    lines.append(make(position, request, head, known))


def _line_in_unit(
    position: int, request: OrderLineRequest, head: Item, known: KnownItems
) -> OrderLine:
    pointer = f"/lines/{position}"
    return OrderLine(
        **_named(position, head),
        quantity=request.quantity,
        unit=request.unit or head["unit"],
        base_quantity=base_quantity(
            head["unit"], request.quantity, request.unit, known.units, pointer
        ),
        price=request.price,
    )


def _line_in_packs(
    position: int, request: OrderLineRequest, head: Item, known: KnownItems
) -> OrderLine:
    pointer = f"/lines/{position}"
    part = known.parts.get(head["id"])
    if part is None:
        raise Invalid.field(
            f"{pointer}/packs", f"The supplier has no part for {head['name']}: give a unit instead."
        )
    if decimals_of(request.quantity):
        raise Invalid.field(f"{pointer}/quantity", "Packs are ordered whole.")
    if request.price is None and part["currency"] != known.currency:
        raise Invalid.field(
            f"{pointer}/price",
            f"The part's price is in {part['currency']}, and the order in {known.currency}.",
        )
    pack_size = parse_fraction(part["pack_size"])
    unit = existing_unit(known.units, part["unit"], f"{pointer}/packs")
    base = known.units[head["unit"]]
    return OrderLine(
        **_named(position, head),
        quantity=request.quantity,
        unit=part["unit"],
        base_quantity=convert(Fraction(request.quantity) * pack_size, unit, base),
        price=request.price if request.price is not None else part["price"],
        pack_size=pack_size,
        part_number=part["part_number"],
        lead_time_days=part.get("lead_time_days"),
    )


def _named(position: int, head: Item) -> dict[str, Any]:
    return {
        "id": f"{position + 1:04}",
        "item_id": head["id"],
        "item_name": head["name"],
        "sku": head["sku"],
        "base_unit": head["unit"],
    }
