"""State transitions of a report's job, as conditional writes: a late or repeated one has no effect.

A *job* is one requested analysis; `SUMMARY.job_id` names the current one. An *attempt* is one
execution of it, fenced by its number: an attempt that lost its lease can no longer write. While an
attempt holds the lease no other begins. The lease is short, and renewed while the attempt works;
when it ends, `recovery.py` restarts the job. After three attempts, or one that used up all the time
a worker has, the job fails.

Until it ends, a job is *watched*: its PROGRESS is in the index `by_due` under the moment at which
`recovery.py` must check it.

    awaiting_upload ─queue→ queued ─claim→ analyzing ─show→ ready
           needs_mapping, ready, failed ─queue→ queued      ├─ask→ needs_mapping
                                                            └─fail→ failed, or ready as before

`job_endings.py` has the last three.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.reports.attempts import (
    INTERRUPTED,
    LEASE,
    MAX_ATTEMPTS,
    OUT_OF_TIME,
    PATIENCE,
    WATCHED,
    Attempt,
    AttemptsExhausted,
    LeaseLost,
    fencing_condition,
    is_open,
    write_fenced,
)
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.report_updates import ReportUpdates
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.clients import reachable
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write


class JobRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock
        self._updates = ReportUpdates(table, clock)

    def queue(
        self,
        stored: StoredReport,
        job_id: str,
        sender: str,
        *operations: Operation,
        source: Mapping[str, Any] | None = None,
        name: str | None = None,
    ) -> None:
        """Queues a new job of `sender`, the username, with its changes to SOURCE; None removes a
        value. With a `name` the report is also renamed; `operations` are part of the transaction.

        Raises ConditionFailed when the report has changed since `stored` was read.
        """
        progress = {
            **keys.progress(stored.id),
            "job_id": job_id,
            "sender": sender,
            "attempt": 0,
            "lease_until": "",
            "stage": "queued",
            "percent": 0,
            "rows": 0,
            "watched": WATCHED,
            "due": iso(self.clock() + PATIENCE),
        }
        write(
            self._updates.transition(stored, ReportStatus.QUEUED, job_id=job_id, name=name),
            self._updates.change_source(stored.id, source or {}),
            self.table.put(progress),
            *operations,
        )

    def unqueue(self, stored: StoredReport, job_id: str, *operations: Operation) -> None:
        """Undoes `queue`, unless the job has begun."""
        previous = stored.summary
        changes = {name: previous.get(name) for name in ("status", "reason", "asks", "report_name")}
        summary_restored = self._updates.set_summary(
            stored.id,
            {**changes, "job_id": previous.get("job_id")},
            when="#job_id = :job AND #status = :queued",
            job=job_id,
            queued=str(ReportStatus.QUEUED),
        )
        progress = keys.progress(stored.id)
        progress_restored = self.table.put(stored.progress) if stored.progress else None
        try:
            write(
                summary_restored,
                self.table.put(stored.source),
                progress_restored or self.table.delete(progress),
                *operations,
            )
        except ConditionFailed:
            return

    def claim(self, stored: StoredReport, job_id: str, seconds: float) -> Attempt | None:
        """Acquires the lease of the job, for a worker that has `seconds` left; None if the job has
        ended or was replaced.

        Raises LeaseLost while another attempt holds it, AttemptsExhausted when it must be failed.
        """
        progress, now = stored.progress, self.clock()
        if progress is None or not is_open(stored.summary, job_id):
            return None
        if progress["lease_until"] > iso(now):
            raise LeaseLost
        # An attempt of an earlier release began when the report came to be analyzed.
        began = progress.get("started_at") or stored.summary["updated_at"]
        last_attempt = Attempt(stored, job_id, progress["attempt"], started_at=began)
        if progress.get("out_of_time"):
            raise AttemptsExhausted(last_attempt, OUT_OF_TIME)
        if last_attempt.number >= MAX_ATTEMPTS:
            raise AttemptsExhausted(last_attempt, INTERRUPTED)
        deadline = now + timedelta(seconds=seconds)
        attempt = Attempt(stored, job_id, last_attempt.number + 1, deadline, iso(now))
        claimed = self.table.update(
            keys.progress(stored.id),
            "SET #attempt = :next, #lease_until = :until, #due = :until, #watched = :watched,"
            " #stage = :stage, #percent = :zero, #rows = :zero, #started_at = :now",
            # A slow holder may have renewed the lease since it was read.
            when="#job_id = :job AND #attempt = :before AND #lease_until = :ended",
            next=attempt.number,
            now=attempt.started_at,
            until=iso(now + LEASE),
            watched=WATCHED,
            stage="reading",
            zero=0,
            job=job_id,
            before=last_attempt.number,
            ended=progress["lease_until"],
        )
        write_fenced(
            self._updates.transition(stored, ReportStatus.ANALYZING, job_id=job_id), claimed
        )
        return attempt

    def renew(self, attempt: Attempt) -> None:
        """Extends the lease. Raises LeaseLost, and Unavailable where the table does not answer."""
        out_of_time = attempt.deadline is not None and self.clock() + LEASE >= attempt.deadline
        with reachable("The database"):
            self._renew_with(attempt, "#out_of_time = :late", late=out_of_time)

    def report_progress(self, attempt: Attempt, stage: str, percent: int, rows: int = 0) -> None:
        """Writes the progress and renews the lease. Raises LeaseLost when the attempt is no longer
        the current one."""
        changes = "#stage = :stage, #percent = :percent, #rows = :rows"
        self._renew_with(attempt, changes, stage=stage, percent=percent, rows=rows)

    def release(self, attempt: Attempt) -> None:
        """Releases the lease of an attempt that has crashed, so that the next may begin.

        The queue delivers the message again; should it not, the job is restarted at `due`.
        """
        due = iso(self.clock() + LEASE)
        change = "SET #lease_until = :over, #due = :due"
        progress = keys.progress(attempt.report_id)
        write_fenced(
            self.table.update(progress, change, over="", due=due, **fencing_condition(attempt))
        )

    def _renew_with(self, attempt: Attempt, changes: str, **values: Any) -> None:
        """Renews the lease of an attempt that has not ended, and changes its progress."""
        fenced = fencing_condition(attempt)
        fenced["when"] += " AND #lease_until > :ended"
        renewed = self.table.update(
            keys.progress(attempt.report_id),
            f"SET {changes}, #lease_until = :until, #due = :until",
            until=iso(self.clock() + LEASE),
            ended="",
            **values,
            **fenced,
        )
        write_fenced(renewed)
