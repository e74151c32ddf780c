"""Tells which sheet of a workbook a part holds, and so the hidden rows of a sheet."""

import posixpath
import zipfile
from collections.abc import Mapping, Sequence

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.archive import Inflater, open_zip
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.markup import local, parse_safely

_AT_MOST = 1 << 20
_ZIP = b"PK\x03\x04"


def hidden_rows_by_sheet(
    data: bytes, limits: SafetyLimits, hidden: Mapping[str, list[int]], sheets: Sequence[str]
) -> Mapping[str, list[int]]:
    """{sheet: its hidden rows}, of `hidden` by part or sheet.

    An xlsb does not name its parts like that: its hidden rows are known if it has one sheet.
    """
    if not hidden:
        return {}
    if len(sheets) == 1:
        return {sheets[0]: next(iter(hidden.values()))}
    names = _part_names(data, limits)
    return {names.get(part, part): rows for part, rows in hidden.items()}


def _part_names(data: bytes, limits: SafetyLimits) -> dict[str, str]:
    """{part in lower case: name of its sheet}; empty where the file has no such list."""
    if not data.startswith(_ZIP):
        return {}
    entries = {entry.filename: entry for entry in open_zip(data, limits).infolist()}
    inflater = Inflater(data, limits)
    names = _attributes(inflater, entries.get("xl/workbook.xml"), "sheet", "id", "name")
    parts = _attributes(
        inflater, entries.get("xl/_rels/workbook.xml.rels"), "Relationship", "Id", "Target"
    )
    return {
        posixpath.normpath(posixpath.join("/xl", parts[key])).lstrip("/").lower(): name
        for key, name in names.items()
        if key in parts
    }


def _attributes(
    inflater: Inflater, entry: zipfile.ZipInfo | None, tag: str, key: str, value: str
) -> dict[str, str]:
    """{attribute `key`: attribute `value`} of the elements called `tag`."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == tag:
            plain = {local(attribute): text for attribute, text in attributes.items()}
            if key in plain and value in plain:
                found[plain[key]] = plain[value]

    if entry is not None and entry.file_size <= _AT_MOST:
        try:
            parse_safely([inflater.read(entry, _AT_MOST)], start)
        except UnreadableFile:
            return {}
    return found
