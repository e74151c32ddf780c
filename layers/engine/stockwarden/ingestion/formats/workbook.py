"""Opens a spreadsheet file of any format as sheets of cells, within limits. Loads no pandas."""

import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from itertools import islice
from pathlib import PurePath
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import python_calamine
from python_calamine import CalamineWorkbook

from stockwarden.core.errors import UnreadableFile
from stockwarden.core.memory import paused_collector
from stockwarden.ingestion.columns.joined_column import JoinedColumn, join
from stockwarden.ingestion.formats.container import Kind, check_size, encrypted, sniff
from stockwarden.ingestion.formats.formulas import empty_formulas
from stockwarden.ingestion.formats.limits import SafetyLimits, Tally, corrupted
from stockwarden.ingestion.formats.number_formats import Show
from stockwarden.ingestion.formats.part_names import hidden_rows_by_sheet
from stockwarden.ingestion.formats.properties import Properties, read_properties
from stockwarden.ingestion.formats.size_check import check_workbook
from stockwarden.ingestion.formats.text import TextTable, read_text
from stockwarden.ingestion.formats.xls_size import without_macros
from stockwarden.ingestion.formats.xlsx_formats import SheetFormats, XlsxFormats

__all__ = ["Cell", "SafetyLimits", "Sheet", "Workbook", "open_workbook"]

Cell = str | float | int | bool | datetime | date | time | timedelta
"""A cell as calamine gives it; '' where it is empty. Cells of a text file are all str."""

T = TypeVar("T")
Range = tuple[tuple[int, int], tuple[int, int]]
_BLOCK_ROWS = 2_000
_FORMULAS_BYTES = 32 * 2**20
# Cells merged sideways matter in headers only, which are searched for above this row.
_MERGED_ROWS = 1_000
_ZIP_END = b"PK\x05\x06"


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


class Workbook:
    """An open file. Sheets are parsed on first access, and cached.

    `kind` is the format of the content, `created` and `modified` come from the file's properties
    (aware or naive), `epoch_1904` says that its date serials count from 1904, and `notes` are for
    the user.
    """

    def __init__(
        self,
        filename: str,
        kind: Kind,
        loaders: Sequence[tuple[str, bool, Callable[[], Sheet]]],
        properties: Properties,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        notes: Sequence[str] = (),
        formulas: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.filename = filename
        self.kind = kind
        self.created = properties.created
        self.modified = properties.modified
        self.epoch_1904 = properties.epoch_1904
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet_names = tuple(name for name, _, _ in loaders)
        self.notes = tuple(notes)
        self._loaders = loaders
        self._formulas = formulas

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet that has cells, in the workbook's order.

        Raises UnreadableFile (`corrupted`, `too_large`, `no_rows` when none has any).
        """
        sheets = tuple(load() for _, _, load in self._loaders)
        self._loaders = ()  # frees calamine's workbook
        filled = tuple(sheet for sheet in sheets if sheet.height and sheet.width)
        if not filled:
            raise UnreadableFile("no_rows", "The file has no rows.")
        return filled

    @cached_property
    def empty_formulas(self) -> frozenset[str]:
        """The letters of the columns, on any sheet, with formulas that have no value."""
        return self._formulas()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet called `name`, if it is there and has cells."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_workbook(data: bytes, filename: str, limits: SafetyLimits | None = None) -> Workbook:
    """Opens a file by its content, regardless of its name.

    Raises UnreadableFile with reason `empty`, `encrypted`, `not_a_spreadsheet`, `corrupted`,
    `too_large`, `unknown_encoding` or `no_rows`, and a message to the user.
    """
    limits = limits or SafetyLimits()
    check_size(data, limits)
    kind = sniff(data, limits)
    if kind == "text":
        with paused_collector():
            return _text_workbook(filename, read_text(data, limits))
    counted = check_workbook(data, limits)
    properties = Properties() if kind == "xls" else read_properties(data, limits)
    book = _calamine(partial(_open_xls if kind == "xls" else _open, data))
    loaded = Tally(limits)
    hidden_rows = hidden_rows_by_sheet(data, limits, counted.hidden, book.sheet_names)
    formats = XlsxFormats(data, limits) if kind == "xlsx" else None
    loaders = [
        (
            meta.name,
            hidden := meta.visible is not python_calamine.SheetVisibleEnum.Visible,
            _Loader(
                book,
                meta.name,
                hidden,
                loaded,
                formats,
                has_merged=counted.merged > 0,
                hidden_rows=hidden_rows.get(meta.name, ()),
            ),
        )
        for meta in book.sheets_metadata
        if meta.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
    if not loaders:
        raise UnreadableFile("no_rows", "The workbook has no sheets.")
    # The search needs the bytes in memory, so large files are not searched.
    is_searched = kind == "xlsx" and len(data) <= _FORMULAS_BYTES
    formulas = partial(empty_formulas, data, limits) if is_searched else frozenset
    return Workbook(filename, kind, loaders, properties, formulas=formulas)


def _open(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _open_xls(data: bytes) -> CalamineWorkbook:
    """Opens a file as xls only: calamine would try other formats, which were not measured."""
    data = without_macros(data)
    if _ZIP_END not in data:
        return _open(data)
    with NamedTemporaryFile(suffix=".xls") as file:
        file.write(data)
        file.flush()
        return CalamineWorkbook.from_path(file.name)


def _text_workbook(filename: str, table: TextTable) -> Workbook:
    sheet = Sheet(PurePath(filename).stem or "text", table.columns)
    return Workbook(
        filename,
        "text",
        [(sheet.name, False, lambda: sheet)],
        Properties(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        notes=table.notes,
    )


class _Loader:
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
        return _calamine(self._load)

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


def _calamine(call: Callable[[], T]) -> T:
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
