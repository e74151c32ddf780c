"""Writes entries of the audit log as xlsx, csv or jsonl.

In xlsx and csv an entry is a row; a text that looks like a formula is written as text. A line of
jsonl is what the chain is computed from:

    {"document": {…}, "previous_hash": "…", "hash": "…"}
    hash = SHA-256(bytes of previous_hash ‖ canonical JSON of document)

The lines are canonical JSON themselves (RFC 8785: sorted names, no spaces). An entry that is not
sealed yet has no hashes, and no `seq` in its document.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, NamedTuple

from stockwarden.audit.canonical import canonical_json
from stockwarden.audit.chain import document
from stockwarden.audit.entry import read_entry
from stockwarden.exports.audit_model import AuditExportFormat
from stockwarden.exports.cells import csv_value
from stockwarden.exports.workbook_file import WorkbookFile
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.storage.attributes import Item

# Of one file: about 200 MB of jsonl, and a fifth of what a sheet holds.
MOST_ENTRIES = 200_000
CONTENT_TYPES = {
    AuditExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    AuditExportFormat.CSV: "text/csv",
    AuditExportFormat.JSONL: "application/jsonl",
}
_PER_NAMES = 100
_COLUMNS = {
    "At": 26,
    "Scope": 34,
    "Person": 18,
    "Person's id": 34,
    "Action": 26,
    "Object": 40,
    "Changes": 60,
    "Left out": 30,
    "Source": 18,
    "Request": 38,
    "Session or token": 34,
    "Number": 10,
    "Hash": 66,
    "Id": 34,
}


class Written(NamedTuple):
    """How many entries a file has; `truncated` if there were more."""

    entries: int
    truncated: bool


def write_entries(
    form: AuditExportFormat, items: Iterator[Item], directory: UserDirectory, target: IO[bytes]
) -> Written:
    counted = _Counted(items)
    match form:
        case AuditExportFormat.JSONL:
            target.writelines(map(_line, counted))
        case AuditExportFormat.CSV:
            _write_csv(_rows(counted, directory), target)
        case AuditExportFormat.XLSX:
            _write_workbook(_rows(counted, directory), target)
    target.seek(0, 2)
    return Written(counted.count, next(items, None) is not None)


class _Counted:
    """The first `MOST_ENTRIES`, and how many have been taken."""

    def __init__(self, items: Iterator[Item]) -> None:
        self.items = items
        self.count = 0

    def __iter__(self) -> Iterator[Item]:
        for item in islice(self.items, MOST_ENTRIES):
            self.count += 1
            yield item


def _line(item: Item) -> bytes:
    seq = item.get("seq")
    content = document(item, seq)
    if seq is None:
        del content["seq"]
    link = {"previous_hash": item.get("previous_hash"), "hash": item.get("hash")}
    return canonical_json({"document": content, **link}) + b"\n"


def _rows(items: Iterable[Item], directory: UserDirectory) -> Iterator[list[Any]]:
    source = map(read_entry, items)
    while batch := list(islice(source, _PER_NAMES)):
        people = {entry.actor for entry in batch if entry.actor.startswith("usr_")}
        names = directory.names_of(people)
        for entry in batch:
            yield [
                entry.at,
                entry.scope,
                names.get(entry.actor),
                entry.actor,
                entry.action,
                entry.object,
                canonical_json(entry.changes).decode(),
                canonical_json(entry.omitted).decode() if entry.omitted else None,
                entry.source,
                entry.request_id,
                entry.via,
                entry.seq,
                entry.hash or None,
                entry.id,
            ]


def _write_csv(rows: Iterable[list[Any]], target: IO[bytes]) -> None:
    """UTF-8 with a byte order mark, which Excel needs."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([csv_value(value) for value in row])
    text.flush()
    text.detach()


def _write_workbook(rows: Iterable[list[Any]], target: IO[bytes]) -> None:
    with WorkbookFile(target) as book:
        sheet = book.add_sheet("Audit log", _COLUMNS.values())
        sheet.append_header(_COLUMNS)
        for row in rows:
            sheet.append(row)
        sheet.filter_from(1, len(_COLUMNS))
