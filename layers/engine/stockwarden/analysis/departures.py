"""What is left to do in a warehouse that a report was taken out of: by deleting or moving it."""

from datetime import datetime
from functools import partial

from stockwarden.core.deadline import Deadline
from stockwarden.reports.repository import ReportRepository
from stockwarden.snapshots.departure import Departure
from stockwarden.snapshots.settling import SettlingService
from stockwarden.snapshots.timeline import rank_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation


class DepartureService:
    def __init__(self, repository: ReportRepository, settling: SettlingService) -> None:
        self.repository = repository
        self.settling = settling

    def settle_moved(self, left: Item | None, deadline: Deadline) -> None:
        """`left` is the LEFT item, None where there is nothing to be done. May be repeated; raises
        Postponed."""
        if left is None:
            return
        self._settle(left, deadline, deleted=False)
        self.repository.settle(left)

    def leave_operation(self, summary: Item) -> Operation:
        """Remembers that the report is taken out of its warehouse, whose summary there this is."""
        return self.repository.leave_operation(summary)

    def needed_generation(self, report_id: str) -> str | None:
        """Which analysis, shown no more, is needed to settle a move that came in between."""
        left = self.repository.left(report_id)
        return left["generation"] if left else None

    def settle_deleted(self, tombstone: Item, deadline: Deadline) -> None:
        """Before the anomalies of the report are removed. Raises as `settle_moved`."""
        if tombstone.get("generation") and tombstone.get("warehouse_id"):
            self._settle(tombstone, deadline, deleted=True)

    def _settle(self, item: Item, deadline: Deadline, *, deleted: bool) -> None:
        departure = Departure(
            report_id=item["id"],
            generation=item["generation"],
            warehouse_id=item["warehouse_id"],
            rank=rank_of(datetime.fromisoformat(item["as_of"]), item["created_at"], item["id"]),
            deleted=deleted,
            comparisons=item.get("comparing"),
        )
        self.settling.depart(departure, partial(self.repository.keep_comparing, item), deadline)
