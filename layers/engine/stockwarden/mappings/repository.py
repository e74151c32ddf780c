"""Repository of saved mappings in the reports table: one per sender and header.

A mapping's id is the fingerprint of the header; it has name, columns, choice, fits and version.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import Operation, Table
from stockwarden.storage.versions import delete_versioned, update_versioned

_FINGERPRINT = re.compile(r"[0-9a-f]{20}")


def header_fingerprint(columns: Iterable[str]) -> str:
    """20 hex digits, equal for equal names in any order and case: exports may reorder columns."""
    names = sorted(" ".join(name.split()).casefold() for name in columns)
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:20]


class MappingRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def find(self, username: str, mapping_id: str) -> Item | None:
        if not _FINGERPRINT.fullmatch(mapping_id):
            return None
        return self.table.get(keys.mapping(username, mapping_id), consistent=True)

    def list_mappings(
        self, username: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """One page of a sender's mappings, ordered by id, and the next cursor."""
        return page_of(
            self.table,
            f"mappings#{username}",
            keys.mappings(username),
            limit=limit,
            cursor=cursor,
            valid=_FINGERPRINT.fullmatch,
        )

    def learn(self, username: str, learned: Mapping[str, Any], name: str | None) -> Operation:
        """Saves a mapping that an analysis succeeded with; replaces the one of the same header.

        `name` is the name a person gave it; without one it keeps its name, or gets the file's.
        """
        attributes = {key: value for key, value in learned.items() if key != "name"}
        assignments = ", ".join(f"#{key} = :{key}" for key in attributes)
        name_assignment = "#name = :name" if name else "#name = if_not_exists(#name, :name)"
        return self.table.update(
            keys.mapping(username, learned["id"]),
            f"SET {assignments}, {name_assignment}, #updated_at = :now,"
            " #created_at = if_not_exists(#created_at, :now),"
            " #version = if_not_exists(#version, :zero) + :one",
            name=name or learned["name"],
            now=iso(self.clock()),
            zero=0,
            one=1,
            **attributes,
        )

    def update(
        self, mapping: Item, changes: Mapping[str, Any], *, beside: Sequence[Operation] = ()
    ) -> Item:
        """Raises PreconditionFailed when the mapping has changed since it was read."""
        fields = {**changes, "updated_at": iso(self.clock())}
        return update_versioned(self.table, mapping, fields, what="mapping", beside=beside)

    def remove(self, mapping: Item, *, beside: Sequence[Operation] = ()) -> None:
        """Raises PreconditionFailed as `update` does."""
        delete_versioned(self.table, mapping, what="mapping", beside=beside)
