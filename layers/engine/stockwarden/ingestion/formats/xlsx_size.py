"""Measures the content of an xlsx before calamine allocates it.

A sheet's rectangle is dense: two cells, in A1 and XFD1048576, would take 400 GB, and a failed
allocation ends the process. A text that many cells share is copied for each of them. So the parts
are measured first: quickly, for bounds that nearly every workbook keeps; and exactly
(`exact_size`) where it does not, or where cells are written in an unusual way.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from stockwarden.ingestion.formats.archive import Inflater, plain_name
from stockwarden.ingestion.formats.cell_references import beyond, column_number, round_up
from stockwarden.ingestion.formats.exact_size import SharedTexts, count_cells, string_lengths, width
from stockwarden.ingestion.formats.limits import WIDEST, Tally, corrupted
from stockwarden.ingestion.formats.markup import windows
from stockwarden.ingestion.formats.part_size import PartsCheck

_ODD = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}"|[A-Za-z])')
_PREFIXED = re.compile(rb":c[\s/>]")
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_MERGED = re.compile(rb"mergeCell\s")
_HIDDEN, _FILTER = b"hidden=", b"autoFilter"
_SEARCHED = 8 << 20
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row(?=\s)(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*?\sr=[\"']([1-9][0-9]{0,6})[\"']"
)
_STRING = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_STRING_TAGS = len("<si><t></t></si>")
_LISTED = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]")
_FILLED_SIZE, _SHARED_SIZE = len('<c r="A1"><v>1</v></c>'), len('<c r="A1" t="s"><v>0</v></c>')
_SHEET_DATA = b"sheetData"
_ROOT = "_rels/.rels"
_BESIDE = frozenset({"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"})


@dataclass
class _Sheet:
    """Quick measures of a sheet: bounds of its rectangle; `odd` if its cells are written unusually.

    The initial bounds suffice for the first rows.
    """

    entry: zipfile.ZipInfo
    rows: int = 9_999
    columns: int = 1
    size: int = 0
    text: int = 0
    merged: int = 0
    odd: bool = False
    filtered: bool = False


class XlsxCheck(PartsCheck):
    """Measures the parts of an xlsx one by one, and at the end all of them together.

    A sheet may be in any part: the workbook names it. The names of the other parts are fixed.
    """

    FIRST = "xl/sharedstrings.xml"
    PARTS = frozenset({FIRST, *_BESIDE})

    def __init__(self, data: bytes, tally: Tally) -> None:
        super().__init__(data, tally)
        self._sheets: list[_Sheet] = []
        self._strings: zipfile.ZipInfo | None = None
        self._longest = 0

    def measure(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        """Measures a part. Raises UnreadableFile (`too_large`, `corrupted`)."""
        name = plain_name(entry)
        if name == self.FIRST:
            self._measure_strings(entry, pieces)
        elif name in _BESIDE or name == _ROOT:
            for window in self._windows_without_sheet(entry, pieces):
                self._tally.add_beside(len(window), len(_LISTED.findall(window)))
        else:
            self._measure_if_sheet(entry, iter(pieces))

    def finish(self) -> None:
        """Adds the sheets up. Raises UnreadableFile(`too_large`)."""
        for sheet in self._sheets:
            if sheet.merged:
                self._tally.add_merged(
                    sum(len(_MERGED.findall(part)) for part in self._parts(sheet.entry))
                )
        if not self._is_surely_small():
            self._count_exactly()
            return
        for sheet in self._sheets:
            self._tally.add_sheet(sheet.rows, sheet.columns)

    def _windows_without_sheet(
        self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]
    ) -> Iterator[bytes]:
        for window in windows(pieces, entry.filename):
            if _SHEET_DATA in window:
                raise corrupted()
            yield window

    def _measure_strings(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        self._strings = entry
        length = 0
        for window in self._windows_without_sheet(entry, pieces):
            texts = _STRING.split(window) if b":si" in window else window.split(b"<si")
            lengths = list(map(len, texts))
            self._tally.add_texts(len(texts) - 1)
            size = max(len(window) - _STRING_TAGS * len(texts), 0)
            self._tally.add_text(size * width(window))
            self._longest = max(self._longest, length + lengths[0], *lengths[1:])
            length = lengths[-1] + (length if len(lengths) == 1 else 0)

    def _measure_if_sheet(self, entry: zipfile.ZipInfo, pieces: Iterator[bytes]) -> None:
        seen, rest = 0, b""
        for piece in pieces:
            seen += len(piece)
            start = (rest + piece).find(_SHEET_DATA)
            if start >= 0:
                if seen - len(piece) > self._limits.max_beside:
                    raise corrupted()
                self._measure_sheet(entry, chain([(rest + piece)[start:]], pieces))
                return
            rest = piece[1 - len(_SHEET_DATA) :]

    def _measure_sheet(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        sheet = _Sheet(entry)
        for window in windows(pieces, entry.filename):
            sheet.size += len(window)
            # For a small sheet the widest bound suffices.
            wide = sheet.size < self._limits.max_text // 5
            sheet.text += len(window) * (WIDEST if wide else width(window))
            # Merged ranges come after the last cell.
            last = max(window.rfind(b"</c>"), 0)
            sheet.merged += window.count(b"mergeCell ", last)
            if sheet.size <= _SEARCHED:
                self._note_hidden(entry, window)
            sheet.filtered |= window.find(_FILTER, last) >= 0
            if not sheet.odd and not _is_within(window, sheet):
                _widen(sheet, window)
        # In a large sheet the search takes time, and a filter hides its rows, if anything does.
        if sheet.filtered and sheet.size > _SEARCHED:
            self._tally.hidden.pop(plain_name(entry), None)
            for window in self._parts(entry):
                self._note_hidden(entry, window)
        self._sheets.append(sheet)

    def _note_hidden(self, entry: zipfile.ZipInfo, window: bytes) -> None:
        if _HIDDEN in window:
            rows = (int(row) - 1 for row in _HIDDEN_ROW.findall(window))
            self._tally.add_hidden(plain_name(entry), rows)

    def _is_surely_small(self) -> bool:
        limits = self._limits
        size = sum(sheet.size for sheet in self._sheets)
        return (
            not any(sheet.odd or sheet.columns > limits.max_columns for sheet in self._sheets)
            and sum(sheet.rows * sheet.columns for sheet in self._sheets) <= limits.max_cells
            and size // _FILLED_SIZE <= limits.max_cells
            and self._tally.text + sum(sheet.text for sheet in self._sheets) <= limits.max_text
            and size // _SHARED_SIZE * self._longest * WIDEST <= limits.max_text
        )

    def _count_exactly(self) -> None:
        lengths = string_lengths(self._parts(self._strings)) if self._strings else ()
        shared = SharedTexts(lengths)
        for sheet in self._sheets:
            count_cells(self._parts(sheet.entry), self._tally, shared, odd=sheet.odd)

    def _parts(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        # The first pass has counted these bytes: a new Inflater does not count them again.
        pieces = Inflater(self._data, self._limits).pieces(entry)
        return windows(pieces, entry.filename)


def _is_within(window: bytes, sheet: _Sheet) -> bool:
    if beyond(sheet.rows, sheet.columns).search(window) is not None:
        return False
    # The search for one byte is much faster, and few sheets have a colon.
    return b":" not in window or _PREFIXED.search(window) is None


def _widen(sheet: _Sheet, window: bytes) -> None:
    """Makes the bounds as wide as the window's cells."""
    if _ODD.search(window) or _PREFIXED.search(window):
        sheet.odd = True
        return
    # In nearly all sheets the last cell is in the last row, so the others need no search.
    last = _CELL.match(window, window.rfind(b'<c r="'))
    if last is not None:
        sheet.rows, sheet.columns = round_up(max(sheet.rows, int(last[2])), sheet.columns)
        if beyond(sheet.rows, sheet.columns).search(window) is None:
            return
    cells = _CELL.findall(window)
    rows = max((int(row) for row in {cell[1] for cell in cells}), default=1)
    columns = max((column_number(name.decode()) for name in {cell[0] for cell in cells}), default=1)
    sheet.rows, sheet.columns = round_up(max(sheet.rows, rows), max(sheet.columns, columns))
