"""Reads whole lists of an index, one after the other; a later run goes on where one has stopped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import Table


@dataclass(frozen=True)
class Position:
    """The last entry that was read: the number of its list, and its key in the index; None before
    the first one of the list."""

    shard: int
    key: Item | None


@dataclass(frozen=True)
class IndexWalk:
    """`partition` and `sort` are the attributes by which the index lists."""

    table: Table
    index: str
    partition: str
    sort: str
    lists: Sequence[str]

    def entries(self, start: Position | None = None) -> Iterator[tuple[Item, Position]]:
        """All entries after a position, each with its own; page by page. Raises Unavailable."""
        position = start or Position(0, None)
        for number in range(position.shard, len(self.lists)):
            key = position.key if number == position.shard else None
            while True:
                page = self.table.query(
                    f"#{self.partition} = :list",
                    index=self.index,
                    start=key,
                    list=self.lists[number],
                )
                for entry in page.items:
                    index_key = {name: entry[name] for name in (self.partition, self.sort)}
                    yield entry, Position(number, key_of(entry) | index_key)
                key = page.last_key
                if key is None:
                    break
