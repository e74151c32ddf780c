"""The log of what ran: one entry for each analysis, export and removal that has ended.

An entry is written in the transaction that ends its run, so that it is there exactly when the
outcome is. It costs 2 write units, and 1 in the index of all entries. People are opaque ids.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stockwarden.core.clock import Clock, iso
from stockwarden.core.ids import derived_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import operations as keys
from stockwarden.storage.tables import Operation, Table


class RunKind(StrEnum):
    ANALYSIS = "analysis"
    EXPORT = "export"
    REMOVAL = "removal"


class RunOutcome(StrEnum):
    """`abandoned`: every attempt that it may have was interrupted."""

    READY = "ready"
    NEEDS_MAPPING = "needs_mapping"
    FAILED = "failed"
    ABANDONED = "abandoned"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """What ran on a report, and how it ended.

    `run_id` is the same for a repetition of the same run. `owner_id` is that of the report, for one
    in no warehouse; `by` is who sent the file, asked for the export or deleted the report.
    `started_at` is ISO 8601 in UTC. `rows` and `anomalies` are None where they are not known.
    """

    kind: RunKind
    run_id: str
    report_id: str
    report_name: str
    filename: str
    warehouse_id: str | None
    owner_id: str
    by: str
    started_at: str
    outcome: RunOutcome
    attempt: int
    reason: str | None = None
    rows: int | None = None
    anomalies: int | None = None

    @property
    def place(self) -> KeyRange:
        if self.warehouse_id:
            return keys.warehouse_logs(self.warehouse_id)
        return keys.personal_logs(self.owner_id)


class ReportLog:
    def __init__(self, table: Table, clock: Clock, days: int) -> None:
        self.table = table
        self.clock = clock
        self.kept = timedelta(days=days)

    def entry(self, run: Run) -> Operation:
        """The operation that puts the entry of a run that ends now."""
        now = self.clock()
        entry_id = derived_id("log", run.kind, run.report_id, run.run_id, str(run.attempt))
        facts = {name: value for name, value in asdict(run).items() if value is not None}
        del facts["run_id"], facts["owner_id"]
        item: Item = {
            **keys.log_entry(run.place, iso(now), entry_id),
            **facts,
            "id": entry_id,
            "ended_at": iso(now),
            "milliseconds": _milliseconds(run.started_at, now),
            "expires_at_epoch": int((now + self.kept).timestamp()),
        }
        return self.table.put(item)


def _milliseconds(started_at: str, ended: datetime) -> int:
    elapsed = ended - datetime.fromisoformat(started_at)
    return max(0, round(elapsed.total_seconds() * 1000))
