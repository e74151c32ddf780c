"""Removes what is only a person's own and nobody inherits. Every step may be repeated."""

from collections.abc import Iterator

from stockwarden.audit.entry import COMPANY, Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.identity.closed_accounts import ClosedAccount, ClosedAccountRepository
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.operations.personal import PersonalItems
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange, key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table, write
from stockwarden.warehouse.members import MemberRepository

_BUSY_SECONDS = 30


class PersonalData:
    """`reports` is the reports table, in which what a person has saved stands under their name."""

    def __init__(
        self,
        *,
        closed: ClosedAccountRepository,
        members: MemberRepository,
        invitations: InvitationRepository,
        reports: Table,
        items: PersonalItems,
        audit: AuditLog,
    ) -> None:
        self.items = items
        self.closed = closed
        self.members = members
        self.invitations = invitations
        self.reports = reports
        self.audit = audit

    def remove(self, account: ClosedAccount, deadline: Deadline) -> int:
        """The number of things that were removed. Raises Postponed."""
        steps = (
            self.closed.remove_sessions,
            self._leave_warehouses,
            self._withdraw_invitations,
            self._forget_saved,
            self._remove_items,
        )
        found = 0
        for step in steps:
            found += step(account)
            deadline.check()
        return found

    def _leave_warehouses(self, account: ClosedAccount) -> int:
        found = 0
        for membership in self.members.list_memberships(account.username):
            warehouse_id = membership.warehouse_id
            member = self.members.find(warehouse_id, account.username)
            if member is None:
                continue
            change = Change(
                warehouse_scope(warehouse_id),
                "member.removed",
                f"member/{account.user_id or UNKNOWN}",
                {"role": (member["role"], None)},
            )
            entry = self.audit.entry(account.origin, change)
            try:
                self.members.remove(warehouse_id, member, beside=[entry])
            except Conflict as changed:
                raise Postponed(_BUSY_SECONDS) from changed
            found += 1
        return found

    def _withdraw_invitations(self, account: ClosedAccount) -> int:
        """Of those that they have made: who uses one would be let in by somebody who has left."""
        found = 0
        for invitation_id in self.invitations.list_made_by(account.username):
            change = Change(
                COMPANY,
                "invitation.withdrawn",
                f"invitation/{invitation_id}",
                {"withdrawn": (False, True)},
            )
            entry = self.audit.entry(account.origin, change)
            try:
                self.invitations.withdraw(invitation_id, beside=[entry])
            except NotFound:
                continue
            found += 1
        return found

    def _forget_saved(self, account: ClosedAccount) -> int:
        """Learned mappings, and suppressions for reports without a warehouse."""
        username = account.username
        ranges = (keys.mappings(username), keys.suppressions(None, username))
        items = [item for each in ranges for item in self._items(each)]
        self.reports.delete_all(key_of(item) for item in items)
        write(self.reports.delete(keys.suppression_count(None, username)))
        return len(items)

    def _remove_items(self, account: ClosedAccount) -> int:
        """Saved views and notifications."""
        found = 0
        while account.user_id and (removed := self.items.remove(account.user_id)):
            found += removed
        return found

    def _items(self, key_range: KeyRange) -> Iterator[Item]:
        return self.reports.query_all(key_range, consistent=True)
