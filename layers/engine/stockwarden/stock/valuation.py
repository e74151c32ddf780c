"""What stock is worth: the exact moving average of an item in a warehouse.

A book holds quantity and value. What comes in adds its cost; what leaves takes its share of the
value, rounded half-even at the twelfth decimal, and the last piece takes what is left. So values of
movements add up to the value of the stock, without a remainder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.storage.attributes import Item

_PLACES = Decimal("1e-12")
# Enough for 12 digits before the point of a quantity, 12 of a price, and 12 after it.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Book:
    """An item in a warehouse: how much of it, and what that cost."""

    quantity: Fraction = Fraction(0)
    value: Decimal = Decimal(0)

    @property
    def average(self) -> Fraction | None:
        """The cost of one; None while there is none."""
        return Fraction(self.value) / self.quantity if self.quantity > 0 else None

    def cost_of(self, quantity: Fraction) -> Decimal:
        """What so much of the stock cost."""
        if quantity == self.quantity:
            return self.value
        average = self.average
        return rounded(average * quantity) if average is not None else Decimal(0)

    def with_change(self, quantity: Fraction, value: Decimal) -> "tuple[Book, Decimal]":
        """The book after a change, and what the change really added: an empty book is worth
        nothing, and none is worth less."""
        after, worth = self.quantity + quantity, _CONTEXT.add(self.value, value)
        if after <= 0 or worth < 0:
            worth = Decimal(0)
        return Book(after, worth), _CONTEXT.subtract(worth, self.value)


def rounded(value: Fraction) -> Decimal:
    """A value at the twelfth decimal."""
    exact = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact.quantize(_PLACES, context=_CONTEXT).normalize(_CONTEXT)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum of some values."""
    amount = Decimal(0)
    for value in values:
        amount = _CONTEXT.add(amount, value)
    return amount


def shared(value: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """A value shared by weights, at the twelfth decimal; the largest remainders, of equal ones the
    first, get what is left over, so that nothing of it is lost. Equally, where nothing weighs."""
    whole = sum(weights, Fraction(0))
    parts = weights if whole else [Fraction(1)] * len(weights)
    whole = whole or Fraction(len(weights))
    smallest = Fraction(_PLACES)
    exact = [Fraction(value) / smallest * part / whole for part in parts]
    counts = [part.numerator // part.denominator for part in exact]
    left = int(Fraction(value) / smallest) - sum(counts)
    by_remainder = sorted(range(len(exact)), key=lambda each: counts[each] - exact[each])
    for position in by_remainder[:left]:
        counts[position] += 1
    return [rounded(count * smallest) for count in counts]


def money_text(value: Decimal) -> str:
    """`12.50`: without an exponent, with two decimals at least."""
    plain = f"{value.normalize(_CONTEXT):f}"
    whole, _, decimals = plain.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def books_item(books: Mapping[str, Book]) -> Item:
    """Books by warehouse, as the head of an item holds them."""
    return {
        warehouse_id: {"quantity": fraction_text(book.quantity), "value": str(book.value)}
        for warehouse_id, book in sorted(books.items())
    }


def read_books(stored: Mapping[str, Any]) -> dict[str, Book]:
    return {
        warehouse_id: Book(parse_fraction(book["quantity"]), Decimal(book["value"]))
        for warehouse_id, book in stored.items()
    }
