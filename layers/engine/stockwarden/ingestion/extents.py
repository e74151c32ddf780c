"""How large a sheet's rectangle is, found before calamine allocates it.

A rectangle is dense: two cells, in A1 and XFD1048576, would take 400 GB, and a failed allocation
ends the process. So the real coordinates of the cells are looked at first.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.container import Inflater, Limits, check_zip, corrupted

# A cell as every spreadsheet program writes it, in the first 26 columns and a million rows. What
# the first expression finds does not look so (cols and conditionalFormatting aside), and is read
# again with more care.
_NARROW = re.compile(rb'<c(?! r="[A-Z][1-9][0-9]{0,5}"|[of])')
_WIDE = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}"|[of])')
_PREFIXED = re.compile(rb":c[\s/>]")
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]+)")


def check_sheet(rows: int, columns: int, limits: Limits) -> None:
    """Raises UnreadableFile(`too_large`) when the rectangle is more than is read."""
    if columns > limits.max_columns:
        raise UnreadableFile(
            "too_large",
            f"A sheet has {columns:,} columns; at most {limits.max_columns:,} are read. Save only "
            "the inventory in a new workbook.",
        )
    if rows * columns > limits.max_cells:
        raise UnreadableFile(
            "too_large",
            f"A sheet spans {rows:,} rows and {columns:,} columns; at most "
            f"{limits.max_cells:,} cells are read. Save only the inventory in a new workbook, "
            "or send it in parts.",
        )


def check_xlsx(data: bytes, limits: Limits) -> None:
    """Expands every part once and refuses sheets whose rectangle is too large."""
    inflater = Inflater(data, limits)
    for entry in check_zip(data, limits).infolist():
        cells = _SheetData(inflater.pieces(entry))
        if all(_is_written_as(_NARROW, window) for window in cells.windows()):
            continue
        # Counted once already: the second look must not be charged to the archive again.
        again = Inflater(data, limits)
        rows, columns = _wide_extent(_SheetData(again.pieces(entry))) or _xml_extent(
            Inflater(data, limits).pieces(entry)
        )
        check_sheet(rows, columns, limits)


def _is_written_as(odd_cell: re.Pattern[bytes], window: bytes) -> bool:
    if odd_cell.search(window) is not None:
        return False
    # Looking for one byte is much the faster, and few sheets have any colon.
    return b":" not in window or _PREFIXED.search(window) is None


class _SheetData:
    """The part of a worksheet from `<sheetData` on, in windows that end between two tags."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    def windows(self) -> Iterator[bytes]:
        inside, rest = False, b""
        for piece in self._pieces:
            window = rest + piece if rest else piece
            if not inside:
                start = window.find(b"sheetData")
                if start < 0:
                    rest = window[-8:]
                    continue
                inside, window = True, window[start:]
            end = window.rfind(b"<")
            if end < 0:
                rest = window
                continue
            rest = window[end:]
            yield window[:end]
        if inside and rest:
            yield rest


def _wide_extent(sheet: _SheetData) -> tuple[int, int] | None:
    """(rows, columns) of a sheet in the usual notation; None if a cell is written otherwise."""
    letters: set[bytes] = set()
    last_row = 0
    for window in sheet.windows():
        if not _is_written_as(_WIDE, window):
            return None
        cells = _CELL.findall(window)
        letters.update({cell[0] for cell in cells})
        last_row = max(last_row, max((int(row) for row in {cell[1] for cell in cells}), default=0))
    return last_row, max((column_number(text.decode()) for text in letters), default=0)


def column_number(letters: str) -> int:
    """The 1-based number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(number: int) -> str:
    """The letters of a 1-based column number: 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _CellTracker:
    """Follows rows and cells of a worksheet as a parser meets them."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "row":
            self.column = 0
            text = attributes.get("r", "")
            self.row = int(text) if text.isdecimal() else self.row + 1
        elif tag == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            if found:
                self.column = column_number(found[1])
                self.rows = max(self.rows, int(found[2]))
            else:
                self.column += 1
            self.rows = max(self.rows, self.row)
            self.columns = max(self.columns, self.column)


def _xml_extent(pieces: Iterable[bytes]) -> tuple[int, int]:
    """(rows, columns), read by a real parser. Raises UnreadableFile(`corrupted`)."""
    tracker = _CellTracker()
    parse_safely(pieces, tracker.start)
    return tracker.rows, tracker.columns


def parse_safely(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Expat without entities: a document that declares any is refused, never expanded."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entity
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise corrupted() from error


def _refuse_entity(*_: object) -> None:
    raise corrupted()


class _TableTracker:
    """Follows an OpenDocument table, whose rows and cells carry repeat counts."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = self.columns = self.used_rows = 0
        self.row_repeat = self.column = self.used_column = 0
        self.cell_repeat = 0
        self.filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "table":
            self.rows = self.columns = self.used_rows = 0
        elif tag == "table-row":
            self.row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self.column = self.used_column = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self.cell_repeat = _repeat(attributes, "table:number-columns-repeated")
            self.filled = any(_local(key) in _ODS_VALUES for key in attributes)
        elif tag == "p":
            self.filled = True

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag in {"table-cell", "covered-table-cell"}:
            self.column += self.cell_repeat
            if self.filled:
                self.used_column = self.column
            self.filled = False
        elif tag == "table-row":
            self.rows += self.row_repeat
            if self.used_column:
                self.used_rows = self.rows
                self.columns = max(self.columns, self.used_column)
                check_sheet(self.used_rows, self.columns, self.limits)


_ODS_VALUES = frozenset({"value", "value-type", "date-value", "time-value", "string-value"})


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() else 1


def check_ods(data: bytes, limits: Limits) -> None:
    """Expands every part and refuses tables whose filled rectangle is too large."""
    inflater = Inflater(data, limits)
    for entry in check_zip(data, limits).infolist():
        if entry.filename != "content.xml":
            for _ in inflater.pieces(entry):
                pass
            continue
        tracker = _TableTracker(limits)
        parse_safely(inflater.pieces(entry), tracker.start, tracker.end)
