"""The hash chain of a scope: each entry is bound to all before it.

    hash = SHA-256(bytes of the previous hash ‖ canonical JSON of the entry with its seq)

`seq` counts from 1 without gaps; the hash before the first is 64 zeros. Everything that an entry
holds is hashed, and what only its key says (scope, at, id) too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.audit.canonical import canonical_json
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys

GENESIS = "0" * 64
# Bytes; many times what our entries have, and a hundred of them are less than 4 MB.
_LARGEST = 16_384
_LINK = frozenset({"seq", "previous_hash", "hash", "listed"})


def chained_hash(previous: str, document: Mapping[str, Any]) -> str:
    """`previous` and the result are in hexadecimal. Raises TypeError and ValueError for a document
    without canonical JSON, and for a `previous` that is no hash."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical_json(document)).hexdigest()


def document(item: Item, seq: int | None) -> dict[str, Any]:
    """What is hashed of an entry as number `seq`; None for one that has no number yet. Raises
    ValueError for an item that is no entry."""
    key = keys.parse_entry(item)
    own = {name: value for name, value in keys.content(item).items() if name not in _LINK}
    identity = {"seq": seq, "scope": key.scope, "at": key.at, "id": key.entry_id}
    if own.keys() & identity.keys():
        raise ValueError("an entry has its scope, time and id in its key alone")
    return {**own, **identity}


def sealed(item: Item, seq: int, previous: str) -> Item:
    """The entry as link `seq` after the hash `previous`. Raises as `chained_hash` does."""
    link = {
        "seq": seq,
        "previous_hash": previous,
        "hash": chained_hash(previous, document(item, seq)),
        "listed": keys.listed(item),
    }
    return {**item, **link}


def is_sealable(item: Item) -> bool:
    """Whether the item is an entry that has a hash, and of which a batch fits a transaction."""
    try:
        return len(canonical_json(document(item, 1))) <= _LARGEST
    except (KeyError, TypeError, ValueError):
        return False


@dataclass(frozen=True)
class Head:
    """The last sealed entry of a scope; `sealed_at` as `core.clock.iso` writes it."""

    scope: str
    seq: int
    hash: str
    sealed_at: str

    def statement(self) -> bytes:
        """What is signed."""
        return canonical_json({"purpose": "stockwarden audit head", **vars(self)})
