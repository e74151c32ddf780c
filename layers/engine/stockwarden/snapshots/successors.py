"""Which newer snapshot has an anomaly of an older one: there it is worked, not in the past.

What an analysis found never changes, so what was read of it once is kept for the next requests.
"""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from stockwarden.anomalies.report_access import ReportView
from stockwarden.core.errors import Conflict, Unavailable
from stockwarden.snapshots.fingerprint_index import read_digests
from stockwarden.snapshots.timeline import Timeline, rank_of
from stockwarden.storage.objects import Objects

# A million anomalies are 100 MB; most snapshots have a few thousand.
_KEPT = 16


class Successors:
    def __init__(self, timeline: Timeline, objects: Objects) -> None:
        self.timeline = timeline
        self.objects = objects
        self._read = lru_cache(maxsize=_KEPT)(self._digests)

    def of(self, report: ReportView, digests: Collection[str]) -> dict[str, str]:
        """By digest the newest report that has it, for those that any newer snapshot has.

        Reads one small object per snapshot until all are found, and most are in the newest. Raises
        Unavailable while one of them is being replaced.
        """
        if report.warehouse_id is None or report.as_of is None:
            return {}
        rank = rank_of(datetime.fromisoformat(report.as_of), report.created_at, report.id)
        found: dict[str, str] = {}
        wanted = set(digests)
        for snapshot in self.timeline.newer(report.warehouse_id, rank):
            holder: str = snapshot["report_id"]
            there = wanted & self.digests(holder, snapshot["generation"])
            found |= dict.fromkeys(there, holder)
            wanted -= there
            if not wanted:
                break
        return found

    def digests(self, report_id: str, generation: str) -> frozenset[str]:
        """All anomalies of a snapshot. Raises Unavailable while it is being replaced."""
        return self._read(report_id, generation)

    def _digests(self, report_id: str, generation: str) -> frozenset[str]:
        try:
            return frozenset(read_digests(self.objects, report_id, generation))
        except Conflict as replaced:
            raise Unavailable(
                "A newer snapshot is being analyzed again; try again shortly."
            ) from replaced
