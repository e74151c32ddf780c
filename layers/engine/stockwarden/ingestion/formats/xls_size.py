"""Measures the content of an xls before calamine allocates it.

An xls is a small file system; its `Workbook` is a stream of records, one for each cell.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise

from stockwarden.ingestion.formats.compound_file import CompoundFile
from stockwarden.ingestion.formats.exact_size import SharedTexts
from stockwarden.ingestion.formats.limits import Tally, corrupted
from stockwarden.ingestion.formats.xls_strings import string_lengths

# number, label, bool/error, rk, label-sst, rstring, a formula's text; the first of BIFF2 too.
_CELLS = frozenset({0x203, 0x204, 0x205, 0x207, 0x27E, 0xFD, 0xD6, 0x02, 0x03, 0x04, 0x05})
_FORMULAS = frozenset({0x06, 0x206, 0x406})
_SHARED, _RUN = 0xFD, 0xBD
_FILLING = _CELLS | _FORMULAS | {_RUN}
_INLINE_TEXTS = frozenset({0x204, 0x207, 0xD6, 0x04})
_DIMENSIONS, _MERGED, _SHEET, _STRINGS, _END = 0x200, 0xE5, 0x85, 0xFC, 0x0A
_ROW, _ROW_IS_HIDDEN = 0x208, 0x20
_LONGEST_RECORD = 8_224
_COLUMNS = 256
_TEXT_STEP = 1 << 20
# A formula is stored as text: at most so many characters for a token that begins with such a byte
# (a number, a name, a cell of another sheet), and fewer than 6 for each byte of the rest.
_WRITTEN = (
    (b"\x1f", 330),
    (b"\x23\x43\x63", 255),
    (b"\x39\x3a\x3b\x3c\x3d\x59\x5a\x5b\x5c\x5d", 130),
)
_WRITTEN_PER_BYTE = 6
_MACROS, _NO_MACROS = (
    name.encode("utf-16-le") for name in ("_VBA_PROJECT_CUR", "_VBA_NOT_READ___")
)


def without_macros(data: bytes) -> bytes:
    """The file with its macros renamed, so that calamine does not expand them.

    It would expand them on opening, and they may be compressed a thousandfold.
    """
    return data.replace(_MACROS, _NO_MACROS)


def measure_xls(data: bytes, tally: Tally) -> None:
    """Adds up the sheets of an OLE file. Raises UnreadableFile (`too_large`, `corrupted`)."""
    container = CompoundFile(data)
    for entry in container.streams("Workbook", "Book"):
        _Book(container.read(entry), tally).measure()


class _Book:
    """One stream of records: those of the workbook, then those of each sheet."""

    def __init__(self, stream: bytes, tally: Tally) -> None:
        self._stream, self._tally = stream, tally

    def measure(self) -> None:
        starts: list[int] = []
        names: dict[int, str] = {}
        shared = SharedTexts([])
        for kind, start, end in _records(self._stream, 0, len(self._stream)):
            if kind == _SHEET and end - start >= 4:
                starts += struct.unpack_from("<I", self._stream, start)
                names[starts[-1]] = _sheet_name(self._stream[start + 6 : end])
            elif kind == _STRINGS:
                lengths = string_lengths(self._stream, start, end)
                self._tally.add_texts(len(lengths))
                self._tally.add_text(sum(lengths))
                shared = SharedTexts(lengths)
            elif kind == _END:
                break
        self._tally.add_beside(0, len(starts))
        # calamine reads a sheet at each listed offset: twice, if the offset is listed twice.
        if len(set(starts)) < len(starts):
            raise corrupted()
        starts.sort()
        for start, following in pairwise([*starts, len(self._stream)]):
            self._measure_sheet(start, following, shared, names.get(start, ""))

    def _measure_sheet(self, start: int, stop: int, shared: SharedTexts, name: str) -> None:
        """Counts all records up to the next sheet, including those behind this one's end."""
        stream, tally = self._stream, self._tally
        rows = columns = filled = text = 0
        ended = stop == len(stream)
        for kind, begin, end in _records(stream, start, stop):
            if kind in _FILLING and end - begin >= 6:
                row, column = struct.unpack_from("<HH", stream, begin)
                last = column
                if kind == _RUN:
                    last = max(column, *struct.unpack_from("<H", stream, end - 2))
                filled += last - column + 1
                if row >= rows or last >= columns:
                    rows, columns = max(rows, row + 1), max(columns, last + 1)
                    tally.check(rows, columns)
                text += self._text_of(kind, begin, end, shared)
                if text > _TEXT_STEP:
                    tally.add_text(text)
                    text = 0
            elif kind == _ROW and end - begin >= 16:
                if stream[begin + 12] & _ROW_IS_HIDDEN:
                    tally.add_hidden(name, struct.unpack_from("<H", stream, begin))
            elif kind == _DIMENSIONS:
                self._check_dimensions(begin, end)
            elif kind == _MERGED and end - begin >= 2:
                tally.add_merged(*struct.unpack_from("<H", stream, begin))
            elif kind == _END:
                ended = True
        if not ended:
            raise corrupted()
        tally.add_text(text)
        if filled:
            tally.add_sheet(rows, columns, filled)

    def _text_of(self, kind: int, begin: int, end: int, shared: SharedTexts) -> int:
        if kind == _SHARED and end - begin >= 10:
            return shared.length_at(*struct.unpack_from("<I", self._stream, begin + 6))
        if kind in _INLINE_TEXTS:
            return 2 * (end - begin)
        return _written_length(self._stream[begin:end]) if kind in _FORMULAS else 0

    def _check_dimensions(self, begin: int, end: int) -> None:
        """Checks the dimensions that a sheet claims: calamine allocates as many cells."""
        if end - begin not in (10, 14):
            return
        layout = "<IIHH" if end - begin == 14 else "<HHHH"
        bounds = struct.unpack_from(layout, self._stream, begin)
        first_row, last_row, first_column, last_column = bounds
        if last_row and last_column:
            if first_row >= last_row or first_column >= last_column:
                raise corrupted()
            # Some writers claim more columns than an xls can have; they are allocated nevertheless.
            if last_row * last_column > self._tally.limits.max_cells:
                self._tally.check(last_row, min(last_column, _COLUMNS))
                raise corrupted()


def _written_length(formula: bytes) -> int:
    if len(formula) > _LONGEST_RECORD:
        raise corrupted()
    length = _WRITTEN_PER_BYTE * len(formula)
    return length + sum(most * sum(map(formula.count, begins)) for begins, most in _WRITTEN)


def _sheet_name(body: bytes) -> str:
    """The name in the record of a sheet, from its length on."""
    if len(body) < 2:
        return ""
    wide = body[1] & 1
    return body[2 : 2 + body[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _records(stream: bytes, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start of the body, end of the body) of each whole record that starts before `stop`."""
    size = len(stream)
    while start < stop and start + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, start)
        begin = start + 4
        start = begin + length
        if start > size:
            return
        yield kind, begin, start
