"""Looks up the opaque ids of people who are known by their user names."""

from collections.abc import Iterable

from stockwarden.audit.origin import UNKNOWN
from stockwarden.identity.access import Caller
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Table


class UserIds:
    """Reads nothing else of an account, so that a function may be allowed nothing else."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_ids(self, caller: Caller, usernames: Iterable[str | None]) -> dict[str, str]:
        """{user name: id}; `UNKNOWN` for a name without account. A read of 0.5 units for each
        name but the caller's own."""
        return {
            name: caller.origin.actor if name == caller.username else self.find_id(name)
            for name in set(usernames)
            if name is not None
        }

    def find_id(self, username: str) -> str:
        """`UNKNOWN` for a name without account."""
        # Not in a batch: a policy can tell what a request reads of an item only for a single one.
        profile = self._table.get(keys.profile(username), attributes=["user_id"])
        return (profile or {}).get("user_id") or UNKNOWN
