"""Parses the sheets of a workbook with calamine."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import python_calamine
from python_calamine import CalamineWorkbook

from stockwarden.core.errors import UnreadableFile
from stockwarden.core.memory import paused_collector
from stockwarden.ingestion.columns.joined_column import JoinedColumn
from stockwarden.ingestion.formats.container import encrypted
from stockwarden.ingestion.formats.limits import Tally, corrupted
from stockwarden.ingestion.formats.number_formats import Show
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.xlsx_formats import SheetFormats, XlsxFormats

T = TypeVar("T")
_BLOCK_ROWS = 2_000
# Cells merged sideways matter in headers only, which are searched for above this row.
_MERGED_ROWS = 1_000


class SheetLoader:
    """Parses one sheet of a calamine workbook."""

    def __init__(
        self,
        book: CalamineWorkbook,
        name: str,
        hidden: bool,
        loaded: Tally,
        formats: XlsxFormats | None,
        *,
        has_merged: bool,
        hidden_rows: Sequence[int],
    ) -> None:
        self._hidden_rows = hidden_rows
        self._book, self._name, self._hidden = book, name, hidden
        self._loaded, self._formats, self._has_merged = loaded, formats, has_merged

    def __call__(self) -> Sheet:
        return call_calamine(self._load)

    def _load(self) -> Sheet:
        sheet = self._book.get_sheet_by_name(self._name)
        if sheet.end is None:
            return Sheet(self._name, [], hidden=self._hidden)
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
        # A part that is listed as two sheets was counted once, but is loaded twice.
        self._loaded.add_sheet(height, width)
        with paused_collector():
            columns = _columns(sheet.iter_rows(), width)
        merged = (sheet.merged_cell_ranges or ()) if self._has_merged else ()
        merged = [
            (start, end) for start, end in merged if start[0] < _MERGED_ROWS or end[0] > start[0]
        ]
        formats = self._formats.of_sheet(self._name) if self._formats else SheetFormats()
        for index, shown in formats.codes.items():
            if index < width:
                columns[index] = _as_shown(columns[index], shown)
        return Sheet(
            self._name,
            columns,
            hidden=self._hidden,
            merged=merged,
            hidden_rows=self._hidden_rows,
            months=formats.months,
        )


def _as_shown(column: JoinedColumn, shown: Mapping[int, Show]) -> JoinedColumn:
    """The column with whole numbers as the texts that their formats show: 12 as 0012."""
    cells = list(column.cells)
    for row, show in shown.items():
        cell = cells[row] if row < len(cells) else None
        if isinstance(cell, (int, float)) and cell >= 0 and float(cell).is_integer():
            cells[row] = show(int(cell))
    changed = JoinedColumn()
    for start in range(0, len(cells), _BLOCK_ROWS):
        changed.extend(cells[start : start + _BLOCK_ROWS])
    return changed


def _columns(rows: Iterator[list[Any]], width: int) -> list[JoinedColumn]:
    """The rows of a sheet turned into columns, in blocks that stay in the processor's cache.

    calamine gives the rows from the first one on, but the cells from the first filled column on.
    """
    columns = [JoinedColumn() for _ in range(width)]
    while block := list(islice(rows, _BLOCK_ROWS)):
        filled = columns[width - len(block[0]) :]
        for column, cells in zip(filled, zip(*block, strict=True), strict=True):
            column.extend(cells)
    for column in columns:
        column.extend([""] * (columns[-1].height - column.height))
    return columns


def call_calamine(call: Callable[[], T]) -> T:
    """Calls into calamine; its errors, and its panics over damaged files, mean a damaged file."""
    try:
        return call()
    except UnreadableFile:
        raise
    except python_calamine.PasswordError as error:
        raise encrypted() from error
    except (python_calamine.CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        if "password" in str(error).lower():
            raise encrypted() from error
        raise corrupted() from error
    except BaseException as error:
        # A Rust panic is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise corrupted() from error
