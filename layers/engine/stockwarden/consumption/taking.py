"""From which places what was used is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stockwarden.consumption.model import ConsumptionRequest
from stockwarden.core.errors import ComponentsShort, Invalid, StockConflict
from stockwarden.core.exact import json_number
from stockwarden.stock.free_stock import FreePlace, allocated, total, within
from stockwarden.stock.head import Head
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.scanned import ScannedCode
from stockwarden.stock.wording import quantity_text
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys.stock import Place


@dataclass(frozen=True)
class Taken:
    """`quantity` is above zero and in the base unit; `given` is the same in `unit`."""

    pointer: str
    item_id: str
    place: Place
    quantity: Fraction
    given: Decimal
    unit: str | None = None
    serials: tuple[str, ...] = ()


def taken_of(
    needed: Mapping[str, Fraction],
    heads: Mapping[str, Head],
    free: Mapping[str, Sequence[FreePlace]],
    request: ConsumptionRequest,
    code: ScannedCode | None,
) -> list[Taken]:
    """What is needed of each item, from its free places in their order. Raises Invalid, and
    Conflict with what there is where that is too little."""
    lot = request.lot or (code.lot if code else None)
    if code and code.lot and request.lot not in {None, code.lot}:
        raise Invalid.field("/lot", f"The code says {code.lot}, and the request {request.lot}.")
    there = {
        item_id: list(free[item_id])
        if request.components
        else within(free[item_id], request.location, lot)
        for item_id in needed
    }
    short = {
        item_id: total(there[item_id])
        for item_id, quantity in needed.items()
        if total(there[item_id]) < quantity
    }
    if short and request.components:
        raise _components_short(needed, heads, short)
    for item_id, found in short.items():
        raise _short(heads[item_id], needed[item_id], found, request)
    if request.components:
        return [
            Taken("/components", item_id, place, part, _decimal(part))
            for item_id, quantity in needed.items()
            for place, part in allocated(there[item_id], quantity)
        ]
    ((item_id, quantity),) = needed.items()
    parts = allocated(there[item_id], quantity)
    serials = tuple(request.serials) or ((code.serial,) if code and code.serial else ())
    if len(parts) == 1:
        place, part = parts[0]
        return [Taken("", item_id, place, part, request.quantity, request.unit, serials)]
    if serials:
        raise Invalid.field("/location", "Name the one place where these pieces are.")
    return [Taken("", item_id, place, part, _decimal(part)) for place, part in parts]


def again(
    movements: Sequence[Movement], share: Fraction, entry_id: str, timezone: str
) -> list[Line]:
    """The lines that take a share of what some movements took: of each item from its places in
    their order, and from the last of them what is more than they gave then."""
    lines = []
    for item_id in dict.fromkeys(movement.item_id for movement in movements):
        own = [movement for movement in movements if movement.item_id == item_id]
        left = share * sum((-movement.quantity for movement in own), Fraction(0))
        for movement in own:
            part = left if movement is own[-1] else min(left, -movement.quantity)
            left -= part
            if part > 0:
                lines.append(
                    Line(
                        pointer="",
                        item_id=item_id,
                        kind=Kind.CONSUMPTION,
                        place=movement.place,
                        quantity=_decimal(part),
                        base_quantity=part,
                        reason=movement.reason,
                        timezone=timezone,
                        kit_id=movement.kit_id,
                        consumption_id=entry_id,
                    )
                )
    return lines


def _decimal(quantity: Fraction) -> Decimal:
    """To 28 digits; the movement has the exact fraction beside it."""
    return Decimal(quantity.numerator) / Decimal(quantity.denominator)


def _short(
    head: Head, needed: Fraction, found: Fraction, request: ConsumptionRequest
) -> StockConflict:
    return StockConflict(
        f"{quantity_text(found)} {head.unit} of {head.name} are free there; "
        f"{quantity_text(needed)} cannot be used.",
        {
            "reason": "too_little",
            "item_id": head.id,
            "item_name": head.name,
            "warehouse_id": request.warehouse_id,
            "location": request.location,
            "lot": request.lot,
            "available": json_number(found),
            "unit": head.unit,
        },
    )


def _components_short(
    needed: Mapping[str, Fraction], heads: Mapping[str, Head], short: Mapping[str, Fraction]
) -> ComponentsShort:
    told = [
        {
            "item_id": item_id,
            "item_name": heads[item_id].name,
            "needed": json_number(needed[item_id]),
            "free": json_number(found),
            "short": json_number(needed[item_id] - found),
            "unit": heads[item_id].unit,
            "is_kit": kit_keys.is_kit(heads[item_id].item),
        }
        for item_id, found in short.items()
    ]
    names = ", ".join(f"{each['short']} {each['unit']} of {each['item_name']}" for each in told[:5])
    return ComponentsShort(f"There are too few components: {names} are short.", told)
