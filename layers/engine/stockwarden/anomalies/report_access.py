"""The reports that anomalies belong to, as far as anomalies need to know.

Reads the summaries of the reports table (`REPORT#<id>`/`SUMMARY`): whose a report is, and which
generation of its anomalies is visible. What else a report is, is the business of `reports`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stockwarden.anomalies import keys
from stockwarden.core.errors import NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, may_see
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Table


@dataclass(frozen=True)
class ReportView:
    """`generation` is None until an analysis has been shown."""

    id: str
    username: str
    generation: str | None

    @property
    def partition(self) -> str | None:
        return keys.partition(self.id, self.generation) if self.generation else None


class ReportAccess:
    def __init__(self, table: Table) -> None:
        self.table = table

    def find(self, caller: Caller, report_id: str, *, consistent: bool = False) -> ReportView:
        """Raises NotFound also for a report that the caller may not see."""
        known = may_be_id(report_id)
        item = self.table.get(_key(report_id), consistent=consistent) if known else None
        view = _view(item) if item else None
        if view is None or not may_see(caller, view.username):
            raise NotFound("There is no such report.")
        return view

    def find_many(self, caller: Caller, report_ids: Iterable[str]) -> dict[str, ReportView]:
        """Those that exist and that the caller may see, by id."""
        items = self.table.get_many([_key(report_id) for report_id in report_ids])
        views = (_view(item) for item in items)
        return {view.id: view for view in views if may_see(caller, view.username)}

    @staticmethod
    def owner_key(caller: Caller) -> str:
        """What the summaries of the caller's own reports hold as `owner`."""
        return f"REPORTS#{caller.username}"


def _key(report_id: str) -> Item:
    return {"pk": f"REPORT#{report_id}", "sk": "SUMMARY"}


def _view(summary: Item) -> ReportView:
    return ReportView(summary["id"], summary["username"], summary.get("generation") or None)
