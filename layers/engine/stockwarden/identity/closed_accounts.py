"""Accounts that are closed, until what was theirs is removed or handed over.

Closing is one transaction; from then on nobody signs in with the account, lists it or finds it
(`UserRepository.find`). The profile stays while the rest is removed (analysis/account_removal.py):
a name is never given to anybody else, because histories of anomalies go on naming it.

leaving             {at, by, actor, source, request_id, via, transfer_to?}: when and by whom it was
                    closed, and the user name of who gets what was theirs
emptied_at?         when nothing was left that anybody had found
purged?             ids of the deleted warehouses of which parts are still stored
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stockwarden.audit.origin import Origin
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.admins import admin_change, last_admin, list_admins
from stockwarden.identity.sign_outs import ending
from stockwarden.identity.usernames import canonical, skeleton
from stockwarden.identity.users import User
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import changed_meanwhile

# What a closed account needs no more: its places in lists, and what is personal.
_REMOVED = ("directory", "listed", "email", "email_verified", "pending_email", "display_name")


@dataclass(frozen=True)
class ClosedAccount:
    """`origin` is that of the request that closed it, `closed_by` a user name: its own where the
    person left. `transfer_to` is the user name of who gets what was theirs."""

    username: str
    user_id: str
    closed_by: str
    origin: Origin
    transfer_to: str | None = None
    emptied_at: datetime | None = None
    purged: frozenset[str] = field(default_factory=frozenset)

    @property
    def left(self) -> bool:
        """Whether the person closed it, and what was only theirs goes with it."""
        return self.closed_by == self.username


class ClosedAccountRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def close(
        self,
        caller: Caller,
        user: User,
        *,
        transfer_to: str | None,
        beside: Sequence[Operation],
    ) -> None:
        """Closes the account as it was read, together with `beside`, or does nothing: ends its
        sessions and API tokens, and takes it from the lists.

        Raises Conflict for the last admin, PreconditionFailed if the account has changed since or
        only a condition of `beside` is false.
        """
        origin = caller.origin
        leaving: dict[str, Any] = {
            "at": iso(self._clock()),
            "by": caller.username,
            **vars(origin),
            **({"transfer_to": transfer_to} if transfer_to else {}),
        }
        change, values = ending(
            keep=None, api_tokens=True, leaving=leaving, disabled=True, version=user.version + 1
        )
        closed = self._table.update(
            keys.profile(user.username),
            f"{change} REMOVE {', '.join(f'#{name}' for name in _REMOVED)}",
            when="#version = :read AND attribute_not_exists(#leaving)",
            read=user.version,
            **values,
        )
        admins = admin_change(self._table, user.username, before=user.is_active_admin, after=False)
        try:
            write(closed, *admins, *beside)
        except ConditionFailed as failed:
            if admins and failed.failed == {1}:
                raise last_admin(user.name) from None
            raise changed_meanwhile("account") from None

    def find(self, username: str) -> ClosedAccount | None:
        """None for an account that is open, and for one that is removed."""
        profile = self._table.get(keys.profile(canonical(username)), consistent=True)
        if profile is None or "leaving" not in profile:
            return None
        leaving, emptied_at = profile["leaving"], profile.get("emptied_at")
        names = ("actor", "source", "request_id", "via")
        return ClosedAccount(
            profile["username"],
            profile.get("user_id", ""),
            leaving["by"],
            Origin(**{name: leaving[name] for name in names}),
            leaving.get("transfer_to"),
            datetime.fromisoformat(emptied_at) if emptied_at else None,
            frozenset(profile.get("purged", ())),
        )

    def list_heirs(self, account: ClosedAccount) -> Iterator[str]:
        """User names of who may get what was theirs, the preferred first. Where that one has left
        too, it is who gets what was theirs; then who closed the account, then any admin."""
        receiver, passed = account.transfer_to, {account.username}
        while receiver and receiver not in passed:
            yield receiver
            passed.add(receiver)
            other = self.find(receiver)
            receiver = other.transfer_to if other else None
        others = [account.closed_by, *list_admins(self._table)]
        yield from (name for name in others if name not in passed)

    def open_check(self, username: str) -> Operation:
        """Makes a transaction conditional on an account that is not closed."""
        return self._table.check(keys.profile(username), keys.IS_OPEN)

    def purge_operation(self, account: ClosedAccount, warehouse_id: str) -> Operation:
        """Notes a warehouse that is being deleted, for `ClosedAccount.purged`."""
        return self._table.update(
            keys.profile(account.username),
            "ADD #purged :ids",
            when="attribute_exists(#leaving)",
            ids={warehouse_id},
        )

    def mark_emptied(self, account: ClosedAccount, moment: datetime | None) -> None:
        """Stores when nothing was left; None that it is to be looked at again. Raises NotFound for
        one that was removed meanwhile."""
        profile = keys.profile(account.username)
        when = "attribute_exists(#leaving)"
        marked = (
            self._table.update(profile, "SET #emptied_at = :now", when=when, now=iso(moment))
            if moment
            else self._table.update(profile, "REMOVE #emptied_at", when=when)
        )
        try:
            write(marked)
        except ConditionFailed:
            raise NotFound("The account was removed meanwhile.") from None

    def remove_sessions(self, account: ClosedAccount) -> int:
        """Removes what the account could sign in with; returns how many sessions and API tokens
        there were."""
        write(self._table.delete(keys.second_factor(account.username)))
        lists = (keys.sessions_of(account.username), keys.api_tokens_of(account.username))
        items = [item for listed in lists for item in self._listed(listed)]
        self._table.delete_all(key_of(item) for item in items)
        return len(items)

    def erase(self, account: ClosedAccount, *operations: Operation) -> None:
        """Removes the profile, and what leads from the opaque id to a name, together with
        `operations`. The name stays taken. Does nothing where that is done."""
        username = account.username
        try:
            write(
                self._table.delete(keys.profile(username), when="attribute_exists(#leaving)"),
                self._table.put(keys.name(skeleton(username))),
                *([self._table.delete(keys.person(account.user_id))] if account.user_id else []),
                *operations,
            )
        except ConditionFailed:
            return

    def _listed(self, directory: Item) -> Iterator[Item]:
        return self._table.query_all("#directory = :directory", index="directory", **directory)
