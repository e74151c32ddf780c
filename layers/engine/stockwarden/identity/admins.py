"""The item that names the enabled admins, so that the last one cannot be lost."""

from stockwarden.core.errors import Conflict
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Operation, Table


def admin_change(table: Table, username: str, *, before: bool, after: bool) -> list[Operation]:
    """What keeps the item right where somebody becomes or ceases to be an enabled admin. Its
    condition is false for the last one."""
    if before == after:
        return []
    if after:
        return [table.update(keys.admins(), "ADD #usernames :new", new={username})]
    return [
        table.update(
            keys.admins(),
            "DELETE #usernames :gone",
            when="size(#usernames) > :last",
            gone={username},
            last=1,
        )
    ]


def list_admins(table: Table) -> list[str]:
    """The names of the enabled admins, in alphabetical order."""
    item: Item = table.get(keys.admins(), consistent=True) or {}
    return sorted(item.get("usernames", ()))


def last_admin(name: str) -> Conflict:
    return Conflict(f"{name} is the last administrator; make another one first.")
