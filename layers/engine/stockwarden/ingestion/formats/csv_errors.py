"""Locates the faults of delimited text that cannot be split into rows."""

import csv
import re
from collections.abc import Iterable
from itertools import islice

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.columns.joined_column import JoinedColumn
from stockwarden.ingestion.formats.cell_references import column_letter
from stockwarden.ingestion.formats.limits import MAX_CELL_TEXT, cell_too_long


def unclosed(row: int) -> UnreadableFile:
    return UnreadableFile(
        "corrupted",
        f"The text file cannot be split into rows: in row {row:,} a quotation mark is opened and "
        "never closed. Save it again from the program that it comes from, as xlsx if it can.",
    )


def find_swallowing_row(columns: Iterable[JoinedColumn], delimiter: str) -> int | None:
    """The first row (1-based) with a cell that seems to hold other rows of the table."""
    columns = list(columns)
    rows = [
        row
        for column in columns
        if "\n" in (column.joined or "\n")
        for row in [_first_swallowing(column, delimiter, len(columns) - 1)]
        if row is not None
    ]
    return min(rows, default=None)


def _first_swallowing(column: JoinedColumn, delimiter: str, breaks: int) -> int | None:
    for row, cell in enumerate(column.cells, start=1):
        if "\n" in cell and _swallows(cell, delimiter, breaks):
            return row
    return None


def _swallows(cell: str, delimiter: str, breaks: int) -> bool:
    return any(line.count(delimiter) >= max(breaks, 1) for line in cell.split("\n"))


def find_unclosed_row(lines: Iterable[str], again: Iterable[str], delimiter: str) -> int:
    """The row (1-based) whose cell is too long because it swallows the rows that follow.

    `lines` and `again` each iterate over all lines of the file. Raises
    UnreadableFile(`too_large`), naming row and column, for a cell that is just a long text.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    row, width, line = 1, 1, 0
    try:
        for cells in reader:
            row, width, line = row + 1, max(width, len(cells)), reader.line_num
    except csv.Error:
        pass
    text = ""
    for part in islice(again, line, None):
        text += part
        if len(text) > 2 * MAX_CELL_TEXT:
            break
    column, start = _long_cell(text, delimiter)
    cell = text[start : start + MAX_CELL_TEXT]
    if cell.startswith('"') and "\n" in cell and _swallows(cell, delimiter, width - 1):
        return row
    raise cell_too_long(f"The cell in row {row:,}, column {column_letter(column)}")


def _long_cell(text: str, delimiter: str) -> tuple[int, int]:
    """(column, where it starts) of the first cell of a row that is too long."""
    ends = re.compile(f"[\r\n{re.escape(delimiter)}]")
    offset = 0
    column = 1
    while True:
        last = _closing(text, offset) if text.startswith('"', offset) else offset
        end = ends.search(text, last)
        stop = end.start() if end else len(text)
        if stop - offset > MAX_CELL_TEXT or end is None or end[0] != delimiter:
            return column, offset
        offset, column = stop + 1, column + 1


def _closing(text: str, start: int) -> int:
    """Position of the quotation mark that closes the one at `start`; doubled marks are escaped."""
    end = text.find('"', start + 1)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    return end if end >= 0 else len(text)
