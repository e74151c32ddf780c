"""From where the components of kits are taken, and where they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.errors import ComponentsShort, Invalid
from stockwarden.core.exact import json_number
from stockwarden.kits.composition import Composition
from stockwarden.kits.model import AssemblyRequest, FromPlace
from stockwarden.stock.free_stock import FreePlace, allocated, total, within
from stockwarden.stock.head import Head
from stockwarden.stock.wording import quantity_text
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys.stock import NONE, Place

# A component that the request gives no place for is pointed at as one of them.
_ANY = "/components"


@dataclass(frozen=True)
class Picked:
    """What comes in at a place, or with a quantity below zero leaves it; in base units. `given` is
    the same in `unit`."""

    pointer: str
    item_id: str
    place: Place
    quantity: Fraction
    given: Decimal
    unit: str | None = None
    serials: tuple[str, ...] = ()
    expiry_date: date | None = None


@dataclass(frozen=True)
class _Part:
    """A part of a component that one entry of the request is about, or all of it."""

    pointer: str
    quantity: Fraction
    named: FromPlace


def parts_taken(
    composition: Composition,
    quantity: Fraction,
    request: AssemblyRequest,
    free: Mapping[str, Sequence[FreePlace]],
) -> list[Picked]:
    """The components of so many kits: from the places that are named, else from those of `free` in
    their order. Raises Invalid, and ComponentsShort with all that is short."""
    picked: list[Picked] = []
    short: dict[str, tuple[Fraction, Fraction]] = {}
    for item_id, parts in _parts(composition, quantity, request).items():
        left = list(free[item_id])
        for part in parts:
            if part.named.expiry_date:
                raise Invalid.field(f"{part.pointer}/expiry_date", "What is taken has its own.")
            there = within(left, part.named.location, part.named.lot)
            taken = allocated(there, part.quantity)
            if total(there) < part.quantity:
                needed, found = short.get(item_id, (Fraction(0), Fraction(0)))
                short[item_id] = needed + part.quantity, found + total(there)
            if part.named.serials and len(taken) > 1:
                raise Invalid.field(
                    f"{part.pointer}/location", "Name the one place where these pieces are."
                )
            picked += [_leaving(part, place, each) for place, each in taken]
            left = _without(left, dict(taken))
    if short:
        raise _shortage(composition, short)
    return picked


def kits_taken(
    composition: Composition,
    quantity: Fraction,
    request: AssemblyRequest,
    free: Sequence[FreePlace],
) -> list[Picked]:
    """The kits that are taken apart. Raises Invalid, ComponentsShort where there are too few."""
    if request.expiry_date:
        raise Invalid.field("/expiry_date", "The kits that are there have their own.")
    there = within(free, request.location, request.lot)
    if total(there) < quantity:
        raise _shortage(composition, {composition.head.id: (quantity, total(there))})
    named = FromPlace(item_id=composition.head.id, serials=request.serials)
    taken = allocated(there, quantity)
    if request.serials and len(taken) > 1:
        raise Invalid.field("/location", "Name the one place where these kits are.")
    return [_leaving(_Part("", quantity, named), place, each) for place, each in taken]


def parts_returned(
    composition: Composition, quantity: Fraction, request: AssemblyRequest
) -> list[Picked]:
    """The components of kits that are taken apart, at the places that are named, else at the
    location that the request names for the kits. Raises Invalid."""
    return [
        Picked(
            pointer=part.pointer,
            item_id=item_id,
            place=Place(
                request.warehouse_id,
                part.named.location or request.location or NONE,
                part.named.lot or NONE,
            ),
            quantity=part.quantity,
            given=_decimal(part.quantity),
            serials=tuple(part.named.serials),
            expiry_date=part.named.expiry_date,
        )
        for item_id, parts in _parts(composition, quantity, request).items()
        for part in parts
    ]


def _parts(
    composition: Composition, quantity: Fraction, request: AssemblyRequest
) -> dict[str, list[_Part]]:
    """What is asked for of each component. Raises Invalid for an entry of another item, and for
    quantities that are not those of the kits."""
    named: dict[str, list[tuple[str, FromPlace]]] = {each: [] for each in composition.components}
    for position, entry in enumerate(request.components):
        pointer = f"/components/{position}"
        if entry.item_id not in named:
            raise Invalid.field(f"{pointer}/item_id", "This is no component of the kit.")
        named[entry.item_id].append((pointer, entry))
    return {
        item_id: _parts_of(composition.heads[item_id], each * quantity, named[item_id])
        for item_id, each in composition.components.items()
    }


def _parts_of(
    head: Head, needed: Fraction, entries: Sequence[tuple[str, FromPlace]]
) -> list[_Part]:
    if not entries:
        return [_Part(_ANY, needed, FromPlace(item_id=head.id))]
    if len(entries) == 1 and entries[0][1].quantity is None:
        return [_Part(entries[0][0], needed, entries[0][1])]
    parts = []
    for pointer, entry in entries:
        if entry.quantity is None:
            raise Invalid.field(
                f"{pointer}/quantity", f"{head.name} is named more than once: say how much of each."
            )
        parts.append(_Part(pointer, Fraction(entry.quantity), entry))
    given = sum((part.quantity for part in parts), Fraction(0))
    if given != needed:
        raise Invalid.field(
            f"{parts[0].pointer}/quantity",
            f"The kits take {quantity_text(needed)} {head.unit} of {head.name}, and "
            f"{quantity_text(given)} are named.",
        )
    return parts


def _leaving(part: _Part, place: Place, quantity: Fraction) -> Picked:
    return Picked(
        pointer=part.pointer,
        item_id=part.named.item_id,
        place=place,
        quantity=-quantity,
        given=_decimal(-quantity),
        serials=tuple(part.named.serials),
    )


def _without(free: Sequence[FreePlace], taken: Mapping[Place, Fraction]) -> list[FreePlace]:
    """What is left at each place."""
    return [
        FreePlace(each.place, left, each.expiry_date, each.since)
        for each in free
        if (left := each.quantity - taken.get(each.place, Fraction(0))) > 0
    ]


def _decimal(quantity: Fraction) -> Decimal:
    """To 28 digits; the movement has the exact fraction beside it."""
    return Decimal(quantity.numerator) / Decimal(quantity.denominator)


def _shortage(
    composition: Composition, short: Mapping[str, tuple[Fraction, Fraction]]
) -> ComponentsShort:
    told = []
    for item_id, (needed, free) in short.items():
        head = composition.heads[item_id]
        told.append(
            {
                "item_id": item_id,
                "item_name": head.name,
                "needed": json_number(needed),
                "free": json_number(free),
                "short": json_number(needed - free),
                "unit": head.unit,
                "is_kit": kit_keys.is_kit(head.item),
            }
        )
    names = ", ".join(f"{each['short']} {each['unit']} of {each['item_name']}" for each in told[:5])
    more = " and others" if len(told) > 5 else ""
    kits = (
        " Kits in the kit are assembled first."
        if any(_is_sub(each, composition) for each in told)
        else ""
    )
    return ComponentsShort(f"There are too few: {names}{more} are short.{kits}", told)


def _is_sub(told: Mapping[str, object], composition: Composition) -> bool:
    return bool(told["is_kit"]) and told["item_id"] != composition.head.id
