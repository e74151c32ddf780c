"""Settles the warehouse that a report was deleted or moved out of."""

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

    def settle_moved(self, departure: Item | None, deadline: Deadline) -> None:
        """`departure` is the LEFT item; None does nothing. May be repeated; raises Postponed."""
        if departure is None:
            return
        self._settle(departure, deadline, deleted=False)
        self.repository.delete_departure(departure)

    def record_operation(self, summary: Item) -> Operation:
        """Records that a report leaves its warehouse; `summary` is the report's summary there."""
        return self.repository.departure_operation(summary)

    def needed_generation(self, report_id: str) -> str | None:
        """The superseded generation that is still needed to settle an earlier move, if any."""
        departure = self.repository.find_departure(report_id)
        return departure["generation"] if departure else None

    def settle_deleted(self, tombstone: Item, deadline: Deadline) -> None:
        """To be called before the report's anomalies are removed. Raises as `settle_moved`."""
        if tombstone.get("generation") and tombstone.get("warehouse_id"):
            self._settle(tombstone, deadline, deleted=True)

    def _settle(self, item: Item, deadline: Deadline, *, deleted: bool) -> None:
        departure = Departure(
            report_id=item["id"],
            generation=item["generation"],
            warehouse_id=item["warehouse_id"],
            rank=rank_of(datetime.fromisoformat(item["as_of"]), item["created_at"], item["id"]),
            deleted=deleted,
            comparing_rank=item.get("comparing"),
        )
        self.settling.settle_departure(
            departure, partial(self.repository.save_comparing, item), deadline
        )
