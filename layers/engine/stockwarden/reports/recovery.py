"""Having jobs taken up again whose worker died, or whose message was lost.

Every unfinished job stands in the sparse index `by_due` under the moment at which its lease ends,
or at which its message should have been taken. Of those that are overdue a new message is sent.
That is a hint like any other: whoever takes it claims the job, or finds it claimed or done. So it
does no harm that the message of the dead worker comes back too, when the queue's time-out has
passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.reports.jobs import PATIENCE, WATCHED, is_open
from stockwarden.reports.repository import key, report_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import ConditionFailed, Table, write

# Jobs per run; the others are found by the next one.
_JOBS = 50
_BACKLOG = 100


@dataclass(frozen=True)
class Recovered:
    """`expired` are jobs whose worker died, `forgotten` those that nobody had begun."""

    expired: int = 0
    forgotten: int = 0


class Recovery:
    def __init__(self, *, table: Table, queue: Queue, clock: Clock) -> None:
        self.table = table
        self.queue = queue
        self.clock = clock

    def run(self) -> Recovered:
        """May be repeated, and may be interrupted anywhere. Raises Unavailable."""
        overdue = self._overdue()
        expired = [progress for progress in overdue if _lease_ended(progress)]
        forgotten = [progress for progress in overdue if not _lease_ended(progress)]
        # In a long queue the message may just wait for its turn.
        if forgotten and self.queue.waiting() > _BACKLOG:
            for progress in forgotten:
                self._look_again_later(progress)
            forgotten = []
        for progress in [*expired, *forgotten]:
            report_id, job_id = report_of(progress), progress["job_id"]
            job = {"kind": "analysis", "report_id": report_id, "job_id": job_id}
            self.queue.send({"job": job})
            self._look_again_later(progress)
        return Recovered(len(expired), len(forgotten))

    def _overdue(self) -> list[Item]:
        """PROGRESS of the jobs to be looked after. The index may be behind, so they are read."""
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
        ids = [report_of(entry) for entry in entries]
        summaries = self._parts(ids, "SUMMARY")
        overdue = []
        for report_id, progress in self._parts(ids, "PROGRESS").items():
            if progress.get("due", now) >= now:
                continue
            summary = summaries.get(report_id)
            if summary and is_open(summary, progress["job_id"]):
                overdue.append(progress)
            else:
                # Its report is being removed.
                self._change(progress, "REMOVE #watched, #due")
        return overdue

    def _parts(self, report_ids: Sequence[str], part: str) -> dict[str, Item]:
        keys = [key(report_id, part) for report_id in report_ids]
        items = self.table.get_many(keys, consistent=True)
        return {report_of(item): item for item in items}

    def _look_again_later(self, progress: Item) -> None:
        self._change(progress, "SET #due = :later", later=iso(self.clock() + PATIENCE))

    def _change(self, progress: Item, change: str, **values: str) -> None:
        """Does nothing where somebody has begun or ended the job since."""
        place = key(report_of(progress), "PROGRESS")
        seen = progress["due"]
        try:
            write(self.table.update(place, change, when="#due = :seen", seen=seen, **values))
        except ConditionFailed:
            return


def _lease_ended(progress: Item) -> bool:
    """Whether its worker died, and nobody has been told so yet."""
    return bool(progress["due"] == progress["lease_until"])
