"""Expands zip archives within limits, whatever sizes their directories claim."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.limits import SafetyLimits, corrupted, too_large

_END, _END64, _LOCATOR, _ENTRY = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02"
_END_SIZE, _END64_SIZE, _LOCATOR_SIZE, _ENTRY_SIZE = 22, 56, 20, 46
_LONGEST_COMMENT = 0xFFFF
_INFLATE_SLICE = 1 << 14
_STORED_SLICE = 1 << 18


def open_zip(data: bytes, limits: SafetyLimits) -> zipfile.ZipFile:
    """The archive's directory, read only after its entries were counted.

    Raises UnreadableFile (`corrupted`, `too_large`).
    """
    _check_directory(data, limits)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise corrupted() from error


def plain_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name as readers compare it."""
    return entry.filename.replace("\\", "/").lstrip("/").lower()


def _check_directory(data: bytes, limits: SafetyLimits) -> None:
    """Counts the entries that the archive's end names and those that its directory holds."""
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0 or end + _END_SIZE > len(data):
        raise corrupted()
    claimed, size = struct.unpack_from("<10xHI", data, end)
    directory_end = end
    locator = end - _LOCATOR_SIZE
    if locator >= _END64_SIZE and data.startswith(_LOCATOR, locator):
        directory_end = locator - _END64_SIZE
        if not data.startswith(_END64, directory_end):
            raise corrupted()
        claimed64, size = struct.unpack_from("<32xQQ", data, directory_end)
        claimed = max(claimed, claimed64) if claimed != 0xFFFF else claimed64
    held, offset = 0, directory_end - size
    if offset < 0:
        raise corrupted()
    while held <= limits.max_entries and offset + _ENTRY_SIZE <= directory_end:
        if not data.startswith(_ENTRY, offset):
            raise corrupted()
        offset += _ENTRY_SIZE + sum(struct.unpack_from("<28xHHH", data, offset))
        held += 1
    if max(held, claimed) > limits.max_entries:
        amount = f"{claimed:,}" if claimed > limits.max_entries else f"more than {held - 1:,}"
        raise too_large(
            f"The file is a zip archive of {amount} entries; at most {limits.max_entries:,} are "
            "read. Save only the inventory sheet in a new workbook, or send it as csv."
        )


def check_zip(data: bytes, limits: SafetyLimits) -> zipfile.ZipFile:
    """Refuses a zip that has too many entries or claims to expand too far.

    The claim may be false: `Inflater` counts again while it expands.
    """
    archive = open_zip(data, limits)
    entries = archive.infolist()
    expanded = sum(entry.file_size for entry in entries)
    if expanded > limits.max_expanded:
        raise expands_too_far(limits, f"{expanded / 2**20:,.0f} MB")
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    for (start, size), (following, _) in pairwise(spans):
        if start + size > following:
            raise corrupted()
    return archive


def expands_too_far(limits: SafetyLimits, size: str = "more than that") -> UnreadableFile:
    return too_large(
        f"At most {limits.max_expanded / 2**20:,.0f} MB are read of a workbook, and this one "
        f"expands to {size}. Save only the inventory sheet in a new workbook, or send it as csv."
    )


def inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's real bytes in pieces, whatever size its directory entry claims.

    Raises UnreadableFile(`corrupted`).
    """
    start = entry.header_offset
    name_size = int.from_bytes(data[start + 26 : start + 28], "little")
    extra_size = int.from_bytes(data[start + 28 : start + 30], "little")
    start += 30 + name_size + extra_size
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(packed), _STORED_SLICE):
            yield bytes(packed[offset : offset + _STORED_SLICE])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise corrupted()
    expander = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for offset in range(0, len(packed), _INFLATE_SLICE):
            yield expander.decompress(packed[offset : offset + _INFLATE_SLICE])
        yield expander.flush()
    except zlib.error as error:
        raise corrupted() from error


class Inflater:
    """Expands entries of one archive and stops at `max_expanded` bytes in all."""

    def __init__(self, data: bytes, limits: SafetyLimits) -> None:
        self._data = data
        self._limits = limits
        self._left = limits.max_expanded

    def pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        for piece in inflate(self._data, entry):
            self._left -= len(piece)
            if self._left < 0:
                raise expands_too_far(self._limits)
            yield piece

    def read(self, entry: zipfile.ZipInfo, at_most: int) -> bytes:
        """The entry's first `at_most` bytes."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.pieces(entry):
            pieces.append(piece)
            size += len(piece)
            if size >= at_most:
                break
        return b"".join(pieces)[:at_most]
