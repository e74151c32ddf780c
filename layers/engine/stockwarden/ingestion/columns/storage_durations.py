"""Reads columns that give the time in storage instead of the creation date."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from stockwarden.ingestion.columns.durations import clock_hours, unit_in_hours, worded_hours
from stockwarden.ingestion.columns.numbers import NumberValues, looks_numeric, read_numbers
from stockwarden.ingestion.inventory import Unparsed
from stockwarden.ingestion.mapping.header_text import header_words

REASONS = ("not_a_duration", "no_unit", "not_a_value")
_NOT_A_DURATION, _NO_UNIT, _NO_VALUE = range(1, 4)


def read_ages(cells: Sequence[Any], header: str) -> NumberValues:
    """Reads hours. Plain numbers are in the unit that the header names; without a unit, unread."""
    size = len(cells)
    hours = np.full(size, np.nan)
    codes = np.zeros(size, dtype=np.int16)
    unit = unit_in_hours(header_words(header))
    plain: list[int] = []
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            hours[index], codes[index] = _from_text(cell.strip())
            if codes[index] and looks_numeric(cell):
                plain.append(index)
        elif isinstance(cell, timedelta):
            hours[index] = cell.total_seconds() / 3600
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            plain.append(index)
        elif cell is not None:
            codes[index] = _NO_VALUE
    numbers = read_numbers([cells[index] for index in plain])
    for index, number in zip(plain, numbers.values, strict=True):
        if np.isnan(number):
            codes[index] = _NOT_A_DURATION
        elif unit is None:
            codes[index] = _NO_UNIT
        else:
            hours[index], codes[index] = number * unit, 0
    return NumberValues(hours, Unparsed(codes, REASONS))


def _from_text(text: str) -> tuple[float, int]:
    """(hours, 0), or (NaN, reason code)."""
    hours = worded_hours(text)
    hours = clock_hours(text) if hours is None else hours
    if hours is None:
        return np.nan, _NOT_A_DURATION if text else 0
    return hours, 0
