"""Which newer snapshot has an anomaly of an older one: there it is worked, not in the past."""

from collections.abc import Collection
from datetime import datetime

from stockwarden.anomalies.report_access import ReportView
from stockwarden.core.errors import Conflict, Unavailable
from stockwarden.snapshots.chain import Chain, rank_of
from stockwarden.snapshots.digests import read_digests
from stockwarden.storage.objects import Objects


class Successors:
    def __init__(self, chain: Chain, objects: Objects) -> None:
        self.chain = chain
        self.objects = objects

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
        for snapshot in self.chain.newer(report.warehouse_id, rank):
            holder: str = snapshot["report_id"]
            try:
                there = wanted.intersection(
                    read_digests(self.objects, holder, snapshot["generation"])
                )
            except Conflict as replaced:
                raise Unavailable(
                    "A newer snapshot is being analyzed again; try again shortly."
                ) from replaced
            found |= dict.fromkeys(there, holder)
            wanted -= there
            if not wanted:
                break
        return found
