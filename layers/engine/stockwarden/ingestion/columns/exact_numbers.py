"""Reads numbers exactly, as decimals: for what is written into a ledger.

A spreadsheet program keeps numbers as floats and shows 15 digits of them at most, and so many are
what a person has seen: 0.1 + 0.2 in a cell is 0.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from stockwarden.core.exact import MAX_DIGITS
from stockwarden.ingestion.columns.nothing_words import ERRORS, NOTHING
from stockwarden.ingestion.columns.numbers import DECIMAL_OF, Mark, NumberColumn, plain_number
from stockwarden.ingestion.mapping.user_choice import NumberFormat


@dataclass(frozen=True)
class ExactNumber:
    """`value` is None for a blank cell, and for one that could not be read, which has a `reason`
    of `numbers.REASONS`. `unit` stands behind the number, as in `12 kg`."""

    value: Decimal | None = None
    reason: str | None = None
    unit: str = ""


_BLANK, _NO_VALUE = ExactNumber(), ExactNumber(reason="not_a_value")


def read_exact(
    cells: Sequence[Any], column: NumberColumn, number_format: NumberFormat | None
) -> list[ExactNumber]:
    """The numbers of the cells that `column` was made of. `number_format` serves where their values
    prove no notation."""
    notation = column.number_format or number_format
    decimal = DECIMAL_OF[notation] if notation else None
    texts: dict[str, ExactNumber] = {}
    numbers = []
    for cell in cells:
        if not isinstance(cell, str):
            numbers.append(_of_number(cell))
            continue
        if cell not in texts:
            texts[cell] = _of_text(cell, decimal)
        numbers.append(texts[cell])
    return numbers


def _of_text(text: str, decimal: Mark | None) -> ExactNumber:
    if text.strip() in ERRORS:
        return ExactNumber(reason="error_value")
    if text.strip() in NOTHING:
        return _BLANK
    plain, reason, unit = plain_number(text, decimal)
    return ExactNumber(reason=reason) if reason else ExactNumber(Decimal(plain), None, unit)


def _of_number(cell: Any) -> ExactNumber:
    match cell:
        case None:
            return _BLANK
        case bool():
            return _NO_VALUE
        case int():
            return ExactNumber(Decimal(cell))
        case float() if isfinite(cell):
            return ExactNumber(Decimal(f"{cell:.{MAX_DIGITS}g}"))
    return _NO_VALUE
