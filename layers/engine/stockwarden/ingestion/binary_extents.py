"""The same look at coordinates as `extents`, for the two binary formats: xls and xlsb."""

import io
import re
import struct

from stockwarden.ingestion.container import (
    Inflater,
    Limits,
    check_zip,
    corrupted,
    expands_too_far,
)
from stockwarden.ingestion.extents import check_sheet

_SHEET_TARGET = re.compile(rb'Target\s*=\s*["\']/?(?:xl/)?([^"\']+)["\']')
_OTHER_PART = re.compile(r"(?i)(sharedstrings|styles|metadata|externallink\d*)\.bin$|\.xml$")
_ROW_HEADER = 0
_XLSB_CELLS = range(1, 12)
# BIFF: blank, number, label, bool/error, rk, formula, label-sst, rstring, and the BIFF2 forms.
_BIFF_CELLS = frozenset({0x201, 0x203, 0x204, 0x205, 0x27E, 0x06, 0x206, 0x406, 0xFD, 0xD6})
_BIFF2_CELLS = frozenset({0x01, 0x02, 0x03, 0x04, 0x05})
_BIFF_RUNS = frozenset({0xBD, 0xBE})
_DIMENSIONS = frozenset({0x00, 0x200})
_BEGIN = frozenset({0x09, 0x209, 0x409, 0x809})


def check_xlsb(data: bytes, limits: Limits) -> None:
    """Expands every part and refuses sheets whose rectangle is too large."""
    archive = check_zip(data, limits)
    inflater = Inflater(data, limits)
    relations = b""
    for entry in archive.infolist():
        if entry.filename.lower() == "xl/_rels/workbook.bin.rels":
            relations = b"".join(inflater.pieces(entry))
    targets = {f"xl/{target.decode('latin-1')}" for target in _SHEET_TARGET.findall(relations)}
    for entry in archive.infolist():
        if entry.filename in targets and not _OTHER_PART.search(entry.filename):
            rows, columns = _records_extent(b"".join(inflater.pieces(entry)))
            check_sheet(rows, columns, limits)
        else:
            for _ in inflater.pieces(entry):
                pass


def _records_extent(part: bytes) -> tuple[int, int]:
    """(rows, columns) of an xlsb sheet: a stream of records, id and size as 7-bit groups."""
    position, size = 0, len(part)
    rows = columns = 0
    while position < size:
        kind = part[position]
        position += 1
        if kind & 0x80 and position < size:
            kind = (kind & 0x7F) | (part[position] & 0x7F) << 7
            position += 1
        length = shift = 0
        while position < size and shift < 28:
            byte = part[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if kind == _ROW_HEADER and length >= 4:
            rows = max(rows, int.from_bytes(part[position : position + 4], "little") + 1)
        elif kind in _XLSB_CELLS and length >= 4:
            columns = max(columns, int.from_bytes(part[position : position + 4], "little") + 1)
        position += length
    return rows, columns


def check_xls(data: bytes, limits: Limits) -> None:
    """Refuses a workbook with a sheet whose cells, or claimed dimensions, span too much."""
    position, rows, columns = 0, 0, 0
    stream = _workbook_stream(data)
    end = len(stream) - 4
    while position <= end:
        kind, length = struct.unpack_from("<HH", stream, position)
        body = position + 4
        position = body + length
        if kind in _BIFF_CELLS or kind in _BIFF_RUNS or kind in _BIFF2_CELLS:
            if length < 6 or position > len(stream):
                continue
            row, column = struct.unpack_from("<HH", stream, body)
            if kind in _BIFF_RUNS:
                column = max(column, struct.unpack_from("<H", stream, position - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind in _DIMENSIONS and length >= 10:
            wide = length >= 14
            layout = "<IIHH" if wide else "<HHHH"
            _, last_row, _, last_column = struct.unpack_from(layout, stream, body)
            check_sheet(last_row, min(last_column, 256), limits)
        elif kind in _BEGIN:
            check_sheet(rows, columns, limits)
            rows = columns = 0
    check_sheet(rows, columns, limits)


def _workbook_stream(data: bytes) -> bytes:
    import olefile

    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = "Workbook" if container.exists("Workbook") else "Book"
            stream: bytes = container.openstream(name).read()
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise corrupted() from error
    if len(stream) > 4 * len(data):
        raise expands_too_far()
    return stream
