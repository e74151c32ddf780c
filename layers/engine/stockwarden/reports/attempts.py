"""A try at an analysis: the right to write, and what can come in its way."""

from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import StockwardenError
from stockwarden.reports.repository import Stored
from stockwarden.storage.tables import ConditionFailed, Operation, write

MAX_ATTEMPTS = 3
INTERRUPTED = (
    "The analysis was interrupted several times; the file may be too large or too unusual. "
    "Try it in parts, or as csv."
)


@dataclass(frozen=True)
class Attempt:
    """The right to work on a report until the lease ends."""

    stored: Stored
    job_id: str
    number: int

    @property
    def report_id(self) -> str:
        return self.stored.id

    @property
    def generation(self) -> str:
        return f"{self.job_id}.{self.number}"


class Busy(StockwardenError):
    """Another attempt is at work on the report, or took over. To be tried after `seconds`."""

    def __init__(self, seconds: int = 30) -> None:
        super().__init__("Another attempt is at work on this report.")
        self.seconds = seconds


class Outdated(StockwardenError):
    """What an analysis was compared with has changed meanwhile: to be compared again."""


class Exhausted(StockwardenError):
    """The last attempt that a job may have was interrupted too."""

    def __init__(self, last: Attempt) -> None:
        super().__init__(INTERRUPTED)
        self.last = last


def fence(attempt: Attempt) -> dict[str, Any]:
    """The condition on PROGRESS that only the current attempt meets."""
    return {
        "when": "#job_id = :fenced_job AND #attempt = :fenced_attempt",
        "fenced_job": attempt.job_id,
        "fenced_attempt": attempt.number,
    }


def write_fenced(*operations: Operation) -> None:
    """Raises Busy where the attempt that writes is no longer the current one."""
    try:
        write(*operations)
    except ConditionFailed as failed:
        raise Busy from failed
