"""The files of an import, and their keys in the bucket.

uploads/items/<import id>/<name>    what a person sent
imports/<import id>/<attempt>/…     what an attempt made of it: how it was read, faults, the plan

Each attempt writes keys of its own, so that one which was overtaken replaces nothing that is shown.
They expire by rules of the bucket.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stockwarden.core.cells import write_csv
from stockwarden.core.errors import NotFound
from stockwarden.core.filenames import suffix_of
from stockwarden.core.ids import may_be_id
from stockwarden.imports.fault import Fault
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES, safe_name
from stockwarden.storage.objects import Objects

_UPLOADS = "uploads/items/"
LINK_SECONDS = 900
# An answer of Lambda has six megabytes; beside the faults stand the columns and their samples.
MOST_FAULT_BYTES = 3_500_000
_MOST_VIEW_BYTES = 1_500_000
_GONE = "The files of this import have expired."


def upload_key(import_id: str, filename: str) -> str:
    return f"{_UPLOADS}{import_id}/{safe_name(filename)}{suffix_of(filename)}"


def import_in(key: str) -> str | None:
    """The id of the import that an uploaded file belongs to; None for other files."""
    match key.split("/"):
        case ["uploads", "items", import_id, name] if may_be_id(import_id) and name:
            return import_id
    return None


class ImportFiles:
    def __init__(self, objects: Objects) -> None:
        self.objects = objects

    def read_upload(self, key: str, version_id: str) -> bytes:
        """Raises NotFound, TooLarge."""
        return self.objects.read(key, version_id, max_bytes=MAX_UPLOAD_BYTES)

    def put_view(self, prefix: str, document: dict[str, Any]) -> None:
        """How the file is read: its columns, their mapping, and the questions."""
        body = _json(document)
        if len(body) > _MOST_VIEW_BYTES:
            # Thousands of columns: their samples are left out, and then the rows.
            columns = [{**each, "samples": []} for each in document["columns"]]
            body = _json({**document, "columns": columns, "sample_rows": []})
        self.objects.put(f"{prefix}view.json", body, "application/json")

    def view(self, prefix: str) -> dict[str, Any]:
        view: dict[str, Any] = json.loads(self._read(f"{prefix}view.json", 2 * _MOST_VIEW_BYTES))
        return view

    def put_faults(self, prefix: str, faults: Sequence[Fault]) -> None:
        """All of them as a table, and those that an answer has room for."""
        self.objects.put(f"{prefix}faults.csv", _table(Fault._fields, faults), "text/csv")
        self.objects.put(f"{prefix}faults.json", _first(map(Fault._asdict, faults)), _JSON)

    def faults(self, prefix: str) -> list[dict[str, Any]]:
        """Those that an answer has room for, in the order of the rows."""
        faults: list[dict[str, Any]] = json.loads(
            self._read(f"{prefix}faults.json", 2 * MOST_FAULT_BYTES)
        )
        return faults

    def put_skipped(self, prefix: str, skipped: Iterable[dict[str, Any]]) -> None:
        """Rows that were checked and then not written, and why."""
        listed = list(skipped)
        rows = [(row, each["detail"]) for each in listed for row in each["rows"]]
        table = _table(("row", "detail"), rows)
        self.objects.put(f"{prefix}skipped.csv", table, "text/csv")
        self.objects.put(f"{prefix}skipped.json", _first(listed), _JSON)

    def skipped(self, prefix: str) -> list[dict[str, Any]]:
        skipped: list[dict[str, Any]] = json.loads(
            self._read(f"{prefix}skipped.json", 2 * MOST_FAULT_BYTES)
        )
        return skipped

    def link(self, prefix: str, name: str, filename: str) -> str:
        """A link to a table, which works for 15 minutes."""
        return self.objects.presigned_get(f"{prefix}{name}.csv", filename, LINK_SECONDS)

    def put_plan(self, prefix: str, lines: Iterable[bytes]) -> None:
        body = io.BytesIO(b"".join(lines))
        self.objects.write_stream(f"{prefix}plan.jsonl", body, "application/x-ndjson")

    def plan(self, prefix: str) -> Iterator[bytes]:
        """The lines of a plan. Raises NotFound."""
        return (line for _, line in self.objects.lines(f"{prefix}plan.jsonl", _GONE))

    def remove(self, import_id: str) -> None:
        self.objects.delete_prefix(f"{_UPLOADS}{import_id}/")
        self.objects.delete_prefix(f"imports/{import_id}/")

    def _read(self, key: str, most: int) -> bytes:
        try:
            return self.objects.read(key, max_bytes=most)
        except NotFound as error:
            raise NotFound(_GONE) from error


def attempt_prefix(import_id: str, attempt: int) -> str:
    return f"imports/{import_id}/{attempt:06}/"


_JSON = "application/json"


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _first(documents: Iterable[dict[str, Any]]) -> bytes:
    """As many of them as fit into `MOST_FAULT_BYTES`, as a list."""
    parts, size = list[bytes](), 2
    for document in documents:
        part = _json(document)
        size += len(part) + 1
        if size > MOST_FAULT_BYTES:
            break
        parts.append(part)
    return b"[" + b",".join(parts) + b"]"


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """As CSV; no cell of it is a formula."""
    table = io.BytesIO()
    write_csv(header, rows, table)
    return table.getvalue()
