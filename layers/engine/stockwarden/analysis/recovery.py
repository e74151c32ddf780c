"""Restarts jobs whose worker died or whose message was lost.

Every unfinished job, an analysis, an export or an import, is in the sparse index `by_due` under the
moment at which its lease ends, or at which its message should have been received. For each overdue
job a new message is sent. The message is only a hint: its receiver claims the job, or sees that it
is claimed or done. So the dead worker's message does no harm when it becomes visible again after
the queue's time-out.
"""

from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.exports.repository import is_unfinished
from stockwarden.imports.repository import is_unfinished as is_import_unfinished
from stockwarden.reports.attempts import PATIENCE, WATCHED, is_open
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.queues import Queue, ReceivedMessages
from stockwarden.storage.tables import ConditionFailed, Table, write

# Jobs per run; the others are found by the next one.
_JOBS = 50
_BACKLOG = 100


@dataclass(frozen=True)
class Recovered:
    """`expired` counts jobs whose worker died, `forgotten` those that no worker had begun."""

    expired: int = 0
    forgotten: int = 0


@dataclass(frozen=True)
class _OverdueJob:
    """An unfinished job: its item, and the message that restarts it."""

    item: Item
    message: dict[str, str]

    @property
    def lease_ended(self) -> bool:
        """Whether its worker died and no new message has been sent since."""
        return bool(self.item["due"] == self.item["lease_until"])


class JobRecovery:
    def __init__(
        self, *, table: Table, queue: Queue, fair_queue: ReceivedMessages, clock: Clock
    ) -> None:
        self.table = table
        self.queue = queue
        self.fair_queue = fair_queue
        self.clock = clock

    def run(self) -> Recovered:
        """May be repeated, and may be interrupted anywhere. Raises Unavailable."""
        overdue = self._overdue()
        expired = [job for job in overdue if job.lease_ended]
        forgotten = [job for job in overdue if not job.lease_ended]
        # In a long queue the message may still be waiting.
        if forgotten and self.queue.waiting() + self.fair_queue.waiting() > _BACKLOG:
            for job in forgotten:
                self._postpone(job.item)
            forgotten = []
        for job in [*expired, *forgotten]:
            self.queue.send({"job": job.message})
            self._postpone(job.item)
        return Recovered(len(expired), len(forgotten))

    def _overdue(self) -> list[_OverdueJob]:
        """The index is eventually consistent, so the items it names are read again."""
        now = iso(self.clock())
        entries = self.table.query(
            "#watched = :watched AND #due < :now",
            index="by_due",
            limit=_JOBS,
            watched=WATCHED,
            now=now,
        ).items
        if not entries:
            return []
        items = self.table.get_many([key_of(entry) for entry in entries], consistent=True)
        overdue = []
        for item in (item for item in items if item.get("due", now) < now):
            message = self._message(item)
            if message:
                overdue.append(_OverdueJob(item, message))
            else:
                # Its report is being removed.
                self._update(item, "REMOVE #watched, #due")
        return overdue

    def _message(self, item: Item) -> dict[str, str] | None:
        """None where the job has ended."""
        if keys.is_item_import(item):
            job = {"kind": "import", "import_id": item["id"]}
            return job if is_import_unfinished(item) else None
        if not keys.is_progress(item):
            names = {"kind": "export", "report_id": item["report_id"], "export_id": item["id"]}
            return {**names, "sender": item["username"]} if is_unfinished(item) else None
        report_id, job_id = keys.report_in(item), item["job_id"]
        summary = self.table.get(keys.summary(report_id), consistent=True)
        if summary is None or not is_open(summary, job_id):
            return None
        # A job of an earlier release has no sender.
        sender = item.get("sender") or summary["created_by"]
        return {"kind": "analysis", "report_id": report_id, "job_id": job_id, "sender": sender}

    def _postpone(self, item: Item) -> None:
        self._update(item, "SET #due = :later", later=iso(self.clock() + PATIENCE))

    def _update(self, item: Item, change: str, **values: str) -> None:
        """Does nothing where the job has been begun or ended since it was read."""
        due = item["due"]
        try:
            write(self.table.update(key_of(item), change, when="#due = :seen", seen=due, **values))
        except ConditionFailed:
            return
