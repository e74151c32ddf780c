"""The ends of a report's job: shown, waiting for an answer, or failed. See `jobs.py`.

Each is one transaction, which only the current attempt can make, with its entry in the report log.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.operations.report_log import RunOutcome
from stockwarden.reports.attempts import Attempt, LeaseLost, RetryLater, Stale, fencing_condition
from stockwarden.reports.logged import RunEntries
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.owner_checks import destination_check, has_other_owner
from stockwarden.reports.report_updates import ReportUpdates
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write


class JobEndings:
    """`runs` gives the log entries."""

    def __init__(self, table: Table, clock: Clock, runs: RunEntries) -> None:
        self.table = table
        self.clock = clock
        self.runs = runs
        self._updates = ReportUpdates(table, clock)

    def ask(self, attempt: Attempt, reason: str, kinds: Sequence[str]) -> None:
        """Ends the job in `needs_mapping`, for a person to answer questions of these kinds. Raises
        LeaseLost, as `JobRepository.report_progress` does."""
        changes = {
            "status": str(ReportStatus.NEEDS_MAPPING),
            "reason": reason,
            "asks": list(dict.fromkeys(kinds)),
        }
        self._end(attempt, changes, "mapping", 25, outcome=RunOutcome.NEEDS_MAPPING, reason=reason)

    def show(
        self,
        attempt: Attempt,
        detail: Mapping[str, Any],
        count: int,
        rows: int,
        *operations: Operation,
        comparison_operations: Sequence[Operation] = (),
    ) -> None:
        """Makes the report ready, with the attempt's generation, in its destined warehouse.

        Raises LeaseLost, as `JobRepository.report_progress` does; RetryLater where a condition of
        `operations` fails or the owner has changed; Stale where only one of `comparison_operations`
        does."""
        changes = {
            "status": str(ReportStatus.READY),
            "reason": None,
            "generation": attempt.generation,
            "anomaly_count": count,
            "as_of": detail["as_of"],
            "scope": detail.get("scope"),
        }
        stored = [self.table.put({**keys.detail(attempt.report_id), **detail})]
        summary, departing = attempt.stored.summary, attempt.stored.departing
        if departing:
            names = ("warehouse_id", "username", "owner")
            changes |= {name: summary.get(name) for name in names}
            stored.append(self._updates.change_source(attempt.report_id, {"move": None}))
            stored += destination_check(self.table, summary)
        self._end(
            attempt,
            changes,
            "done",
            100,
            *stored,
            *operations,
            comparison_operations=comparison_operations,
            outcome=RunOutcome.READY,
            rows=rows,
            owner=(departing or summary)["username"],
            anomalies=count,
        )

    def fail(self, attempt: Attempt, reason: str) -> None:
        """Ends the job as failed; a previous analysis stays, with a note. Raises LeaseLost."""
        if attempt.stored.summary.get("generation"):
            note = f"The new analysis failed, this is the one before: {reason}"
            changes = {"status": str(ReportStatus.READY), "reason": note}
        else:
            changes = {"status": str(ReportStatus.FAILED), "reason": reason}
        is_abandoned = attempt.deadline is None
        outcome = RunOutcome.ABANDONED if is_abandoned else RunOutcome.FAILED
        self._end(attempt, changes, "done", 100, outcome=outcome, reason=reason)

    def _end(
        self,
        attempt: Attempt,
        changes: dict[str, Any],
        stage: str,
        percent: int,
        *operations: Operation,
        outcome: RunOutcome,
        comparison_operations: Sequence[Operation] = (),
        owner: str | None = None,
        rows: int | None = None,
        anomalies: int | None = None,
        reason: str | None = None,
    ) -> None:
        """With `owner` only if the report is still theirs."""
        progress_updated = self.table.update(
            keys.progress(attempt.report_id),
            "SET #stage = :stage, #percent = :percent, #rows = :rows, #lease_until = :over"
            ", #ended_at = :ended, #outcome = :outcome"
            " REMOVE #watched, #due, #out_of_time, #sender",
            stage=stage,
            percent=percent,
            rows=rows or 0,
            over="",
            ended=iso(self.clock()),
            outcome=str(outcome),
            **fencing_condition(attempt),
        )
        summary_updated = self._updates.set_summary(
            attempt.report_id,
            changes,
            when="#job_id = :job AND (#status = :analyzing OR #status = :queued)"
            + (" AND #username = :read_owner" if owner else ""),
            **({"read_owner": owner} if owner else {}),
            job=attempt.job_id,
            analyzing=str(ReportStatus.ANALYZING),
            queued=str(ReportStatus.QUEUED),
        )
        job_operations = [summary_updated, progress_updated]
        entry = self.runs.analysis(attempt, outcome, reason=reason, rows=rows, anomalies=anomalies)
        try:
            write(*job_operations, *operations, *comparison_operations, entry)
        except ConditionFailed as error:
            failed_position = min(error.failed)
            if failed_position < len(job_operations):
                if owner and has_other_owner(self.table, attempt, owner):
                    raise RetryLater from error
                raise LeaseLost from error
            if failed_position < len(job_operations) + len(operations):
                raise RetryLater from error
            raise Stale("The warehouse has changed meanwhile.") from error
