"""Validators for texts of requests, as annotations: `Annotated[str, StringConstraints(…), NAME]`.

Put the validator last: it checks the text as sent, before trimming. Loads Pydantic.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from stockwarden.core.emails import MAX_LENGTH, is_email
from stockwarden.core.exact import decimals_of, json_number, parse_fraction, written
from stockwarden.core.text import check_free_text, check_name

_PLAIN_DECIMAL = re.compile(r"\d{1,15}\.\d{1,15}", re.ASCII)


def _of_text(check: Callable[[str], str]) -> BeforeValidator:
    """Applies `check` to strings; other values are left to the type of the field."""

    def checked(value: Any) -> Any:
        return check(value) if isinstance(value, str) else value

    return BeforeValidator(checked)


NAME = _of_text(check_name)
FREE_TEXT = _of_text(check_free_text)


def _check_email(text: str) -> str:
    if not is_email(text):
        raise ValueError("An e-mail address looks like ana@example.com")
    return text


EmailAddress = Annotated[
    str,
    AfterValidator(_check_email),
    NAME,
    Field(
        max_length=MAX_LENGTH, json_schema_extra={"format": "email"}, examples=["ana@example.com"]
    ),
]


_FIRST, _LAST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def _has_a_day_anywhere(moment: datetime) -> datetime:
    """Raises ValueError where some time zone would have it beyond the years that Python knows."""
    if not _FIRST <= moment <= _LAST:
        raise ValueError(f"A moment is in the years {_FIRST.year} to {_LAST.year}")
    return moment


# With its offset from UTC.
Moment = Annotated[AwareDatetime, AfterValidator(_has_a_day_anywhere)]

# A JSON number as it was written, in requests: at most 15 digits, and never a float.
ExactNumber = Annotated[Decimal, BeforeValidator(written), WithJsonSchema({"type": "number"})]

MAX_QUANTITY = Decimal(10**12)


def _check_quantity(number: Decimal) -> Decimal:
    if abs(number) > MAX_QUANTITY:
        raise ValueError(f"A quantity is at most {MAX_QUANTITY:,}")
    return number


Quantity = Annotated[ExactNumber, AfterValidator(_check_quantity)]
"""A quantity of a request, in the unit that stands beside it; its decimals are checked there."""


def _check_money(text: str) -> str:
    try:
        amount = Decimal(text)
    except ArithmeticError:
        amount = Decimal("NaN")
    if not amount.is_finite() or "e" in text.lower() or not text.isascii() or "_" in text:
        raise ValueError("An amount of money looks like 12.50")
    if amount < 0 or decimals_of(amount) > 6 or amount >= 10**12:
        raise ValueError("An amount of money is from 0 to 999,999,999,999, with 6 decimals at most")
    return text


Money = Annotated[str, AfterValidator(_check_money), Field(max_length=24, examples=["12.50"])]
"""An amount of the currency that stands beside it, as a decimal text."""


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A code of ISO 4217."""


def _check_fraction(text: str) -> str:
    if "." in text:
        # 0.45359237, the exact pound in kilograms.
        number = Fraction(Decimal(text)) if _PLAIN_DECIMAL.fullmatch(text) else None
        if number is None:
            raise ValueError("A factor looks like 12, 0.45359237 or 1/12")
    else:
        number = parse_fraction(text)
    if number <= 0 or max(number.numerator, number.denominator) > 10**15:
        raise ValueError("A factor is above zero, and has at most 15 digits")
    return text


Factor = Annotated[
    str, AfterValidator(_check_fraction), Field(max_length=40, examples=["12", "1/12"])
]
"""An exact factor between units, as a text: whole, decimal or a fraction."""

ExactAnswer = Annotated[
    Fraction,
    PlainSerializer(json_number),
    WithJsonSchema({"type": "number"}),
]
"""A quantity of an answer, as a JSON number: see `exact.json_number`."""
