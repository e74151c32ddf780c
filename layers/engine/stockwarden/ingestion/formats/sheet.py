"""A sheet of cells, by column."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from stockwarden.ingestion.columns.joined_column import JoinedColumn, join

Cell = str | float | int | bool | datetime | date | time | timedelta
"""A cell as calamine gives it; '' where it is empty. Cells of a text file are all str."""

Range = tuple[tuple[int, int], tuple[int, int]]


class Sheet:
    """One sheet, by column. Row and column 0 are the sheet's first, also when they are empty.

    `merged` are ranges of cells, `hidden_rows` the 0-based rows that a filter or a person hid.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[JoinedColumn],
        *,
        hidden: bool = False,
        merged: Sequence[Range] = (),
        hidden_rows: Sequence[int] = (),
        months: Collection[int] = (),
    ) -> None:
        """`months` are the columns whose true dates are shown without their day."""
        self.name = name
        self.hidden_rows = tuple(hidden_rows)
        self.months = frozenset(months)
        self.hidden = hidden
        self.merged = tuple(merged)
        self.width = len(columns)
        self.height = columns[0].height if columns else 0
        self.origin: Sheet = self
        self._columns = columns

    def with_column(self, cells: Sequence[Cell]) -> "Sheet":
        """This sheet with one more column on its right; its `origin` is the sheet of the file."""
        return self.with_columns({self.width: cells})

    def column(self, index: int) -> list[Cell]:
        """All cells of the 0-based column, from row 0 on. Not to be changed by the caller."""
        return self._columns[index].cells

    def joined(self, index: int, start: int, stop: int) -> str | None:
        """The texts of a part of the column, joined; None if some cell there is no text."""
        part = self._columns[index].part(start, stop)
        return join(self.column(index)[start:stop]) if part is None else part

    def head(self, start: int, stop: int) -> list[list[Cell]]:
        """Rows `start` to `stop` (0-based, exclusive), each as wide as the sheet."""
        parts = [column.cells[start:stop] for column in self._columns]
        return [list(row) for row in zip(*parts, strict=True)]

    def with_columns(self, columns: Mapping[int, Sequence[Cell]]) -> "Sheet":
        """The sheet with other cells in some columns, or with one more on its right.

        Its `origin` is the sheet of the file.
        """
        replaced = list(self._columns)
        for index, cells in columns.items():
            column = JoinedColumn()
            column.extend(cells)
            replaced[index : index + 1] = [column]
        sheet = Sheet(
            self.name,
            replaced,
            hidden=self.hidden,
            merged=self.merged,
            hidden_rows=self.hidden_rows,
            months=self.months,
        )
        sheet.origin = self.origin
        return sheet

    @property
    def rows(self) -> list[list[Cell]]:
        """All rows."""
        return self.head(0, self.height)
