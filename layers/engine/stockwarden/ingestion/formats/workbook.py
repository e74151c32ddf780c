"""Opens a spreadsheet file of any format as sheets of cells, within limits. Loads no pandas."""

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import PurePath
from tempfile import NamedTemporaryFile
from types import MappingProxyType

import python_calamine
from python_calamine import CalamineWorkbook

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.core.memory import paused_collector
from stockwarden.ingestion.formats.container import Kind, check_size, sniff
from stockwarden.ingestion.formats.formulas import empty_formulas
from stockwarden.ingestion.formats.limits import SafetyLimits, Tally
from stockwarden.ingestion.formats.part_names import hidden_rows_by_sheet
from stockwarden.ingestion.formats.properties import Properties, read_properties
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.sheet_loader import SheetLoader, call_calamine
from stockwarden.ingestion.formats.size_check import check_workbook
from stockwarden.ingestion.formats.text import TextTable, read_text
from stockwarden.ingestion.formats.xls_size import without_macros
from stockwarden.ingestion.formats.xlsx_formats import XlsxFormats

__all__ = ["SafetyLimits", "Workbook", "open_workbook"]

_FORMULAS_BYTES = 32 * 2**20
_ZIP_END = b"PK\x05\x06"


class Workbook:
    """An open file. Sheets are parsed on first access, and cached.

    `kind` is the format of the content, `created` and `modified` come from the file's properties
    (aware or naive), `epoch_1904` says that its date serials count from 1904, and `notes` are for
    the user. `readings` are those of a text file's encoding that a person has to choose from, as in
    `FoundEncoding`.
    """

    readings: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def __init__(
        self,
        filename: str,
        kind: Kind,
        loaders: Sequence[tuple[str, bool, Callable[[], Sheet]]],
        properties: Properties,
        *,
        notes: Sequence[str] = (),
        formulas: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.filename = filename
        self.kind = kind
        self.created = properties.created
        self.modified = properties.modified
        self.epoch_1904 = properties.epoch_1904
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

    def read_in(self, encoding: str | None) -> None:
        """Reads the file again in an encoding that a person states, or in that which it seems to
        have. Raises Invalid at /encoding, and then nothing changes."""
        if encoding:
            raise Invalid.field("/encoding", "Only the encoding of a text file can be chosen.")

    def sheet(self, name: str) -> Sheet | None:
        """The sheet called `name`, if it is there and has cells."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class TextWorkbook(Workbook):
    """A text file, which is read when it is opened."""

    def __init__(self, filename: str, data: bytes, limits: SafetyLimits) -> None:
        table = read_text(data, limits)
        # The bytes are kept only where they may have to be read again.
        self._read = partial(read_text, data, limits) if table.guessed else None
        self._stated: str | None = None
        name = PurePath(filename).stem or "text"
        super().__init__(filename, "text", [self._loader(name, table)], Properties())
        self.notes, self.readings = table.notes, table.readings

    def read_in(self, encoding: str | None) -> None:
        if encoding == self._stated:
            return
        if self._read is None:
            raise Invalid.field(
                "/encoding", "The file is UTF-8 or UTF-16, which leaves nothing to choose."
            )
        table = self._read(encoding)
        self._stated, self.notes, self.readings = encoding, table.notes, table.readings
        self._loaders = [self._loader(self.sheet_names[0], table)]
        self.__dict__.pop("sheets", None)

    @staticmethod
    def _loader(name: str, table: TextTable) -> tuple[str, bool, Callable[[], Sheet]]:
        return name, False, lambda: Sheet(name, table.columns)


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
            return TextWorkbook(filename, data, limits)
    counted = check_workbook(data, limits)
    properties = Properties() if kind == "xls" else read_properties(data, limits)
    book = call_calamine(partial(_open_xls if kind == "xls" else _open, data))
    loaded = Tally(limits)
    hidden_rows = hidden_rows_by_sheet(data, limits, counted.hidden, book.sheet_names)
    formats = XlsxFormats(data, limits) if kind == "xlsx" else None
    loaders = [
        (
            meta.name,
            hidden := meta.visible is not python_calamine.SheetVisibleEnum.Visible,
            SheetLoader(
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
