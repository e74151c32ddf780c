"""Finds the newest snapshot that has an anomaly of an older one: people work on it there.

The digests of an analysis never change, so they are cached across requests.
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

    def find_holders(self, report: ReportView, digests: Collection[str]) -> dict[str, str]:
        """{digest: id of the newest report that has it}, for those that any newer snapshot has.

        Reads one small object per snapshot until all are found, and most are in the newest. Raises
        Unavailable while one of the snapshots is being analyzed again.
        """
        if report.warehouse_id is None or report.as_of is None:
            return {}
        rank = rank_of(datetime.fromisoformat(report.as_of), report.created_at, report.id)
        holders: dict[str, str] = {}
        remaining = set(digests)
        for snapshot in self.timeline.newer(report.warehouse_id, rank):
            holder: str = snapshot["report_id"]
            present = remaining & self.digests(holder, snapshot["generation"])
            holders |= dict.fromkeys(present, holder)
            remaining -= present
            if not remaining:
                break
        return holders

    def digests(self, report_id: str, generation: str) -> frozenset[str]:
        """The digests of all anomalies of a snapshot. Raises Unavailable while it is replaced."""
        return self._read(report_id, generation)

    def _digests(self, report_id: str, generation: str) -> frozenset[str]:
        try:
            return frozenset(read_digests(self.objects, report_id, generation))
        except Conflict as error:
            raise Unavailable(
                "A newer snapshot is being analyzed again; try again shortly."
            ) from error
