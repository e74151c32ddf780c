"""What kind of file the bytes are, and whether it is safe to open: never trusted by its name."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from stockwarden.core.errors import UnreadableFile

Kind = Literal["xlsx", "xlsb", "ods", "xls", "text"]

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# BIFF2 to BIFF5 streams without an OLE container, as very old exports write them.
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
)
_INFLATE_SLICE = 1 << 14


@dataclass(frozen=True)
class Limits:
    """What is refused before it costs memory. Bytes, entries of a zip, and cells of a sheet."""

    max_bytes: int = 150 * 2**20
    max_entries: int = 5_000
    max_expanded: int = 1_000 * 2**20
    max_cells: int = 12_000_000
    max_columns: int = 2_000


def sniff(data: bytes) -> Kind:
    """The kind of spreadsheet that `data` holds.

    Raises UnreadableFile (`empty`, `encrypted`, `not_a_spreadsheet`, `corrupted`).
    """
    if not data.strip(b"\x00\r\n\t ") or data[:4] == _EMPTY_ZIP:
        raise UnreadableFile("empty", "The file is empty.")
    if data[:4] == _ZIP:
        return _sniff_zip(data)
    if data[:8] == _OLE:
        return _sniff_ole(data)
    if data[:4] in _BARE_BIFF:
        return "xls"
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise _not_a_spreadsheet(what)
    return _sniff_text(data)


def _not_a_spreadsheet(what: str) -> UnreadableFile:
    return UnreadableFile(
        "not_a_spreadsheet",
        f"This is {what}, not a spreadsheet. Export the inventory as xlsx or csv and send that.",
    )


def corrupted() -> UnreadableFile:
    return UnreadableFile(
        "corrupted",
        "The file is damaged or incomplete. Open it in your spreadsheet program, save it again "
        "as xlsx and send that.",
    )


def encrypted() -> UnreadableFile:
    return UnreadableFile(
        "encrypted",
        "The workbook is protected with a password to open it. Save it without the password and "
        "send it again.",
    )


def _sniff_zip(data: bytes) -> Kind:
    archive = open_zip(data)
    names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in archive.infolist()}
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise encrypted()
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        mimetype = next((i for i in archive.infolist() if i.filename == "mimetype"), None)
        text = b"".join(inflate(data, mimetype)) if mimetype and mimetype.file_size < 200 else b""
        if text and b"spreadsheet" not in text:
            raise _not_a_spreadsheet("an office document")
        manifest = next(
            (i for i in archive.infolist() if i.filename == "META-INF/manifest.xml"), None
        )
        if manifest and any(b"encryption-data" in chunk for chunk in inflate(data, manifest)):
            raise encrypted()
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _not_a_spreadsheet("an office document")
    if "index/document.iwa" in names or "index.zip" in names:
        raise _not_a_spreadsheet("a Numbers document")
    raise _not_a_spreadsheet("a zip archive")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive's directory; raises UnreadableFile(`corrupted`)."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise corrupted() from error


def _sniff_ole(data: bytes) -> Kind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise encrypted()
            if container.exists("Workbook") or container.exists("Book"):
                return "xls"
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise corrupted() from error
    raise _not_a_spreadsheet("an office document")


def _sniff_text(data: bytes) -> Kind:
    head = data[:4096]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "text"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")):
        raise _not_a_spreadsheet("a web page saved under a spreadsheet's name")
    if start.startswith((b"<?xml", b"<workbook", b"<!doctype")):
        raise _not_a_spreadsheet("an XML document")
    if start.startswith((b"{", b"[{")):
        raise _not_a_spreadsheet("JSON data")
    zeros = head.count(0)
    damaged = zeros <= len(head) // 3
    controls = sum(head.count(code) for code in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 127))
    if not (damaged or is_utf16(head)) or controls > len(head) // 50:
        raise _not_a_spreadsheet("a file of unknown type")
    return "text"


def is_utf16(head: bytes) -> bool:
    """Whether text without a byte order mark has a NUL in every other place, as UTF-16 has.

    A few of them are damage, such as a disk leaves that was full.
    """
    zeros = head.count(0)
    regular = max(head[0::2].count(0), head[1::2].count(0)) == zeros
    return regular and zeros > len(head) // 10


def check_size(data: bytes, limits: Limits) -> None:
    """Raises UnreadableFile(`too_large`) above `max_bytes`."""
    if len(data) > limits.max_bytes:
        raise UnreadableFile(
            "too_large",
            f"The file has {len(data) / 2**20:,.0f} MB; at most {limits.max_bytes / 2**20:,.0f} MB "
            "are read. Leave out what is not inventory, or send it as csv in parts.",
        )


def check_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Refuses a zip that has too many entries or says that it expands too far.

    What an archive says of itself may be a lie: `Inflater` counts again while it expands.
    """
    archive = open_zip(data)
    entries = archive.infolist()
    if len(entries) > limits.max_entries:
        raise expands_too_far()
    if sum(entry.file_size for entry in entries) > limits.max_expanded:
        raise expands_too_far()
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    for (start, size), (following, _) in pairwise(spans):
        if start + size > following:
            raise expands_too_far()
    return archive


def expands_too_far() -> UnreadableFile:
    return UnreadableFile(
        "too_large",
        "The workbook expands to more than is read here. Save only the inventory sheet in a new "
        "workbook, or send it as csv.",
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
        yield bytes(packed)
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

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._left = limits.max_expanded

    def pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        for piece in inflate(self._data, entry):
            self._left -= len(piece)
            if self._left < 0:
                raise expands_too_far()
            yield piece

    def read(self, entry: zipfile.ZipInfo, at_most: int) -> bytes:
        """The entry's first `at_most` bytes."""
        found = b""
        for piece in self.pieces(entry):
            found += piece
            if len(found) >= at_most:
                break
        return found[:at_most]
