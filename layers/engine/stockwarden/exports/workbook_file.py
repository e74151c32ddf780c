"""Writes xlsx files row by row: a sheet's rows are in a file on disk, one row is in memory."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stockwarden.core.cells import fitting, is_formula_like, workbook_value

SHEET_ROWS = 1_048_576
_HEADER = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A5F",
    "valign": "vcenter",
    "text_wrap": True,
}


class WorkbookFile:
    """An xlsx file that is complete when the `with` block ends."""

    def __init__(self, target: IO[bytes]) -> None:
        self._book = Workbook(target, {"constant_memory": True})
        self.header = self._book.add_format(_HEADER)
        # The cell stays a text when somebody edits it and presses Enter.
        self.quoted = self._book.add_format({"quote_prefix": True})
        self._formats = {
            datetime: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: self._book.add_format({"num_format": "yyyy-mm-dd"}),
            time: self._book.add_format({"num_format": "hh:mm:ss"}),
            timedelta: self._book.add_format({"num_format": "[h]:mm:ss"}),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def add_sheet(self, title: str, widths: Iterable[int]) -> "SheetWriter":
        """A new sheet; `widths` are those of its columns, in characters."""
        sheet = self._book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return SheetWriter(self, sheet)

    def format_of(self, value: object) -> Format | None:
        return self._formats.get(type(value))


class SheetWriter:
    """A sheet of a WorkbookFile, written from its first row on."""

    def __init__(self, book: WorkbookFile, sheet: Worksheet) -> None:
        self._book, self._sheet = book, sheet
        self.rows = 0

    @property
    def is_full(self) -> bool:
        return self.rows >= SHEET_ROWS

    def append_header(self, names: Iterable[str]) -> None:
        """Writes a row in the header's format; it and the rows above stay in view."""
        for column, name in enumerate(names):
            self._sheet.write_string(self.rows, column, fitting(name), self._book.header)
        self.rows += 1
        self._sheet.freeze_panes(self.rows, 0)

    def append(self, values: Iterable[Any]) -> None:
        for column, value in enumerate(values):
            if value is not None:
                self._write(column, workbook_value(value))
        self.rows += 1

    def filter_from(self, header_row: int, columns: int) -> None:
        """A filter over `columns` columns, from the header (row 1 is the first) to the last row."""
        self._sheet.autofilter(header_row - 1, 0, self.rows - 1, columns - 1)

    def _write(self, column: int, value: Any) -> None:
        match value:
            case str():
                quoted = self._book.quoted if is_formula_like(value) else None
                self._sheet.write_string(self.rows, column, value, quoted)
            case bool():
                self._sheet.write_boolean(self.rows, column, value)
            case int() | float():
                self._sheet.write_number(self.rows, column, value)
            case _:
                self._sheet.write_datetime(self.rows, column, value, self._book.format_of(value))
