"""Values as whole numbers: of 10⁻¹² of a currency, in which the ledger rounds them.

DynamoDB adds them up and sorts them without loss, up to 38 digits.
"""

from decimal import Context, Decimal
from fractions import Fraction

from stockwarden.stock.valuation import money_text

_DECIMALS = 12
_ONE = 10**_DECIMALS
_CONTEXT = Context(prec=60)


def amount_of(value: Decimal) -> int:
    return int(value.scaleb(_DECIMALS, context=_CONTEXT))


def value_of(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-_DECIMALS, context=_CONTEXT)


def amount_text(amount: int) -> str:
    """`12.50`, as money is answered."""
    return money_text(value_of(amount))


def rounded_text(amount: Fraction) -> str:
    """As `amount_text`, of an amount that is no whole number: an average, to two decimals."""
    cents = round(amount / (_ONE // 100))
    return money_text(Decimal(cents).scaleb(-2, context=_CONTEXT))


def ratio(part: int, whole: int, decimals: int = 4) -> float | None:
    """A share; None of nothing."""
    return round(part / whole, decimals) if whole else None
