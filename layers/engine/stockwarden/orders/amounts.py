"""What an order costs: exact amounts, and costs that are shared among its lines.

Amounts are decimals as texts, never rounded. Costs beside the goods (freight, duty) are given in
whole minor units of the currency, and shared by the value of the lines in whole minor units too, by
the largest remainder: so the shares add up to the costs.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.exact import decimals_of

# ISO 4217, of those that have not two decimals.
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE, _FOUR = "BHD IQD JOD KWD LYD OMR TND", "CLF UYW"
_DECIMALS = {
    currency: decimals
    for currencies, decimals in ((_WITHOUT, 0), (_THREE, 3), (_FOUR, 4))
    for currency in currencies.split()
}
_USUAL = 2


def minor_decimals(currency: str) -> int:
    """How many decimals the minor unit of a currency has."""
    return _DECIMALS.get(currency, _USUAL)


def is_in_minor_units(amount: str, currency: str) -> bool:
    return decimals_of(Decimal(amount)) <= minor_decimals(currency)


def shared(costs: Fraction, values: Sequence[Fraction], currency: str) -> list[Fraction]:
    """The share of each line in the costs, which are in whole minor units; they add up to them.

    By value; where all values are zero, evenly. Of equal remainders the first line's counts.
    """
    if not values:
        return []
    unit = Fraction(1, 10 ** minor_decimals(currency))
    units = int(costs / unit)
    total = sum(values, Fraction(0))
    weights = list(values) if total else [Fraction(1)] * len(values)
    exact = [units * weight / (total or len(values)) for weight in weights]
    whole = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
    for position in by_remainder[: units - sum(whole)]:
        whole[position] += 1
    return [each * unit for each in whole]


def amount_text(amount: Fraction) -> str:
    """`12.50`: an exact decimal, with two decimals at least. Raises ValueError for an amount that
    is no finite decimal."""
    decimals = 0
    while (amount * 10**decimals).denominator != 1:
        decimals += 1
        if decimals > 60:
            raise ValueError(f"{amount} is no amount of money")
    digits = str(int(abs(amount) * 10**decimals)).rjust(decimals + 1, "0")
    whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return f"{'-' if amount < 0 else ''}{whole}.{rest.ljust(2, '0')}"


def parse_amount(text: str) -> Fraction:
    return Fraction(Decimal(text))
