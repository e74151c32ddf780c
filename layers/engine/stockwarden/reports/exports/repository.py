"""Exports in the reports table, in a partition of their own beside the report's.

EXPORTS#<report id>  <export id>   format, filters, status, attempt; the file once it is there

They go by themselves (`expires_at_epoch` is the table's TTL), as the files do by the bucket's
lifecycle rule for exports/.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.ids import may_be_id, new_id
from stockwarden.reports.exports.model import ExportFilter, ExportFormat
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import ConditionFailed, Table, write

KEPT = timedelta(days=7)
_UNFINISHED = "#status = :queued OR #status = :writing"


class ExportRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def add(self, report_id: str, form: ExportFormat, filters: ExportFilter, username: str) -> Item:
        now = self.clock()
        expires = now + KEPT
        export_id = new_id("exp")
        item: Item = {
            **_key(report_id, export_id),
            "id": export_id,
            "report_id": report_id,
            "username": username,
            "format": str(form),
            "filters": filters.model_dump(mode="json", exclude_none=True),
            "status": "queued",
            "attempt": 0,
            "created_at": iso(now),
            "updated_at": iso(now),
            "expires_at": iso(expires),
            "expires_at_epoch": int(expires.timestamp()),
        }
        write(self.table.put(item))
        return item

    def find(self, report_id: str, export_id: str) -> Item | None:
        """None also for one that has expired."""
        known = may_be_id(export_id)
        item = self.table.get(_key(report_id, export_id), consistent=True) if known else None
        return item if item and item["expires_at"] > iso(self.clock()) else None

    def begin(self, report_id: str, export_id: str) -> Item | None:
        """The export with one attempt more; None if it is finished, or is no more."""
        return self._change(report_id, export_id, {"status": "writing"}, attempts=1)

    def finish(self, report_id: str, export_id: str, outcome: Mapping[str, Any]) -> bool:
        """False if somebody else has finished it, or it was removed meanwhile."""
        return self._change(report_id, export_id, outcome) is not None

    def remove(self, report_id: str, export_id: str) -> None:
        write(self.table.delete(_key(report_id, export_id)))

    def remove_all(self, report_id: str) -> None:
        items = self.table.query_all("#pk = :pk", pk=_partition(report_id))
        self.table.delete_all({"pk": item["pk"], "sk": item["sk"]} for item in items)

    def _change(
        self, report_id: str, export_id: str, changes: Mapping[str, Any], attempts: int = 0
    ) -> Item | None:
        given = {**changes, "updated_at": iso(self.clock())}
        assignments = ", ".join(f"#{name} = :new_{name}" for name in given)
        change = self.table.update(
            _key(report_id, export_id),
            f"SET {assignments}, #attempt = #attempt + :attempts",
            when=_UNFINISHED,
            queued="queued",
            writing="writing",
            attempts=attempts,
            **{f"new_{name}": value for name, value in given.items()},
        )
        try:
            return write(change, returning=True)
        except ConditionFailed:
            return None


def _partition(report_id: str) -> str:
    return f"EXPORTS#{report_id}"


def _key(report_id: str, export_id: str) -> Item:
    return {"pk": _partition(report_id), "sk": export_id}
