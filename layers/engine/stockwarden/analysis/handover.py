"""Hands over or removes the warehouses and reports of a closed account, one after the other.

Each is one transaction, conditional on the owner that was read and on a receiver whose account is
open; so work may be repeated from the start, and concurrent requests and analyses fail or come
before. What an administrator hands over goes to whom they named. Where the person left, warehouses
and reports are deleted, except a warehouse that got members since, in which stock was moved, or
that an order names: an administrator gets that.
"""

from collections.abc import Callable
from functools import partial

from stockwarden.analysis.deletion import ReportDeletion
from stockwarden.anomalies.list_transfer import ListTransfer
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.audit.entry import Change, resource_scope, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.errors import PreconditionFailed
from stockwarden.identity.closed_accounts import ClosedAccount, ClosedAccountRepository
from stockwarden.identity.users import User, UserRepository
from stockwarden.reports.audited import ReportEntries, facts_of
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.queues import Queue
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, Operation, write
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository

_TRIES = 8
_BUSY_SECONDS = 30
# Longer than this function may run: then its report is hidden, or will not be.
_AFTER_FUNCTION_SECONDS = 600


class Handover:
    def __init__(
        self,
        *,
        users: UserRepository,
        closed: ClosedAccountRepository,
        warehouses: WarehouseRepository,
        members: MemberRepository,
        reports: ReportRepository,
        lists: ListTransfer,
        result_sets: ResultSets,
        deletion: ReportDeletion,
        queue: Queue,
        audit: AuditLog,
    ) -> None:
        self.users = users
        self.closed = closed
        self.warehouses = warehouses
        self.members = members
        self.reports = reports
        self.lists = lists
        self.result_sets = result_sets
        self.deletion = deletion
        self.queue = queue
        self.audit = audit
        self.entries = ReportEntries(audit)

    def run(self, account: ClosedAccount, deadline: Deadline) -> int:
        """The number of warehouses and reports that were handed over or removed. Raises Postponed.

        Reports are handed over before their warehouses, so that a receiver who was a member sees
        them all the time; they are removed after these, so that nobody adds another.
        """
        if account.left:
            return self._warehouses(account, deadline) + self._reports(account, deadline)
        return (
            self._reports(account, deadline)
            + self._warehouses(account, deadline)
            + self._reports(account, deadline)
        )

    def _warehouses(self, account: ClosedAccount, deadline: Deadline) -> int:
        found = 0
        for warehouse_id in self.warehouses.owned_by(account.username):
            found += _settled(partial(self._settle_warehouse, account, warehouse_id))
            deadline.check()
        return found

    def _reports(self, account: ClosedAccount, deadline: Deadline) -> int:
        found = 0
        for report_id in self.reports.owned_by(account.username):
            found += _settled(partial(self._settle_report, account, report_id, deadline))
            deadline.check()
        return found

    def _settle_warehouse(self, account: ClosedAccount, warehouse_id: str) -> bool:
        """Whether there was something to do: the list names also what is somebody else's by now."""
        meta = self.warehouses.find(warehouse_id)
        if meta is None or meta["username"] != account.username:
            return False
        is_kept = meta.get("members", 0) > 0 or meta.get("stocked", False)
        receiver = self._receiver(account) if is_kept or not account.left else None
        if receiver:
            self._transfer_warehouse(account, meta, receiver)
        elif meta.get("stocked"):
            # There is no admin who could get it yet; the next one sees it as everything else.
            return False
        else:
            self._remove_warehouse(account, meta)
        return True

    def _transfer_warehouse(self, account: ClosedAccount, meta: Item, receiver: User) -> None:
        warehouse_id = meta["id"]
        promotion, members = self.members.promotion_operations(warehouse_id, receiver.username)
        self.warehouses.transfer(
            meta,
            receiver.username,
            *promotion,
            self.closed.open_check(receiver.username),
            self._transferred(
                account, receiver, f"warehouse/{warehouse_id}", warehouse_id=warehouse_id
            ),
            members=members,
        )

    def _remove_warehouse(self, account: ClosedAccount, meta: Item) -> None:
        warehouse_id = meta["id"]
        # Only where there is no admin who could get it.
        members = self.members.list_all(warehouse_id)
        change = Change(
            warehouse_scope(warehouse_id),
            "warehouse.deleted",
            f"warehouse/{warehouse_id}",
            {"name": (meta["name"], None)},
        )
        self.warehouses.remove(
            meta,
            *self.members.remove_operations(warehouse_id, members),
            self.closed.purge_operation(account, warehouse_id),
            self.audit.entry(account.origin, change),
            members=len(members),
        )

    def _settle_report(self, account: ClosedAccount, report_id: str, deadline: Deadline) -> bool:
        stored = self.reports.find(report_id)
        if stored is None or stored.summary["username"] != account.username:
            return False
        receiver = self._receiver_of_report(account, stored)
        if receiver:
            self._transfer_report(account, stored, receiver)
        else:
            self._remove_report(account, stored, deadline)
        return True

    def _receiver_of_report(self, account: ClosedAccount, stored: StoredReport) -> User | None:
        """Who owns its warehouse, where that is somebody else by now; else who gets everything."""
        warehouse_id = stored.summary.get("warehouse_id")
        warehouse = self.warehouses.find(warehouse_id) if warehouse_id else None
        if warehouse and warehouse["username"] != account.username:
            owner = self.users.find(warehouse["username"])
            if owner is None:
                # That one has left meanwhile as well; the warehouse gets another owner.
                raise Postponed(_BUSY_SECONDS)
            return owner
        return None if account.left else self._receiver(account)

    def _transfer_report(
        self, account: ClosedAccount, stored: StoredReport, receiver: User
    ) -> None:
        counts = self.result_sets.counts_item(stored.id)
        listing = (
            self.lists.operations(counts, account.username, receiver.username) if counts else []
        )
        # The entry of its warehouse says it for all reports of that.
        in_warehouse = stored.summary.get("warehouse_id") is not None
        said = [] if in_warehouse else [self._transferred(account, receiver, f"report/{stored.id}")]
        write(
            self.reports.transfer_operation(stored, receiver.username),
            self.closed.open_check(receiver.username),
            *listing,
            *said,
        )

    def _remove_report(
        self, account: ClosedAccount, stored: StoredReport, deadline: Deadline
    ) -> None:
        summary = stored.summary
        # Continues where this is killed after the report is hidden, since no list has it then.
        job = {"kind": "removal", "report_id": stored.id}
        self.queue.send({"job": job}, _AFTER_FUNCTION_SECONDS)
        hidden = self.result_sets.hide_operations(
            owner=summary["owner"],
            listed=summary["listed"],
            warehouse_id=summary.get("warehouse_id"),
        )
        entry = self.entries.operation(
            account.origin, "report.deleted", stored.id, facts_of(stored), None
        )
        self.reports.replace_by_tombstone(stored, account.origin.actor, *hidden, entry)
        self.deletion.finish(stored.id, deadline)

    def _receiver(self, account: ClosedAccount) -> User | None:
        """None only where the person left and the company has no admin."""
        for name in self.closed.list_heirs(account):
            user = self.users.find(name)
            if user and not user.disabled:
                return user
        return None

    def _transferred(
        self,
        account: ClosedAccount,
        receiver: User,
        about: str,
        *,
        warehouse_id: str | None = None,
    ) -> Operation:
        """The entry of a warehouse or a report (`about`: `report/<id>`) that is handed over."""
        owners = (account.user_id or UNKNOWN, receiver.user_id or UNKNOWN)
        kind, scope = about.partition("/")[0], resource_scope(warehouse_id)
        change = Change(scope, f"{kind}.transferred", about, {"owner": owners})
        return self.audit.entry(account.origin, change)


def _settled(attempt: Callable[[], bool]) -> bool:
    """Repeats what a concurrent change has defeated, from what is stored then. Raises Postponed."""

    def tried() -> bool:
        try:
            return attempt()
        except PreconditionFailed as changed:
            raise ConditionFailed(frozenset()) from changed

    return retried(tried, on=ConditionFailed, tries=_TRIES, otherwise=Postponed(_BUSY_SECONDS))
