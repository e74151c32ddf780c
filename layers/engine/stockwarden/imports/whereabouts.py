"""Says which place the quantity of a row is about, and when a row leaves that open.

A count replaces what the book has at one place. A list of items gives the quantity of all of them,
and says no place: taken as a count of goods without a location, it would double what lies at
locations. So such a quantity is compared to the whole, and what it does not settle is asked.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import exact_text, json_number
from stockwarden.identity.access import MAIN_WAREHOUSE
from stockwarden.stock.head import Head
from stockwarden.stock.item_batch import StockLine
from stockwarden.stock.wording import quantity_text
from stockwarden.storage.keys.stock import NONE, Place

_ELSEWHERE = (
    "{there} of the item are at other places of the warehouse: give a row for each of them, with "
    "its location and lot, or leave the quantity out."
)
_IN_LOTS = (
    "{there} of the item are at {location} in lots: give a row for each lot, or leave the quantity "
    "out."
)
_ABROAD = (
    "{there} of the item are in other warehouses: import the stock of each warehouse by itself, or "
    "leave the quantity out."
)


def place_of(warehouse_id: str, values: Mapping[str, Any]) -> Place:
    return Place(warehouse_id, values.get("location") or NONE, values.get("lot") or NONE)


def is_in_book(book: Fraction, quantity: Decimal) -> bool:
    """Whether a quantity is what the book has, also as exports round what has no finite decimal."""
    if exact_text(book) is None:
        return book == quantity
    return quantity in {book, Decimal(str(json_number(book)))}


class Whereabouts:
    """`fields` are those that the file has, and `asked` the warehouse that somebody chose for it;
    without one, quantities come into the main warehouse."""

    def __init__(self, fields: Collection[str], asked: str | None) -> None:
        self.warehouse_id = asked or MAIN_WAREHOUSE
        self._is_asked = asked is not None
        self._has_places = not {"location", "lot"}.isdisjoint(fields)

    def is_known(self, head: Head, quantity: Decimal, *, there: Fraction) -> bool:
        """Whether a quantity is what the book has at its place (`there`); in a list of items, what
        it has in the company, or in the warehouse that was chosen."""
        if self._has_places:
            return is_in_book(there, quantity)
        whole = head.quantity_in(self.warehouse_id) if self._is_asked else head.quantity
        return is_in_book(whole, quantity)

    def problem(
        self,
        head: Head,
        line: StockLine,
        *,
        there: Fraction,
        unnamed: Fraction,
        in_lots: Fraction,
    ) -> str | None:
        """Why a line that leaves its location or its lot open is no count. `there` is what the book
        has at its place, `unnamed` what is at places that the file does not name, and `in_lots`
        what of that is in lots at the location of the line."""
        is_new = bool(line.quantity) and not there
        if line.place.location != NONE:
            if line.place.lot == NONE and is_new and in_lots:
                told = {"there": _amount(in_lots, head), "location": line.place.location}
                return _IN_LOTS.format(**told)
            return None
        if unnamed and (not self._has_places or is_new):
            return _ELSEWHERE.format(there=_amount(unnamed, head))
        abroad = head.quantity - head.quantity_in(self.warehouse_id)
        if abroad and not self._has_places and not self._is_asked:
            return _ABROAD.format(there=_amount(abroad, head))
        return None


def _amount(quantity: Fraction, head: Head) -> str:
    return f"{quantity_text(quantity)} {head.unit}"
