"""Combines a column of days with a column of times beside it: `Date | Time`."""

import re
from collections.abc import Collection, Sequence
from datetime import time
from typing import Any

import numpy as np

from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.identifiers import is_nothing
from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.name_words import CLOCK_WORDS, DAY_WORDS
from stockwarden.ingestion.table.header import Table, TableColumn
from stockwarden.ingestion.table.rows import RowPlan

_CLOCK = re.compile(
    r"(?P<h>[01]?\d|2[0-3]|24(?=[:.h]00(?:[:.]00)?$))[:.h](?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?",
    re.IGNORECASE,
)


def complete_days(
    column: DateColumn, sheet: Sheet, table: Table, plan: RowPlan, day_column: TableColumn, *,
    taken: Collection[str],
) -> str:  # fmt: skip
    """Adds times of day to the days of `column` (`day_column` in the table) from a column of times.

    It is not mapped itself (`taken` holds mapped names), all its filled cells are times of day,
    and its name (`Receipt Time` of `Receipt Date`) or its place says that it belongs to the days:
    a plain `Time` stands right behind them, or before them if no other days precede it. Returns a
    note for the user about the source of times.
    """
    index = table.columns.index(day_column)
    days = set(header_words(day_column.name).split()) - DAY_WORDS
    beside = [index + 1]
    if index < 2 or not _is_day(table.columns[index - 2]):
        beside.append(index - 1)
    for position, other in enumerate(table.columns):
        words = set(header_words(other.name).split())
        if other.name in taken or not words & CLOCK_WORDS:
            continue
        rest = words - CLOCK_WORDS - DAY_WORDS
        if not (rest == days if rest else position in beside):
            continue
        times = _times(plan.take(sheet, other.index)[0])
        if times is not None:
            column.add_times(times)
            return f"The time of day of “{day_column.name}” is taken from “{other.name}”."
    return f"“{day_column.name}” has days without a time: ages count from midnight."


def _is_day(column: TableColumn) -> bool:
    return bool(DAY_WORDS & set(header_words(column.name).split()))


def _times(cells: Sequence[Any]) -> Integers | None:
    """Nanoseconds since midnight, 0 where the cell is empty; None unless all are times."""
    seconds: dict[Any, int | None] = {cell: _seconds(cell) for cell in set(cells)}
    if None in seconds.values() or not any(seconds.values()):
        return None
    values = np.fromiter((seconds[cell] or 0 for cell in cells), dtype=np.int64, count=len(cells))
    return values * 10**9


def _seconds(cell: Any) -> int | None:
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if cell is None or is_nothing(cell):
        return 0
    match = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return None
    hour = int(match["h"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return hour * 3600 + int(match["m"]) * 60 + int(match["s"] or 0)
