"""Lists the last whole snapshots of a warehouse: reports whose analysis is shown."""

from dataclasses import dataclass

from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table

# Snapshots examined in one query: parts of the warehouse among them are skipped.
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

    def list_reports(self, warehouse_id: str, count: int) -> list[Recent]:
        """The last `count` whole snapshots by as_of, newest first."""
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
