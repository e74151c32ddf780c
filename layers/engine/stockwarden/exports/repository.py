"""Repository of exports in the reports table, in a partition per report beside the report's own.

Those of other lists are in the partitions of `AUDIT_LOG` and `CATALOG`, which are ids of no report.

An export has format, filters, status, attempt and lease, and its file's facts once it is ready;
until then it is in `by_due`. It is leased and watched like an analysis (`reports/jobs.py`). It
expires by the table's TTL (`expires_at_epoch`), and its file by the bucket's lifecycle rule.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.ids import may_be_id
from stockwarden.operations.report_log import RunOutcome
from stockwarden.reports.attempts import LEASE, PATIENCE, WATCHED, write_fenced
from stockwarden.reports.logged import RunEntries
from stockwarden.storage.attributes import Item
from stockwarden.storage.clients import reachable
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

KEPT = timedelta(days=7)
AUDIT_LOG, CATALOG = "audit_log", "catalog"
_UNFINISHED = "#status = :queued OR #status = :writing"


class ExportRepository:
    def __init__(self, table: Table, clock: Clock, runs: RunEntries) -> None:
        self.table = table
        self.clock = clock
        self.runs = runs

    def add(
        self,
        report_id: str,
        export_id: str,
        form: str,
        filters: Mapping[str, Any],
        username: str,
        *,
        about: Mapping[str, Any] | None = None,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """`about` is what the report log says of the export's report; None for one without."""
        now = self.clock()
        expires = now + KEPT
        item: Item = {
            **keys.export(report_id, export_id),
            "id": export_id,
            "report_id": report_id,
            "username": username,
            **({"about": about} if about else {}),
            "format": form,
            "filters": dict(filters),
            "status": "queued",
            "attempt": 0,
            "lease_until": "",
            "watched": WATCHED,
            "due": iso(now + PATIENCE),
            "created_at": iso(now),
            "updated_at": iso(now),
            "expires_at": iso(expires),
            "expires_at_epoch": int(expires.timestamp()),
        }
        write(self.table.put(item), *beside)
        return item

    def find(self, report_id: str, export_id: str) -> Item | None:
        """None also for an expired export."""
        is_id = may_be_id(export_id)
        item = self.table.get(keys.export(report_id, export_id), consistent=True) if is_id else None
        return item if item and item["expires_at"] > iso(self.clock()) else None

    def begin(self, report_id: str, export_id: str) -> Item | None:
        """Begins another attempt: returns the leased export; None if it is finished or removed, or
        another attempt holds its lease."""
        now = self.clock()
        change = self.table.update(
            keys.export(report_id, export_id),
            "SET #status = :writing, #updated_at = :now, #attempt = #attempt + :one,"
            " #lease_until = :until, #due = :until",
            when=f"({_UNFINISHED}) AND (attribute_not_exists(#lease_until)"
            " OR #lease_until <= :now)",
            queued="queued",
            writing="writing",
            one=1,
            now=iso(now),
            until=iso(now + LEASE),
        )
        return self._write_if_current(change)

    def renew(self, export: Item) -> None:
        """Extends the lease. Raises LeaseLost, and Unavailable."""
        until = iso(self.clock() + LEASE)
        with reachable("The database"):
            write_fenced(self._lease(export, until=until, due=until))

    def release(self, export: Item) -> None:
        """Releases the lease, so that the next attempt may begin. Raises LeaseLost."""
        write_fenced(self._lease(export, until="", due=iso(self.clock() + LEASE)))

    def finish(self, export: Item, ended: RunOutcome, outcome: Mapping[str, Any]) -> bool:
        """Ends the export with an outcome, and logs it; False if another attempt holds or finished
        it, or it was removed meanwhile."""
        attributes = {**outcome, "updated_at": iso(self.clock()), "lease_until": ""}
        assignments = ", ".join(f"#{name} = :new_{name}" for name in attributes)
        change = self.table.update(
            keys.export(export["report_id"], export["id"]),
            f"SET {assignments} REMOVE #watched, #due",
            **_fence(export),
            **{f"new_{name}": value for name, value in attributes.items()},
        )
        try:
            write(change, *self.runs.export(export, ended, outcome))
        except ConditionFailed:
            return False
        return True

    def remove(self, report_id: str, export_id: str, *, beside: Sequence[Operation] = ()) -> None:
        write(self.table.delete(keys.export(report_id, export_id)), *beside)

    def remove_all(self, report_id: str) -> None:
        exports = keys.exports(report_id)
        items = self.table.query_all(exports)
        self.table.delete_all(key_of(item) for item in items)

    def _lease(self, export: Item, *, until: str, due: str) -> Operation:
        return self.table.update(
            keys.export(export["report_id"], export["id"]),
            "SET #lease_until = :until, #due = :due",
            until=until,
            due=due,
            **_fence(export),
        )

    def _write_if_current(self, change: Operation) -> Item | None:
        try:
            return write(change, returning=True)
        except ConditionFailed:
            return None


def is_unfinished(export: Item) -> bool:
    return export["status"] in {"queued", "writing"}


def _fence(export: Item) -> dict[str, Any]:
    """The fencing condition, which only the current attempt meets, until the export has ended."""
    return {
        "when": f"({_UNFINISHED}) AND #attempt = :fenced",
        "queued": "queued",
        "writing": "writing",
        "fenced": export["attempt"],
    }
