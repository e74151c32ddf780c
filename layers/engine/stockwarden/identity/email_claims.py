"""Whose an e-mail address is: the account that signs in with it.

The first account that gives an address claims it, so that it can sign in with it. Who proves the
mailbox, by the link of a mail, takes it over from a claim without proof; a proven one stays.
"""

from collections.abc import Callable

from stockwarden.core.emails import normal_email
from stockwarden.core.errors import Conflict, PreconditionFailed
from stockwarden.identity.mail_tokens import not_valid
from stockwarden.identity.users import User, UserRepository
from stockwarden.storage.keys import users as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, Operation, Table

_TRIES = 4
_UNPROVEN = "#username = :other AND (attribute_not_exists(#verified) OR #verified = :no)"


class _Changed(Exception):
    """An account or a claim has changed since it was read."""


class EmailClaims:
    def __init__(self, table: Table, users: UserRepository) -> None:
        self._table = table
        self._users = users

    def confirm(
        self,
        username: str,
        address: str,
        spend: Operation,
        entry_for: Callable[[User], Operation],
    ) -> User:
        """Makes a proven address that of the account, together with `spend` and the entry for the
        account as it was, or does nothing.

        Returns the account as it was before. Raises Invalid at /token if the account wants another
        address by now, or `spend` fails; Conflict if the address is proven to be another's.
        """
        return retried(
            lambda: self._confirm(username, address, spend, entry_for),
            on=_Changed,
            tries=_TRIES,
            otherwise=Conflict("The account is being changed; try again."),
        )

    def releasing(self, user: User) -> list[Operation]:
        """What gives up the claim of the account to its address, if it has it."""
        if not user.email or self._users.owner_of_email(user.email) != user.username:
            return []
        key = keys.email(normal_email(user.email))
        return [self._table.delete(key, when="#username = :me", me=user.username)]

    def _confirm(
        self,
        username: str,
        address: str,
        spend: Operation,
        entry_for: Callable[[User], Operation],
    ) -> User:
        user = self._users.find(username)
        if user is None or not user.wants_email(address):
            raise not_valid()
        is_same = normal_email(user.email or "") == normal_email(address)
        beside = [
            spend,
            *self._claiming(username, address),
            *([] if is_same else self.releasing(user)),
            entry_for(user),
        ]
        changes = {"email": address, "email_verified": True, "pending_email": None}
        try:
            self._users.change_profile(username, changes, user.version, beside=beside)
        except PreconditionFailed:
            raise _Changed from None
        except ConditionFailed as failed:
            # The profile is the first operation, `spend` the second.
            if 1 in failed.failed:
                raise not_valid() from None
            raise _Changed from None
        return user

    def _claiming(self, username: str, address: str) -> list[Operation]:
        """What makes the claim the account's and proven. Raises Conflict if it is another's."""
        key = keys.email(normal_email(address))
        claim = self._table.get(key, consistent=True)
        proven = {**key, "username": username, "verified": True}
        if claim is None:
            return [self._table.put(proven, when="attribute_not_exists(#pk)")]
        owner = claim["username"]
        if owner == username:
            return [self._table.put(proven, when="#username = :me", me=username)]
        if claim.get("verified"):
            raise Conflict("This address belongs to another account.")
        taking = self._table.put(proven, when=_UNPROVEN, other=owner, no=False)
        return [taking, *self._withdrawing(owner, address)]

    def _withdrawing(self, owner: str, address: str) -> list[Operation]:
        """What removes an address that another has proven from the account that only gave it."""
        other = self._users.find(owner)
        if other is None or normal_email(other.email or "") != normal_email(address):
            return []
        change = self._table.update(
            keys.profile(owner),
            "REMOVE #email ADD #version :one",
            when="#email = :given",
            given=other.email,
            one=1,
        )
        return [change]
