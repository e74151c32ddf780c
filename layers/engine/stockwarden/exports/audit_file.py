"""Writes entries of the audit log as xlsx, csv or jsonl.

In xlsx and csv an entry is a row; a text that looks like a formula is written as text. A line of
jsonl is what the chain is computed from:

    {"document": {…}, "previous_hash": "…", "hash": "…"}
    hash = SHA-256(bytes of previous_hash ‖ canonical JSON of document)

The lines are canonical JSON themselves (RFC 8785: sorted names, no spaces). An entry that is not
sealed yet has no hashes, and no `seq` in its document.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any

from stockwarden.audit.canonical import canonical_json
from stockwarden.audit.chain import document
from stockwarden.audit.entry import read_entry
from stockwarden.audit.repository import AuditRepository
from stockwarden.exports.audit_model import AuditExportFormat
from stockwarden.exports.audit_service import filter_of
from stockwarden.exports.exported_file import TableFormat
from stockwarden.exports.table_file import CountedRows, write_table
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.storage.attributes import Item

# Of one file: about 200 MB of jsonl, and a fifth of what a sheet holds.
MOST_ENTRIES = 200_000
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


class AuditLogWriter:
    """Writes what an export of the audit log ordered."""

    def __init__(self, audit: AuditRepository, directory: UserDirectory) -> None:
        self.audit = audit
        self.directory = directory

    def filename(self, export: Item) -> str:
        return f"audit log {export['created_at'][:10]}.{export['format']}"

    def write(self, export: Item, target: IO[bytes]) -> Mapping[str, Any]:
        """How many entries the file has, and whether there were more."""
        stored = export["filters"]
        items = self.audit.every(stored["kind"], stored["value"], filter_of(stored))
        entries = CountedRows(items, MOST_ENTRIES)
        form = AuditExportFormat(export["format"])
        if form is AuditExportFormat.JSONL:
            target.writelines(map(_line, entries))
        else:
            rows = _rows(entries, self.directory)
            write_table(TableFormat(form), "Audit log", _COLUMNS, rows, target)
        target.seek(0, 2)
        return {"entries": entries.count, "truncated": entries.were_more()}


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
