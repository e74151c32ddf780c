"""The keys of the audit table, and of its indexes.

| item  | pk              | sk          |                                          |
|-------|-----------------|-------------|------------------------------------------|
| entry | `AUDIT#<scope>` | `<at>#<id>` | one change                               |
| head  | `HEADS`         | `<scope>`   | how far the scope's chain is sealed      |
| note  | `VERIFICATIONS` | `<scope>`   | what its last verification found         |

An entry gets `seq` and `listed` when it is sealed, so only sealed entries are in the indexes, and
the transaction that writes an entry does not pay for them.

| index     | partition | sorted by               |           |
|-----------|-----------|-------------------------|-----------|
| by_seq    | `pk`      | `seq`                   | keys only |
| by_object | `object`  | `listed`: the entry's sk | all       |
| by_actor  | `actor`   | `listed`                | all       |
"""

from typing import Any, NamedTuple

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

_ENTRIES = "AUDIT#"
_KEY = frozenset({"pk", "sk"})


class EntryKey(NamedTuple):
    """What the key of an entry says; `at` as `core.clock.iso` writes it."""

    scope: str
    at: str
    entry_id: str


def entries(scope: str) -> KeyRange:
    return KeyRange(f"{_ENTRIES}{scope}")


def entry(scope: str, at: str, entry_id: str) -> Item:
    return entries(scope).key(f"{at}#{entry_id}")


def parse_entry(item: Item) -> EntryKey:
    """Raises ValueError for another kind of item."""
    at, _, entry_id = str(item["sk"]).partition("#")
    if not (str(item["pk"]).startswith(_ENTRIES) and entry_id):
        raise ValueError("not the key of an audit entry")
    return EntryKey(str(item["pk"]).removeprefix(_ENTRIES), at, entry_id)


def is_entry(item: Item) -> bool:
    return str(item["pk"]).startswith(_ENTRIES)


def scope_of_entry(item: Item) -> str:
    return str(item["pk"]).removeprefix(_ENTRIES)


def listed(item: Item) -> str:
    """The `listed` of an entry, and its place in every list: `<at>#<id>`."""
    return str(item["sk"])


def content(item: Item) -> dict[str, Any]:
    """The attributes of an item without its key."""
    return {name: value for name, value in item.items() if name not in _KEY}


def heads() -> KeyRange:
    return KeyRange("HEADS")


def head(scope: str) -> Item:
    return heads().key(scope)


def scope_of_head(item: Item) -> str:
    return str(item["sk"])


def verifications() -> KeyRange:
    return KeyRange("VERIFICATIONS")


def verification(scope: str) -> Item:
    return verifications().key(scope)


def scope_of_verification(item: Item) -> str:
    return str(item["sk"])
