"""Combines a column of days with a column of times beside it: `Date | Time`."""

import re
from collections.abc import Collection, Sequence
from datetime import time
from typing import Any

import numpy as np

from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.identifiers import is_nothing
from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.formats.workbook import Sheet
from stockwarden.ingestion.mapping.names import header_words
from stockwarden.ingestion.table.header import Table, TableColumn
from stockwarden.ingestion.table.rows import RowPlan

_NAMES = frozenset({"time", "hour", "hora", "clock"})
_CLOCK = re.compile(
    r"(?P<h>[01]?\d|2[0-3]|24(?=[:.h]00(?:[:.]00)?$))[:.h](?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?",
    re.IGNORECASE,
)


def complete_days(
    column: DateColumn, sheet: Sheet, table: Table, plan: RowPlan, day_column: TableColumn, *,
    taken: Collection[str],
) -> str:  # fmt: skip
    """Adds times of day to the days of `column` (`day_column` in the table) from a neighbor.

    The neighbor is named like a time, is not mapped itself (`taken` holds mapped names), and all
    its filled cells are times of day. Returns a note for the user about the source of times.
    """
    index = table.columns.index(day_column)
    for other in (*table.columns[index + 1 : index + 2], *table.columns[max(0, index - 1) : index]):
        if other.name in taken or not _NAMES.intersection(header_words(other.name).split()):
            continue
        times = _times(plan.take(sheet, other.index)[0])
        if times is not None:
            column.add_times(times)
            return f"The time of day of “{day_column.name}” is taken from “{other.name}”."
    return f"“{day_column.name}” has days without a time: ages count from midnight."


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
