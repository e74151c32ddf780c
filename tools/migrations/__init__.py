"""The migrations of stored data, in the order of the releases that changed it.

A migration is a module here and an entry in MIGRATIONS. Its `change` takes an item as it is stored
and answers the item as it is to be stored, or None where nothing changes. It must take its own
answers (a migration may be interrupted and repeated), and the code of the release must read both
forms: it serves while the migration runs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation, Table
from tools.migrations import users_2


def _nothing(_table: Table, _item: Item) -> Sequence[Operation]:
    return ()


@dataclass(frozen=True)
class Migration:
    """`table` is the name of the stack's output without `TableName`; `number` is the version of
    its schema afterwards, counted from 2 for each table: the first release wrote version 1.
    `beside` are further writes for an item as it is to be stored, in the same transaction."""

    table: str
    number: int
    about: str
    change: Callable[[Item], Item | None]
    beside: Callable[[Table, Item], Sequence[Operation]] = _nothing


TABLES = ("Users", "Reports", "Anomalies", "Operations")
"""Of these the data is carried on. Answers kept for repeated requests expire within a day."""

MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "Users",
        2,
        "accounts have an opaque id, a version, and a place in the list of all accounts",
        users_2.with_id,
        users_2.found_by,
    ),
)
