"""The last snapshots of a warehouse: reports with an analysis that is shown."""

from dataclasses import dataclass

from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table

# Parts of a warehouse are passed over; so many snapshots are looked at for it in one go.
_EXAMINED = 40


@dataclass(frozen=True)
class Recent:
    report_id: str
    report_name: str
    as_of: str
    generation: str


class RecentReports:
    """Reads the snapshots beside a warehouse, and the summaries of their reports."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def of(self, warehouse_id: str, count: int) -> list[Recent]:
        """The last `count` whole ones by the moment that they show, newest first."""
        snapshots = keys.snapshots(warehouse_id)
        page = self.table.query(
            snapshots,
            where="attribute_not_exists(#scope) OR #scope <> :part",
            limit=max(count, _EXAMINED),
            newest_first=True,
            part="part",
        )
        ids = dict.fromkeys(keys.snapshot_report_in(item) for item in page.items[:count])
        summaries = self.table.get_many([keys.summary(report_id) for report_id in ids])
        return [
            Recent(item["id"], item["report_name"], item["as_of"], item["generation"])
            for item in summaries
            if item.get("generation") and item.get("warehouse_id") == warehouse_id
        ]
