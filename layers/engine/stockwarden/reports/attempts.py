"""A try at an analysis: the right to write, and what can come in its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stockwarden.core.errors import StockwardenError
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import ConditionFailed, Operation, write

MAX_ATTEMPTS = 3
# How long a worker may be silent before another one takes its job.
LEASE = timedelta(seconds=50)
# The partition of the index `by_due` with all that is unfinished.
WATCHED = "JOB"
# How long the message of a job may wait in the queue before it may be lost.
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
    """The right to work on a report, as long as the lease is renewed.

    `deadline` is when the worker's own time is up; None for one that is not at work any more.
    """

    stored: StoredReport
    job_id: str
    number: int
    deadline: datetime | None = None

    @property
    def report_id(self) -> str:
        return self.stored.id

    @property
    def generation(self) -> str:
        return f"{self.job_id}.{self.number}"


class RetryLater(StockwardenError):
    """The job cannot be finished now. To be tried again after `seconds`."""

    def __init__(self, seconds: int = 30) -> None:
        super().__init__("The report cannot be finished now.")
        self.seconds = seconds


class LeaseLost(StockwardenError):
    """Another attempt holds the lease, or the job has ended. Nothing is left to do here."""

    def __init__(self) -> None:
        super().__init__("Another attempt is at work on this report, or was.")


class Stale(StockwardenError):
    """What an analysis was compared with has changed meanwhile: to be compared again."""


class AttemptsExhausted(StockwardenError):
    """The last attempt that a job may have ended without a result. `detail` tells its sender."""

    def __init__(self, last: Attempt, detail: str) -> None:
        super().__init__(detail)
        self.last = last


def fencing_condition(attempt: Attempt) -> dict[str, Any]:
    """The condition on PROGRESS that only the current attempt meets.

    One that was given up meets it as long as nothing was heard of its worker since.
    """
    seen = attempt.stored.progress if attempt.deadline is None else None
    return {
        "when": "#job_id = :fenced_job AND #attempt = :fenced_attempt"
        + (" AND #lease_until = :seen_lease" if seen else ""),
        "fenced_job": attempt.job_id,
        "fenced_attempt": attempt.number,
        **({"seen_lease": seen["lease_until"]} if seen else {}),
    }


def write_fenced(*operations: Operation) -> None:
    """Raises Overtaken where the attempt that writes is no longer the current one."""
    try:
        write(*operations)
    except ConditionFailed as failed:
        raise LeaseLost from failed


def is_open(summary: Item, job_id: str) -> bool:
    """Whether it is the report's current job, and has not ended."""
    unfinished = summary["status"] in {ReportStatus.QUEUED, ReportStatus.ANALYZING}
    return unfinished and summary.get("job_id") == job_id
