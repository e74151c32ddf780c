"""What is kept for a person, saved views and notifications: whose it is, and its removal."""

from stockwarden.core.errors import Unavailable
from stockwarden.identity.access import Caller
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import operations as keys
from stockwarden.storage.tables import Table

# Of one call: two dozen writes.
_AT_ONCE = 500


def id_of(caller: Caller) -> str:
    """The opaque id under which everything of the caller is kept. Raises Unavailable for an account
    of an earlier release that the deployment has not migrated yet."""
    if not caller.user_id:
        raise Unavailable("Your account is being carried over to a new release; try again soon.")
    return caller.user_id


class PersonalItems:
    """Saved views and notifications."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def remove(self, user_id: str) -> int:
        """Removes up to 500 items of a person; how many there were. May be repeated."""
        page = self._table.query(keys.person(user_id), limit=_AT_ONCE, consistent=True)
        self._table.delete_all(key_of(item) for item in page.items)
        return len(page.items)
