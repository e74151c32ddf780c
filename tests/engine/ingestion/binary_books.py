"""The smallest xls and xlsb workbooks, written record by record for tests."""

import io
import struct
import zipfile
from collections.abc import Collection, Sequence

from tests.engine.ingestion.compound import compound_file

_BOF, _EOF, _BOUNDSHEET, _DIMENSIONS, _LABEL, _NUMBER = 0x809, 0x0A, 0x85, 0x200, 0x204, 0x203
_ROW, _SST, _CONTINUE, _LABEL_SST = 0x208, 0xFC, 0x3C, 0xFD


def _biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def string_table(strings: Sequence[Sequence[bytes]], *, claimed: int | None = None) -> bytes:
    """The record of shared strings. A string of several parts is continued in a record of its own
    with each part; `claimed` is the number of strings that the record says it has."""
    count = len(strings) if claimed is None else claimed
    bodies = [struct.pack("<II", count, count)]
    for first, *rest in strings:
        bodies[-1] += first
        bodies += rest
    kinds = [_SST, *[_CONTINUE] * (len(bodies) - 1)]
    return b"".join(_biff(kind, body) for kind, body in zip(kinds, bodies, strict=True))


def xls(
    rows: Sequence[Sequence[str | float]],
    *,
    far: tuple[int, int] | None = None,
    dimensions: tuple[int, int] | None = None,
    hidden: Collection[int] = (),
    shared: bool = False,
) -> bytes:
    """A BIFF8 workbook with the sheet `S`; `far` adds a cell at (row, column), both 0-based.
    `shared` keeps the texts in one table, as Excel does."""
    height, width = dimensions or (len(rows), max(map(len, rows)))
    texts = list(dict.fromkeys(value for line in rows for value in line if isinstance(value, str)))

    def label(row: int, column: int, value: str) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if shared:
            return _biff(_LABEL_SST, place + struct.pack("<I", texts.index(value)))
        return _biff(_LABEL, place + _text(value))

    cells = b"".join(
        label(row, column, value)
        if isinstance(value, str)
        else _biff(_NUMBER, struct.pack("<HHHd", row, column, 0, value))
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    )
    cells += b"".join(
        _biff(_ROW, struct.pack("<HHHHII", row, 0, 9, 255, 0, 0x20)) for row in hidden
    )
    if far:
        cells += _biff(_NUMBER, struct.pack("<HHHd", *far, 0, 1.0))
    bof = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    sheet = (
        _biff(_BOF, bof)
        + _biff(_DIMENSIONS, struct.pack("<IIHHH", 0, height, 0, width, 0))
        + cells
        + _biff(_EOF, b"")
    )
    head = _biff(_BOF, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = struct.pack("<BB", 1, 0) + b"S"
    table = string_table([[_text(text)] for text in texts]) if shared else b""
    start = len(head) + 4 + 6 + len(name) + len(table) + 4
    sheets = _biff(_BOUNDSHEET, struct.pack("<IH", start, 0) + name)
    book = head + sheets + table + _biff(_EOF, b"")
    return compound_file({"Workbook": book + sheet})


def _record(kind: int, body: bytes = b"") -> bytes:
    identity = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        byte, length = length & 0x7F, length >> 7
        size += bytes([byte | (0x80 if length else 0)])
        if not length:
            return identity + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    rows: Sequence[Sequence[str | float]],
    *,
    far: tuple[int, int] | None = None,
    hidden: Collection[int] = (),
) -> bytes:
    """A binary workbook with the sheet `S`; `far` adds a cell at (row, column), both 0-based."""
    cells = b""
    for row, line in enumerate(rows):
        flags = bytes([0x10 if row in hidden else 0])
        cells += _record(0, struct.pack("<I", row) + b"\0" * 7 + flags + b"\0" * 13)
        for column, value in enumerate(line):
            cell_reference = struct.pack("<II", column, 0)
            if isinstance(value, str):
                cells += _record(6, cell_reference + _wide(value))
            else:
                cells += _record(5, cell_reference + struct.pack("<d", value))
    if far:
        cells += _record(0, struct.pack("<I", far[0]) + b"\0" * 21)
        cells += _record(5, struct.pack("<IId", far[1], 0, 1.0))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(129) + _record(148, size) + _record(145) + cells + _record(146) + _record(130)
    bundle = struct.pack("<II", 0, 1) + _wide("r1") + _wide("S")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relation)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return target.getvalue()
