"""Access checks for the reports that anomalies belong to.

Reads only the summaries of the reports table: a report's owner and warehouse, and the visible
generation of its anomalies. All else about reports belongs to the package `reports`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stockwarden.core.errors import NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import (
    Action,
    Caller,
    MembershipRole,
    allows,
    require,
    require_all_warehouses,
)
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.keys import reports as report_keys
from stockwarden.storage.tables import Table
from stockwarden.warehouse.members import MemberRepository, stored_role


@dataclass(frozen=True)
class ReportView:
    """`generation` is None until an analysis has been shown; `role` is the caller's."""

    id: str
    username: str
    warehouse_id: str | None
    as_of: str | None
    created_at: str
    generation: str | None
    role: MembershipRole
    name: str = ""

    @property
    def partition(self) -> str | None:
        return keys.generation(self.id, self.generation) if self.generation else None


class ReportAccess:
    def __init__(self, table: Table, members: MemberRepository) -> None:
        self.table = table
        self.members = members

    def find(
        self,
        caller: Caller,
        report_id: str,
        action: Action = Action.SEE,
        *,
        consistent: bool = False,
    ) -> ReportView:
        """Raises NotFound also for a report that the caller may not see, Forbidden where the
        caller may only see it."""
        is_id = may_be_id(report_id)
        item = (
            self.table.get(report_keys.summary(report_id), consistent=consistent) if is_id else None
        )
        if item is None:
            raise NotFound("There is no such report.")
        warehouse_id = item.get("warehouse_id")
        role = self.members.role_of(caller, item["username"], warehouse_id)
        require(role, action, "report")
        return _view(item, role)

    def find_many(self, caller: Caller, report_ids: Iterable[str]) -> dict[str, ReportView]:
        """The existing reports that the caller may see, by id."""
        items = self.table.get_many([report_keys.summary(report_id) for report_id in report_ids])
        roles = self.members.roles_of(
            caller, [(item["username"], item.get("warehouse_id")) for item in items]
        )
        views = map(_view, items, roles)
        return {view.id: view for view in views if allows(view.role, Action.SEE)}

    def may_work_on(self, report: ReportView, username: str) -> bool:
        """Whether a person owns the report, or may work on the anomalies of its warehouse."""
        if username == report.username:
            return True
        if report.warehouse_id is None:
            return False
        member = self.members.find(report.warehouse_id, username)
        return allows(stored_role(member), Action.WORK)

    def seen_by(self, report: ReportView, usernames: Sequence[str]) -> list[str]:
        """Those who own the report or are members of its warehouse. One read, if it has one."""
        members = (
            self.members.find_many(report.warehouse_id, usernames) if report.warehouse_id else set()
        )
        return [name for name in usernames if name == report.username or name in members]

    def feeds(self, caller: Caller) -> list[str]:
        """The feeds with the pointers of all reports that the caller sees: the caller's own, then
        that of each shared warehouse. Raises Forbidden for a token of certain warehouses."""
        require_all_warehouses(caller)
        memberships = self.members.list_memberships(caller.username)
        return [
            keys.owner_feed(caller.username),
            *(keys.warehouse_feed(membership.warehouse_id) for membership in memberships),
        ]

    def feed_of_warehouse(self, caller: Caller, warehouse_id: str) -> str:
        """The warehouse's feed. Raises NotFound for a warehouse that the caller may not see."""
        self.members.require_visible(caller, warehouse_id)
        return keys.warehouse_feed(warehouse_id)


def _view(summary: Item, role: MembershipRole) -> ReportView:
    return ReportView(
        summary["id"],
        summary["username"],
        summary.get("warehouse_id"),
        summary.get("as_of"),
        summary["created_at"],
        summary.get("generation") or None,
        role,
        summary["report_name"],
    )
