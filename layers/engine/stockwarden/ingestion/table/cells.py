"""The cells of a table by column, with the searches that tell its kinds of rows apart."""

import re
from collections.abc import Sequence
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.columns.joined_column import (
    SEPARATOR,
    Part,
    are_trimmed,
    blank_positions,
    has_blank,
    matching_positions,
)
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.table.columns import Table

_WITHOUT_DIGIT = re.compile(rf"{SEPARATOR}[^{SEPARATOR}0-9]++(?={SEPARATOR}|\Z)")


def is_filled(cell: Any) -> bool:
    return bool(cell.strip()) if type(cell) is str else cell is not None


def has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


class TableCells:
    """The cells below the header. Positions count from the first of these rows."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet = sheet
        self.first = table.first_row
        self.height = max(0, sheet.height - table.first_row)
        self.columns: dict[int, Sequence[Any]] = {
            column.index: Part(sheet.column(column.index), self.first, self.height)
            for column in table.columns
        }
        self._texts: dict[int, str | None] = {}

    def joined(self, index: int) -> str | None:
        if index not in self._texts:
            self._texts[index] = self.sheet.joined(index, self.first, self.sheet.height)
        return self._texts[index]

    def unfilled(self, index: int) -> list[int]:
        """The positions where the column is blank."""
        joined = self.joined(index)
        if joined is not None and are_trimmed(joined) and not has_blank(joined):
            return []
        cells = self.columns[index]
        if joined is not None and cells:
            return list(blank_positions(joined))
        unfilled = {cell for cell in set(cells) if not is_filled(cell)}
        return (
            [position for position, cell in enumerate(cells) if cell in unfilled]
            if unfilled
            else []
        )

    def without_digit(self, index: int) -> list[int]:
        """The positions where the column holds a text without any digit."""
        joined = self.joined(index)
        if joined is not None:
            return list(matching_positions(_WITHOUT_DIGIT, joined)) if self.height else []
        if str not in set(map(type, self.columns[index])):
            return []
        return [
            position
            for position, cell in enumerate(self.columns[index])
            if type(cell) is str and cell and not has_digit(cell)
        ]

    def blank_rows(self, key: int) -> list[int]:
        """The positions of the empty rows; `key` is a column that is filled in most rows."""
        blank = self.unfilled(key)
        for cells in self.columns.values() if blank else ():
            blank = [index for index in blank if not is_filled(cells[index])]
        return blank

    def filled_cells(self, position: int) -> dict[int, str]:
        """{column: text} of the row's filled cells, in the order of columns."""
        return {
            index: text
            for index, cells in self.columns.items()
            if (text := cell_text(cells[position]))
        }
