"""Removes a closed account: hands over or removes what was its owner's, then the account itself.

A message may come twice, at any time, and work may end anywhere: the next message begins again with
what is still there. The profile goes last, and only after a while in which nothing turned up: a
request that was let in before the account was closed, an analysis that read an owner before that
one left, and an index that is late may still have brought something.
"""

from datetime import timedelta
from math import ceil

from stockwarden.analysis.handover import Handover
from stockwarden.analysis.personal_data import PersonalData
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.core.clock import Clock
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.errors import NotFound
from stockwarden.identity.closed_accounts import ClosedAccount, ClosedAccountRepository
from stockwarden.warehouse.repository import WarehouseRepository

# More than any function may run; the time that the gateway lets a closed account in comes to it.
LATE_WORK = timedelta(minutes=10)
# As long as a message of the queue can be delayed.
_LONGEST_DELAY = 900


class AccountRemoval:
    """`gateway_memory` is how long the gateway remembers an answer of the authorizer."""

    def __init__(
        self,
        *,
        closed: ClosedAccountRepository,
        handover: Handover,
        personal_data: PersonalData,
        warehouses: WarehouseRepository,
        audit: AuditLog,
        gateway_memory: timedelta,
        clock: Clock,
    ) -> None:
        self.closed = closed
        self.handover = handover
        self.personal_data = personal_data
        self.warehouses = warehouses
        self.audit = audit
        self.quiet_time = gateway_memory + LATE_WORK
        self.clock = clock

    def run(self, username: str, deadline: Deadline) -> None:
        """Does nothing for an account that is open, or removed. Raises Postponed where another
        message has to continue."""
        account = self.closed.find(username)
        if account is None:
            return
        try:
            self._remove(account, deadline)
        except NotFound:
            return

    def _remove(self, account: ClosedAccount, deadline: Deadline) -> None:
        """Raises NotFound where another message has removed the account meanwhile."""
        if account.emptied_at:
            wait = account.emptied_at + self.quiet_time - self.clock()
            if wait > timedelta(0):
                raise Postponed(min(_LONGEST_DELAY, ceil(wait.total_seconds())))
            # So that what turns up now begins the wait anew, also if this is interrupted.
            self.closed.mark_emptied(account, None)
        found = self.handover.run(account, deadline)
        found += self.personal_data.remove(account, deadline)
        if found or account.emptied_at is None:
            self.closed.mark_emptied(account, self.clock())
            raise Postponed(min(_LONGEST_DELAY, ceil(self.quiet_time.total_seconds())))
        for warehouse_id in sorted(account.purged):
            self.warehouses.purge(warehouse_id)
            deadline.check()
        self.closed.erase(account, self.audit.entry(account.origin, _erased(account)))


def _erased(account: ClosedAccount) -> Change:
    about = f"user/{account.user_id or UNKNOWN}"
    return Change(COMPANY, "account.erased", about, {"erased": (False, True)})
