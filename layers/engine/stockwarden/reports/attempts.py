"""Analysis attempts: lease, fencing token, and their failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stockwarden.core.errors import StockwardenError
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import ConditionFailed, Operation, write

MAX_ATTEMPTS = 3
# Life of a lease after its last renewal.
LEASE = timedelta(seconds=50)
# The partition of the index `by_due` that holds all unfinished jobs.
WATCHED = "JOB"
# Time in the queue after which the message of a job counts as lost.
PATIENCE = timedelta(minutes=3)
# Every lease is renewed this often, so that three renewals may fail before it ends.
RENEWAL_SECONDS = 15.0
INTERRUPTED = (
    "The analysis was interrupted several times; the file may be too large or too unusual. "
    "Send it in parts."
)
OUT_OF_TIME = (
    "The analysis took longer than it may; the file may be too large or too unusual. "
    "Send it in parts."
)


@dataclass(frozen=True)
class Attempt:
    """A worker's lease on a report's job, valid as long as it is renewed.

    `deadline` is the end of the worker's time; None for an attempt that has ended. `started_at` is
    ISO 8601 in UTC.
    """

    stored: StoredReport
    job_id: str
    number: int
    deadline: datetime | None = None
    started_at: str = ""

    @property
    def report_id(self) -> str:
        return self.stored.id

    @property
    def generation(self) -> str:
        return f"{self.job_id}.{self.number}"


class RetryLater(StockwardenError):
    """The job cannot be finished now, and is to be retried after `seconds`."""

    def __init__(self, seconds: int = 30) -> None:
        super().__init__("The report cannot be finished now.")
        self.seconds = seconds


class LeaseLost(StockwardenError):
    """Another attempt holds the lease, or the job has ended: this worker has nothing left to do."""

    def __init__(self) -> None:
        super().__init__("Another attempt is at work on this report, or was.")


class Stale(StockwardenError):
    """The snapshot that an analysis was compared with has changed: it must be compared again."""


class AttemptsExhausted(StockwardenError):
    """The job's last permitted attempt ended without a result. `detail` is for its sender."""

    def __init__(self, last: Attempt, detail: str) -> None:
        super().__init__(detail)
        self.last = last


def fencing_condition(attempt: Attempt) -> dict[str, Any]:
    """The condition on PROGRESS that only the current attempt meets (its fencing token).

    An abandoned attempt meets it as long as its worker has not renewed the lease since.
    """
    last_seen = attempt.stored.progress if attempt.deadline is None else None
    return {
        "when": "#job_id = :fenced_job AND #attempt = :fenced_attempt"
        + (" AND #lease_until = :seen_lease" if last_seen else ""),
        "fenced_job": attempt.job_id,
        "fenced_attempt": attempt.number,
        **({"seen_lease": last_seen["lease_until"]} if last_seen else {}),
    }


def write_fenced(*operations: Operation) -> None:
    """Raises LeaseLost where the attempt that writes is no longer the current one."""
    try:
        write(*operations)
    except ConditionFailed as error:
        raise LeaseLost from error


def is_open(summary: Item, job_id: str) -> bool:
    """Whether the job is the report's current one and has not ended."""
    unfinished = summary["status"] in {ReportStatus.QUEUED, ReportStatus.ANALYZING}
    return unfinished and summary.get("job_id") == job_id
