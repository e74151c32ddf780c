"""Looks up the opaque ids of people who are known by their user names."""

from collections.abc import Iterable

from stockwarden.audit.entry import UNKNOWN
from stockwarden.identity.access import Caller
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Table


class UserIds:
    """Reads nothing else of an account, so that a function may be allowed nothing else."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_ids(self, caller: Caller, usernames: Iterable[str | None]) -> dict[str, str]:
        """{user name: id}; `UNKNOWN` for a name without account. One read at most, of 0.5 units a
        name; none for the caller's own."""
        names = sorted({name for name in usernames if name is not None})
        ids = dict.fromkeys(names, UNKNOWN)
        profiles = [keys.profile(name) for name in names if name != caller.username]
        for item in self._table.get_many(profiles, attributes=("username", "user_id")):
            ids[item["username"]] = item.get("user_id") or UNKNOWN
        if caller.username in ids:
            ids[caller.username] = caller.origin.actor
        return ids
