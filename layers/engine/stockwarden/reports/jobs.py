"""The states of a report as conditional writes: whoever comes late or twice changes nothing.

A *job* is one analysis that was asked for; `SUMMARY.job_id` names the current one. An *attempt* is
one try at it, fenced by its number: a try that was given up for dead can write no more. While an
attempt holds the lease no other begins. The lease is short, and renewed while the attempt is at
work; when it ends, `recovery.py` has the job taken up again. After three attempts, or one that
used up all the time a worker has, the job fails.

Until it ends, a job is *watched*: its PROGRESS stands in the index `by_due` under the moment at
which somebody must look after it.

    awaiting_upload ─queue→ queued ─claim→ analyzing ─show→ ready
           needs_mapping, ready, failed ─queue→ queued      ├─ask→ needs_mapping
                                                            └─fail→ failed, or ready as before
"""

from collections.abc import Mapping, Sequence
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
    RetryLater,
    Stale,
    fencing_condition,
    is_open,
    write_fenced,
)
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import StoredReport
from stockwarden.storage.clients import reachable
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

MAX_REASON = 500


class JobRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def queue(
        self,
        stored: StoredReport,
        job_id: str,
        *others: Operation,
        source: Mapping[str, Any] | None = None,
        name: str | None = None,
    ) -> None:
        """A new job, with the changes to SOURCE that it is for; None removes a value. With a
        `name` the report is also renamed.

        Raises ConditionFailed when the report is no longer as `stored` shows it.
        """
        write(
            self._move(stored, ReportStatus.QUEUED, job_id=job_id, name=name),
            self._change_source(stored.id, source or {}),
            self.table.put(
                {
                    **keys.progress(stored.id),
                    "job_id": job_id,
                    "attempt": 0,
                    "lease_until": "",
                    "stage": "queued",
                    "percent": 0,
                    "rows": 0,
                    "watched": WATCHED,
                    "due": iso(self.clock() + PATIENCE),
                }
            ),
            *others,
        )

    def unqueue(self, stored: StoredReport, job_id: str) -> None:
        """Undo `queue`, unless the job has begun all the same."""
        old = stored.summary
        changes = {name: old.get(name) for name in ("status", "reason", "asks", "report_name")}
        undo = self._set_summary(
            stored.id,
            {**changes, "job_id": old.get("job_id")},
            when="#job_id = :job AND #status = :queued",
            job=job_id,
            queued=str(ReportStatus.QUEUED),
        )
        progress = keys.progress(stored.id)
        before = self.table.put(stored.progress) if stored.progress else None
        try:
            write(undo, self.table.put(stored.source), before or self.table.delete(progress))
        except ConditionFailed:
            return

    def claim(self, stored: StoredReport, job_id: str, seconds: float) -> Attempt | None:
        """Take the job, for a worker that has `seconds` left; None if it is done or replaced.

        Raises Overtaken while another attempt holds it, Exhausted when it is to be failed.
        """
        progress, now = stored.progress, self.clock()
        if progress is None or not is_open(stored.summary, job_id):
            return None
        if progress["lease_until"] > iso(now):
            raise LeaseLost
        last = Attempt(stored, job_id, progress["attempt"])
        if progress.get("out_of_time"):
            raise AttemptsExhausted(last, OUT_OF_TIME)
        if last.number >= MAX_ATTEMPTS:
            raise AttemptsExhausted(last, INTERRUPTED)
        attempt = Attempt(stored, job_id, last.number + 1, now + timedelta(seconds=seconds))
        taken = self.table.update(
            keys.progress(stored.id),
            "SET #attempt = :next, #lease_until = :until, #due = :until, #watched = :watched,"
            " #stage = :stage, #percent = :zero, #rows = :zero",
            # Its holder may have been slow, and have renewed it since it was read.
            when="#job_id = :job AND #attempt = :before AND #lease_until = :ended",
            next=attempt.number,
            until=iso(now + LEASE),
            watched=WATCHED,
            stage="reading",
            zero=0,
            job=job_id,
            before=last.number,
            ended=progress["lease_until"],
        )
        write_fenced(self._move(stored, ReportStatus.ANALYZING, job_id=job_id), taken)
        return attempt

    def renew(self, attempt: Attempt) -> None:
        """Prolong the lease. Raises Overtaken, and Unavailable where the table does not answer."""
        late = attempt.deadline is not None and self.clock() + LEASE >= attempt.deadline
        with reachable("The database"):
            self._work(attempt, "#out_of_time = :late", late=late)

    def progress(self, attempt: Attempt, stage: str, percent: int, rows: int = 0) -> None:
        """Renews the lease too. Raises Overtaken when the attempt is no longer the current one."""
        changes = "#stage = :stage, #percent = :percent, #rows = :rows"
        self._work(attempt, changes, stage=stage, percent=percent, rows=rows)

    def release(self, attempt: Attempt) -> None:
        """Give up the lease of an attempt that has crashed, so that the next may begin.

        Its message comes again by itself; should it not, `due` is when to look after the job.
        """
        due = iso(self.clock() + LEASE)
        change = "SET #lease_until = :over, #due = :due"
        progress = keys.progress(attempt.report_id)
        write_fenced(
            self.table.update(progress, change, over="", due=due, **fencing_condition(attempt))
        )

    def _work(self, attempt: Attempt, changes: str, **values: Any) -> None:
        """Renew the lease of an attempt that has not ended, and change its progress."""
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

    def ask(self, attempt: Attempt, reason: str, kinds: Sequence[str]) -> None:
        """Wait in `needs_mapping` for a person's answer to questions of these kinds. Raises
        Overtaken, as `progress` does."""
        changes = {
            "status": str(ReportStatus.NEEDS_MAPPING),
            "reason": reason,
            "asks": list(dict.fromkeys(kinds)),
        }
        self._end(attempt, changes, "mapping", 25)

    def show(
        self,
        attempt: Attempt,
        detail: Mapping[str, Any],
        count: int,
        rows: int,
        *others: Operation,
        compared: Sequence[Operation] = (),
    ) -> None:
        """The report is ready, with the attempt's generation, and where it was to be put. Raises
        Overtaken, as `progress` does, Outdated where nothing but `compared` stands in the way, Busy
        where `others` do."""
        changes = {
            "status": str(ReportStatus.READY),
            "reason": None,
            "generation": attempt.generation,
            "anomaly_count": count,
            "as_of": detail["as_of"],
            "scope": detail.get("scope"),
        }
        kept = [self.table.put({**keys.detail(attempt.report_id), **detail})]
        if attempt.stored.departing:
            summary = attempt.stored.summary
            moved = ("warehouse_id", "username", "owner")
            changes |= {name: summary.get(name) for name in moved}
            kept.append(self._change_source(attempt.report_id, {"move": None}))
        self._end(attempt, changes, "done", 100, *kept, *others, compared=compared, rows=rows)

    def fail(self, attempt: Attempt, reason: str) -> None:
        """What was shown before stays, and says that the new analysis failed. Raises Overtaken."""
        if attempt.stored.summary.get("generation"):
            note = f"The new analysis failed, this is the one before: {reason}"
            changes = {"status": str(ReportStatus.READY), "reason": note}
        else:
            changes = {"status": str(ReportStatus.FAILED), "reason": reason}
        self._end(attempt, changes, "done", 100)

    def _end(
        self,
        attempt: Attempt,
        changes: dict[str, Any],
        stage: str,
        percent: int,
        *others: Operation,
        compared: Sequence[Operation] = (),
        rows: int = 0,
    ) -> None:
        ended = self.table.update(
            keys.progress(attempt.report_id),
            "SET #stage = :stage, #percent = :percent, #rows = :rows, #lease_until = :over"
            " REMOVE #watched, #due, #out_of_time",
            stage=stage,
            percent=percent,
            rows=rows,
            over="",
            **fencing_condition(attempt),
        )
        flipped = self._set_summary(
            attempt.report_id,
            changes,
            when="#job_id = :job AND (#status = :analyzing OR #status = :queued)",
            job=attempt.job_id,
            analyzing=str(ReportStatus.ANALYZING),
            queued=str(ReportStatus.QUEUED),
        )
        own = [flipped, ended]
        try:
            write(*own, *others, *compared)
        except ConditionFailed as failed:
            first = min(failed.failed)
            if first < len(own):
                raise LeaseLost from failed
            if first < len(own) + len(others):
                raise RetryLater from failed
            raise Stale("The warehouse has changed meanwhile.") from failed

    def _move(
        self, stored: StoredReport, status: ReportStatus, *, job_id: str, name: str | None = None
    ) -> Operation:
        """From exactly the state and job that `stored` shows."""
        old_job = stored.summary.get("job_id")
        same_job = "#job_id = :old_job" if old_job else "attribute_not_exists(#job_id)"
        return self._set_summary(
            stored.id,
            {
                "status": str(status),
                "job_id": job_id,
                "reason": None,
                "asks": None,
                **({"report_name": name} if name else {}),
            },
            when=f"#status = :old AND {same_job}",
            old=str(stored.status),
            **({"old_job": old_job} if old_job else {}),
        )

    def _set_summary(
        self, report_id: str, changes: dict[str, Any], *, when: str, **values: Any
    ) -> Operation:
        if changes.get("reason"):
            changes["reason"] = changes["reason"][:MAX_REASON]
        expression, given = assignments({**changes, "updated_at": iso(self.clock())})
        return self.table.update(
            keys.summary(report_id),
            expression.replace("SET ", "SET #version = #version + :one, ", 1),
            when=when,
            one=1,
            **given,
            **values,
        )

    def _change_source(self, report_id: str, changes: Mapping[str, Any]) -> Operation:
        expression, given = assignments({**changes, "changed_at": iso(self.clock())})
        return self.table.update(
            keys.source(report_id), expression, when="attribute_exists(#pk)", **given
        )
