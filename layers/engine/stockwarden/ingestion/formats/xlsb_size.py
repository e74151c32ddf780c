"""Measures the content of a binary workbook (xlsb) before calamine allocates it.

Its parts are streams of records: an id and a size in groups of 7 bits, then the bytes.
"""

import zipfile
from collections.abc import Iterable, Iterator

from stockwarden.ingestion.formats.archive import plain_name
from stockwarden.ingestion.formats.exact_size import SharedTexts
from stockwarden.ingestion.formats.limits import WIDEST, Tally, corrupted
from stockwarden.ingestion.formats.part_size import PartsCheck

_ROW, _DIMENSIONS, _BEGIN_CELLS, _END_CELLS = 0, 0x94, 0x91, 0x92
_CELLS = range(2, 12)  # 1 is blank
_SHARED = 7
_ROW_FLAGS, _ROW_IS_HIDDEN = 11, 0x10
_INLINE_TEXTS = frozenset({6, 8})
_TEXT_ITEM, _SHEET_ITEM = 19, 156
_LONGEST_HEADER = 6
_LONGEST_RECORD = 1 << 24
_TEXT_STEP = 1 << 20
_BESIDE = frozenset({"xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"})


class XlsbCheck(PartsCheck):
    """Measures the parts of an xlsb one by one, the shared strings first.

    A sheet may be in any part: the workbook names it. The names of the other parts are fixed.
    """

    FIRST = "xl/sharedstrings.bin"
    PARTS = frozenset({FIRST, *_BESIDE})

    def __init__(self, data: bytes, tally: Tally) -> None:
        super().__init__(data, tally)
        self._shared = SharedTexts([])

    def measure(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        """Measures a part. Raises UnreadableFile (`too_large`, `corrupted`)."""
        name = plain_name(entry)
        if name == self.FIRST:
            self._shared = SharedTexts(list(self._string_lengths(pieces)))
        elif name in _BESIDE:
            for kind, body in _records(pieces):
                self._tally.add_beside(len(body), kind == _SHEET_ITEM)
        else:
            self._measure_if_sheet(name, _records(pieces))

    def _string_lengths(self, pieces: Iterable[bytes]) -> Iterator[int]:
        for kind, body in _records(pieces):
            if kind == _TEXT_ITEM:
                size = _text_size(body, 1)
                self._tally.add_texts(1)
                self._tally.add_text(size)
                yield size

    def _measure_if_sheet(self, name: str, records: Iterator[tuple[int, memoryview]]) -> None:
        for expected in (_DIMENSIONS, _BEGIN_CELLS):
            if not any(kind == expected for kind, _ in records):
                return
        self._measure_cells(name, records)

    def _measure_cells(self, name: str, records: Iterator[tuple[int, memoryview]]) -> None:
        row = rows = columns = filled = text = 0
        for kind, body in records:
            if kind in _CELLS:
                if len(body) < 8:
                    raise corrupted()
                filled += 1
                column = int.from_bytes(body[:4], "little") + 1
                if row > rows or column > columns:
                    rows, columns = max(rows, row), max(columns, column)
                    self._tally.check(rows, columns)
                if kind in _INLINE_TEXTS:
                    text += _text_size(body, 8)
                elif kind == _SHARED:
                    text += self._shared.length_at(int.from_bytes(body[8:12], "little"))
                if text > _TEXT_STEP:
                    self._tally.add_text(text)
                    text = 0
            elif kind == _ROW and len(body) >= 4:
                row = int.from_bytes(body[:4], "little") + 1
                if len(body) > _ROW_FLAGS and body[_ROW_FLAGS] & _ROW_IS_HIDDEN:
                    self._tally.add_hidden(name, [row - 1])
            elif kind == _END_CELLS or filled > self._limits.max_cells:
                break
        self._tally.add_text(text)
        self._tally.add_sheet(rows, columns, filled)


def _text_size(body: memoryview, start: int) -> int:
    """The bytes of a text in memory. Raises UnreadableFile if it exceeds its record."""
    length = int.from_bytes(body[start : start + 4], "little")
    start += 4
    if start + 2 * length > len(body):
        raise corrupted()
    high = bytes(body[start : start + 2 * length])[1::2]
    return length if high.count(0) == length else WIDEST * length


def _records(pieces: Iterable[bytes]) -> Iterator[tuple[int, memoryview]]:
    """(id, body) of each whole record."""
    source = iter(pieces)
    data, offset = memoryview(b""), 0
    while True:
        if len(data) - offset < _LONGEST_HEADER:
            data, offset = _more(data, offset, _LONGEST_HEADER, source), 0
        header = _header(data, offset)
        if header is None:
            return
        kind, start, length = header
        if length > _LONGEST_RECORD:
            raise corrupted()
        if start + length > len(data):
            data, start = _more(data, start, length, source), 0
            if length > len(data):
                return
        offset = start + length
        yield kind, data[start:offset]


def _more(data: memoryview, offset: int, size: int, source: Iterator[bytes]) -> memoryview:
    """The data from `offset` on, with enough further pieces for `size` bytes, if there are."""
    pieces = [bytes(data[offset:])]
    held = len(pieces[0])
    while held < size:
        piece = next(source, None)
        if piece is None:
            break
        pieces.append(piece)
        held += len(piece)
    return memoryview(b"".join(pieces))


def _header(data: memoryview, offset: int) -> tuple[int, int, int] | None:
    """(id, start of the body, its length); None at the end."""
    end = len(data)
    if offset >= end:
        return None
    kind = data[offset]
    offset += 1
    if kind & 0x80:
        if offset >= end:
            return None
        kind = (kind & 0x7F) | (data[offset] & 0x7F) << 7
        offset += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if offset >= end:
            return None
        byte = data[offset]
        offset += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, offset, length
