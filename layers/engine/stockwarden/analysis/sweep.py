"""Finds uploads whose S3 event was lost, and sends the event again.

S3 promises to deliver an event at least once, usually within seconds, and still some are lost. A
run examines a bounded part of the bucket and stores its position; the next run continues there,
and starts over after the last object. The object version is claimed as for any other event, so an
event that arrives late changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote_plus

from stockwarden.core.clock import Clock, iso
from stockwarden.imports.files import import_in
from stockwarden.reports.model import ReportStatus
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects, StoredVersion
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import Table, write

PATIENCE = timedelta(minutes=10)
_PREFIXES = ("drop/", "uploads/")
# Per prefix and run: pages of 1,000 object versions, and messages.
_PAGES = 5
_MESSAGES = 200
_BACKLOG = 100


@dataclass(frozen=True)
class Swept:
    examined: int
    queued: int


class UploadSweep:
    def __init__(self, *, table: Table, objects: Objects, queue: Queue, clock: Clock) -> None:
        self.table = table
        self.objects = objects
        self.queue = queue
        self.clock = clock

    def run(self, patience: timedelta = PATIENCE) -> Swept:
        """Does nothing while the queue is long: it may hold the missing events."""
        if self.queue.waiting() > _BACKLOG:
            return Swept(0, 0)
        latest = self.clock() - patience
        runs = [self._sweep(prefix, latest) for prefix in _PREFIXES]
        return Swept(sum(run.examined for run in runs), sum(run.queued for run in runs))

    def _sweep(self, prefix: str, latest: datetime) -> Swept:
        position_key = keys.sweep(prefix)
        position = self.table.get(position_key)
        start = (position["key"], position["version_id"]) if position else None
        examined = queued = 0
        for _ in range(_PAGES):
            versions, next_position = self.objects.version_page(prefix, start)
            lost = self._lost(versions, latest)
            for version in lost[: _MESSAGES - queued]:
                self.queue.send(self._event(version))
            examined, queued = examined + len(versions), queued + len(lost)
            if queued > _MESSAGES:
                # The rest of this page is found by the next run, once these have been claimed.
                break
            start = next_position
            if start is None:
                break
        if start is None:
            write(self.table.delete(position_key))
        else:
            write(self.table.put({**position_key, "key": start[0], "version_id": start[1]}))
        return Swept(examined, min(queued, _MESSAGES))

    def _lost(self, versions: Sequence[StoredVersion], latest: datetime) -> list[StoredVersion]:
        """The versions older than `latest` that no report or import has claimed."""
        overdue = [version for version in versions if version.stored_at < latest and version.size]
        dropped = [version for version in overdue if version.key.startswith("drop/")]
        inventories = [version for version in overdue if _part(version) == "inventory"]
        rules = [version for version in overdue if _part(version) == "rules"]
        reports = self._reports(inventories, lambda _: True)
        waiting_reports = self._reports(rules, _waits_for_rules)
        expected = [version for version in inventories if _report(version) in reports]
        expected += self._waited_for(overdue)
        unclaimed = self._unclaimed([*dropped, *expected])
        return [*unclaimed, *(version for version in rules if _report(version) in waiting_reports)]

    def _unclaimed(self, versions: Sequence[StoredVersion]) -> list[StoredVersion]:
        bucket = self.objects.bucket
        claims = [keys.claim(bucket, version.key, version.version_id) for version in versions]
        claimed = {tuple(key_of(item).values()) for item in self.table.get_many(claims)}
        return [
            version
            for version, claim in zip(versions, claims, strict=True)
            if tuple(claim.values()) not in claimed
        ]

    def _reports(
        self, versions: Sequence[StoredVersion], condition: Callable[[Item], bool]
    ) -> set[str]:
        ids = sorted({_report(version) for version in versions})
        summaries = self.table.get_many([keys.summary(report_id) for report_id in ids])
        return {summary["id"] for summary in summaries if condition(summary)}

    def _waited_for(self, versions: Sequence[StoredVersion]) -> list[StoredVersion]:
        """The files of imports that wait for them."""
        found = [(version, import_in(version.key)) for version in versions]
        ids = sorted({import_id for _, import_id in found if import_id})
        imports = self.table.get_many([keys.item_import(import_id) for import_id in ids])
        waiting = {item["id"] for item in imports if item["status"] == "awaiting_upload"}
        return [version for version, import_id in found if import_id in waiting]

    def _event(self, version: StoredVersion) -> Item:
        """The event as S3 would have sent it."""
        s3_object = {"key": quote_plus(version.key, safe="/"), "versionId": version.version_id}
        record = {
            "eventName": "ObjectCreated:Sweep",
            "eventTime": iso(version.stored_at),
            "s3": {"bucket": {"name": self.objects.bucket}, "object": s3_object},
        }
        return {"Records": [record]}


def _part(version: StoredVersion) -> str:
    """`inventory` or `rules`; "" for a key that is not under a report's prefix."""
    match version.key.split("/"):
        case ["uploads", _, part, _]:
            return part
    return ""


def _report(version: StoredVersion) -> str:
    return version.key.split("/")[1]


def _waits_for_rules(summary: Item) -> bool:
    return summary["status"] == ReportStatus.AWAITING_UPLOAD and "reason" in summary
