"""Reads a workbook's properties: created, last saved, and the epoch of its date serials."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.archive import Inflater, open_zip
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.markup import parse_safely

_AT_MOST = 1 << 20
_EPOCH_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^<>]*\bdate1904\s*=\s*["\'](?:1|true|on)["\']')


@dataclass(frozen=True)
class Properties:
    """`created` and `modified` are aware when the file gives a zone (xlsx does), else naive."""

    created: datetime | None = None
    modified: datetime | None = None
    epoch_1904: bool = False


def read_properties(data: bytes, limits: SafetyLimits) -> Properties:
    """Reads an xlsx, xlsb or ods. Missing or damaged properties are None, never an error."""
    entries = {entry.filename: entry for entry in open_zip(data, limits).infolist()}
    inflater = Inflater(data, limits)
    if "meta.xml" in entries:
        created, modified = _moments(
            inflater, entries["meta.xml"], {"creation-date": "created", "date": "modified"}
        )
        return Properties(created, modified)
    created, modified = _moments(
        inflater, entries.get("docProps/core.xml"), {"created": "created", "modified": "modified"}
    )
    book = entries.get("xl/workbook.xml")
    epoch_1904 = bool(book and _EPOCH_1904.search(inflater.read(book, _AT_MOST)))
    return Properties(created, modified, epoch_1904)


def _moments(
    inflater: Inflater, entry: zipfile.ZipInfo | None, tags: Mapping[str, str]
) -> tuple[datetime | None, datetime | None]:
    if entry is None or entry.file_size > _AT_MOST:
        return None, None
    reader = _Reader(tags)
    try:
        parse_safely([inflater.read(entry, _AT_MOST)], reader.start, reader.end, reader.text)
    except UnreadableFile:
        return None, None
    return _moment(reader.texts.get("created")), _moment(reader.texts.get("modified"))


class _Reader:
    """Collects the text of a few elements."""

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._tags = tags
        self._open: str | None = None
        self.texts: dict[str, str] = {}

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._open = self._tags.get(name.rpartition(":")[2])

    def end(self, _name: str) -> None:
        self._open = None

    def text(self, text: str) -> None:
        if self._open:
            self.texts[self._open] = self.texts.get(self._open, "") + text


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    # Nanoseconds, as LibreOffice writes them, are more than datetime reads.
    text = re.sub(r"(\.\d{6})\d+", r"\1", text.strip())
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
