"""Detects the format of a file from its bytes, never from its name."""

import re
from typing import Literal

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.archive import inflate, open_zip, plain_name
from stockwarden.ingestion.formats.compound_file import SIGNATURE, CompoundFile
from stockwarden.ingestion.formats.limits import SafetyLimits, too_large

Kind = Literal["xlsx", "xlsb", "ods", "xls", "text"]

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BLANKS = b"\x00\r\n\t "
_HEAD = 4096
_MAGIC_HEAD = 64
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
_WEB_PAGE = "a web page saved under a spreadsheet's name"
_HTML_TAG = re.compile(
    rb"<\s*[/!]?\s*(?:-+|doctype html|html|head|meta|title|style|script|link|body|div|span|p|br|hr|"
    rb"b|i|u|font|center|h[1-6]|table|thead|tbody|tr|td|th|form|pre|img|a)(?=[\s/>-])"
)
_HTML_CELL = re.compile(rb"<\s*t[drh](?=[\s>])")
_WEB_ARCHIVE = re.compile(rb"(?m)^mime-version\s*:\s*1\.0.*$")


def sniff(data: bytes, limits: SafetyLimits) -> Kind:
    """The kind of spreadsheet that `data` holds.

    Raises UnreadableFile (`empty`, `encrypted`, `not_a_spreadsheet`, `corrupted`, `too_large`).
    """
    blank = not data[:_HEAD].strip(_BLANKS) and not data.strip(_BLANKS)
    if blank or data[:4] == _EMPTY_ZIP:
        raise UnreadableFile("empty", "The file is empty.")
    if data[:4] == _ZIP:
        return _sniff_zip(data, limits)
    if data.startswith(SIGNATURE):
        return _sniff_ole(data)
    if data[:4] in _BARE_BIFF:
        return "xls"
    # Letters alone are no proof: a header may begin with `BM` or `MZ`, a text has no NUL there.
    binary = 0 in data[:_MAGIC_HEAD]
    for magic, what in _FOREIGN:
        if data.startswith(magic) and (binary or not magic.isalnum()):
            raise _not_a_spreadsheet(what)
    return _sniff_text(data)


def _not_a_spreadsheet(what: str) -> UnreadableFile:
    return UnreadableFile(
        "not_a_spreadsheet",
        f"This is {what}, not a spreadsheet. Export the inventory as xlsx or csv and send that.",
    )


def encrypted() -> UnreadableFile:
    return UnreadableFile(
        "encrypted",
        "The workbook is protected with a password to open it. Save it without the password and "
        "send it again.",
    )


def _sniff_zip(data: bytes, limits: SafetyLimits) -> Kind:
    archive = open_zip(data, limits)
    names = {plain_name(info) for info in archive.infolist()}
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise encrypted()
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        mimetype = next((info for info in archive.infolist() if info.filename == "mimetype"), None)
        text = b"".join(inflate(data, mimetype)) if mimetype and mimetype.file_size < 200 else b""
        if text and b"spreadsheet" not in text:
            raise _not_a_spreadsheet("an office document")
        manifest = next(
            (info for info in archive.infolist() if info.filename == "META-INF/manifest.xml"), None
        )
        if manifest and any(b"encryption-data" in chunk for chunk in inflate(data, manifest)):
            raise encrypted()
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _not_a_spreadsheet("an office document")
    if "index/document.iwa" in names or "index.zip" in names:
        raise _not_a_spreadsheet("a Numbers document")
    raise _not_a_spreadsheet("a zip archive")


def _sniff_ole(data: bytes) -> Kind:
    container = CompoundFile(data)
    if container.streams("EncryptedPackage"):
        raise encrypted()
    if container.streams("Workbook", "Book"):
        return "xls"
    raise _not_a_spreadsheet("an office document")


def _sniff_text(data: bytes) -> Kind:
    head = data[:_HEAD]
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"} or is_utf16(head)
    start = head.replace(b"\x00", b"").lower() if wide else head.lower()
    start = start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ")
    if _WEB_ARCHIVE.search(start) and b"content-type:" in start:
        raise _not_a_spreadsheet(f"{_WEB_PAGE}, as an archive (MHTML)")
    if _HTML_TAG.match(start) or len(_HTML_CELL.findall(start)) > 1:
        raise _not_a_spreadsheet(_WEB_PAGE)
    if wide:
        return "text"
    if start.startswith((b"<?xml", b"<workbook", b"<!doctype")):
        raise _not_a_spreadsheet("an XML document")
    if start.startswith((b"{", b"[{")):
        raise _not_a_spreadsheet("JSON data")
    zeros = head.count(0)
    damaged = zeros <= len(head) // 3
    controls = sum(head.count(code) for code in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 127))
    if not damaged or controls > len(head) // 50:
        raise UnreadableFile(
            "not_a_spreadsheet",
            "This is a file of unknown type: neither a spreadsheet nor text. Export the inventory "
            "once more, as xlsx, and send that.",
        )
    return "text"


def is_utf16(head: bytes) -> bool:
    """Whether text without a byte order mark has a NUL in every other byte, as UTF-16 has.

    A few NULs are damage, as a full disk leaves it.
    """
    zeros = head.count(0)
    regular = max(head[0::2].count(0), head[1::2].count(0)) == zeros
    return regular and zeros > len(head) // 10


def check_size(data: bytes, limits: SafetyLimits) -> None:
    """Raises UnreadableFile(`too_large`) above `max_bytes`."""
    if len(data) > limits.max_bytes:
        raise too_large(
            f"The file has {len(data) / 2**20:,.0f} MB; at most {limits.max_bytes / 2**20:,.0f} MB "
            "are read. Leave out what is not inventory, or send it in parts."
        )
