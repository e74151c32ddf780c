"""How places and quantities are told to people, and in the fields of a StockConflict."""

from collections.abc import Sequence
from fractions import Fraction

from stockwarden.core.exact import exact_text, json_number
from stockwarden.storage.keys.stock import NONE, Place


def described(place: Place) -> str:
    location = "without a location" if place.location == NONE else f"at {place.location}"
    return location if place.lot == NONE else f"{location}, lot {place.lot},"


def place_fields(place: Place) -> dict[str, str | None]:
    return {
        "warehouse_id": place.warehouse_id,
        "location": None if place.location == NONE else place.location,
        "lot": None if place.lot == NONE else place.lot,
    }


def quantity_text(quantity: Fraction) -> str:
    return exact_text(quantity) or str(json_number(quantity))


def places_text(places: Sequence[Place]) -> str:
    """The first five of some places."""
    told = [" ".join(each for each in place_fields(place).values() if each) for place in places[:5]]
    return "; ".join(told) + ("; …" if len(places) > 5 else "")
