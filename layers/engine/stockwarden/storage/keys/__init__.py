"""Builds and parses all DynamoDB keys. One module per table.

A table's key is `pk` and `sk`. The modules have one function per kind of item for its key, one per
list for its `KeyRange`, and one for each value that is parsed from a key. The repositories check
what clients send before it becomes part of a key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class KeyRange:
    """The items of a partition whose sort keys begin with `prefix`.

    `first` and `last` bound the rest of the sort key, inclusively; "" is unbounded. `Table.query`
    uses `condition` and `values`.
    """

    pk: str
    prefix: str = ""
    first: str = ""
    last: str = ""

    @property
    def condition(self) -> str:
        match self._ends():
            case "", "":
                sort = " AND begins_with(#sk, :prefix)" if self.prefix else ""
            case _, "":
                sort = " AND #sk >= :first"
            case "", _:
                sort = " AND #sk <= :last"
            case _:
                sort = " AND #sk BETWEEN :first AND :last"
        return f"#pk = :pk{sort}"

    @property
    def values(self) -> dict[str, str]:
        first, last = self._ends()
        prefix = "" if first or last else self.prefix
        names = {"pk": self.pk, "prefix": prefix, "first": first, "last": last}
        return {name: value for name, value in names.items() if value}

    def _ends(self) -> tuple[str, str]:
        """The inclusive bounds of the sort keys; "" where unbounded."""
        if not (self.prefix and (self.first or self.last)):
            return self.first, self.last
        # The first text that sorts after all texts with the prefix.
        beyond = self.prefix[:-1] + chr(ord(self.prefix[-1]) + 1)
        return self.prefix + self.first, self.prefix + self.last if self.last else beyond

    def between(self, first: str = "", last: str = "") -> "KeyRange":
        return replace(self, first=first, last=last)

    def key(self, rest: str) -> Item:
        """The key of the item whose sort key is `prefix` and `rest`."""
        return {"pk": self.pk, "sk": self.prefix + rest}

    def rest_of(self, item: Item) -> str:
        """The part of the item's sort key after the prefix; the inverse of `key`."""
        return str(item["sk"]).removeprefix(self.prefix)


def schema() -> Item:
    """The item in each table with the version of its schema. See tools/migrate.py."""
    return {"pk": "SCHEMA", "sk": "SCHEMA"}


def key_of(item: Item) -> Item:
    """The key of an item that was read."""
    return {"pk": item["pk"], "sk": item["sk"]}


def at_key(items: Iterable[Item], key: Item) -> Item | None:
    """The item with this key."""
    return next((item for item in items if key_of(item) == key), None)
