"""Exact numbers: as they are written in JSON, kept as fractions, answered without rounding.

A quantity is a `Fraction`, stored as text (`"60"`, `"119/120"`). Money is a `Decimal`, stored and
answered as text (`"12.50"`). Neither ever becomes a float that was not written as one.
"""

import re
from decimal import Decimal
from fractions import Fraction

# What a JSON number holds without loss where it is read as a float.
MAX_DIGITS = 15
_FRACTION = re.compile(r"-?\d{1,40}(/\d{1,40})?", re.ASCII)


class WrittenNumber(float):
    """A number of JSON with a decimal point or an exponent, and the text it was written as."""

    text: str

    def __new__(cls, text: str) -> "WrittenNumber":
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __reduce__(self) -> tuple[type["WrittenNumber"], tuple[str]]:
        return WrittenNumber, (self.text,)


def written(value: object) -> Decimal:
    """The exact value of a number as a client wrote it. Raises ValueError for anything else, and
    for more than `MAX_DIGITS` digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("This is no number")
    text = value.text if isinstance(value, WrittenNumber) else str(value)
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError("This is no number")
    digits = number.normalize().as_tuple()
    # 0.0012 has two digits and 1200 four.
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    if len(digits.digits) + max(exponent, 0) > MAX_DIGITS or exponent < -MAX_DIGITS:
        raise ValueError(f"A number has at most {MAX_DIGITS} digits here")
    return number


def decimals_of(number: Decimal) -> int:
    """How many digits stand after the point: 2.50 has one."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def parse_fraction(text: str) -> Fraction:
    """The inverse of `fraction_text`. Raises ValueError for another text."""
    if not _FRACTION.fullmatch(text):
        raise ValueError(f"This is no fraction: {text[:50]!r}")
    numerator, _, denominator = text.partition("/")
    if denominator and not int(denominator):
        raise ValueError("A fraction has no denominator of zero")
    return Fraction(int(numerator), int(denominator or 1))


def fraction_text(number: Fraction) -> str:
    """`"60"`, `"119/120"`."""
    return str(number)


def json_number(number: Fraction) -> int | float:
    """The JSON number of a quantity: exact where it has a decimal of `MAX_DIGITS` digits, else
    rounded to as many; see `exact_text`."""
    if number.denominator == 1 and abs(number.numerator) < 10**MAX_DIGITS:
        return number.numerator
    decimal = _decimal(number)
    return float(decimal if decimal is not None else f"{_rounded(number):.{MAX_DIGITS}g}")


def exact_text(number: Fraction) -> str | None:
    """The fraction where `json_number` had to round, `"119/120"`; None where it is exact."""
    if number.denominator == 1 and abs(number.numerator) < 10**MAX_DIGITS:
        return None
    return None if _decimal(number) is not None else fraction_text(number)


def _decimal(number: Fraction) -> Decimal | None:
    """The finite decimal that the number is, if it has no more than `MAX_DIGITS` digits."""
    rounded = _rounded(number)
    digits = rounded.normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    fits = len(digits.digits) + max(exponent, 0) <= MAX_DIGITS
    return rounded if fits and Fraction(rounded) == number else None


def _rounded(number: Fraction) -> Decimal:
    """To 28 digits."""
    return Decimal(number.numerator) / Decimal(number.denominator)
