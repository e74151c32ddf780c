"""Records of master data with a unique name: one item each, and one that claims the name.

Names are compared without case, width and repeated spaces. The claims of a kind are its list, in
the order of the names.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.catalog.references import NONE, stored, unreferenced
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid, Taken
from stockwarden.core.ids import may_be_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange, key_of
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import (
    changed_meanwhile,
    delete_versioned,
    update_versioned,
)

# A sort key has 1,024 bytes at most.
_MAX_BYTES = 1000


def folded_name(name: str) -> str:
    """The name as it is compared. Raises Invalid for one that is too long as a key."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    if len(folded.encode()) > _MAX_BYTES:
        raise Invalid.field("/name", "The name is too long; shorten it.")
    return folded


class NamedRecords:
    """`kind` is the one of the claims, `what` names a record in messages, and `counters` are the
    attributes that count what refers to one."""

    def __init__(
        self,
        table: Table,
        clock: Clock,
        *,
        records: KeyRange,
        kind: str,
        what: str,
        counters: Sequence[str],
    ) -> None:
        self.table = table
        self.clock = clock
        self.records = records
        self.kind = kind
        self.what = what
        self.counters = tuple(counters)

    def find(self, record_id: str) -> Item | None:
        if not may_be_id(record_id):
            return None
        return self.table.get(self.records.key(record_id), consistent=True)

    def list_page(
        self, scope: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """One page by name, and the cursor of the next. `scope` names the list and its filters."""
        claims, more = page_of(
            self.table, scope, keys.names(self.kind), limit=limit, cursor=cursor, valid=_may_be_name
        )
        records = [self.records.key(claim["id"]) for claim in claims]
        return self.table.get_many(records), more

    def add(
        self, record_id: str, facts: Mapping[str, Any], *, beside: Sequence[Operation] = ()
    ) -> Item:
        """Stores a record; `facts` have its name. Raises Conflict for a name that is taken."""
        now = iso(self.clock())
        item: Item = {
            **self.records.key(record_id),
            "id": record_id,
            **stored(dict(facts)),
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        claim = self._claim(facts["name"], record_id)
        try:
            write(claim, self.table.put(item, when="attribute_not_exists(#pk)"), *beside)
        except ConditionFailed as failed:
            raise self._taken(facts["name"]) from failed
        return item

    def change(
        self, before: Item, changes: Mapping[str, Any], *, beside: Sequence[Operation] = ()
    ) -> Item:
        """Changes the record read as `before`; None removes an attribute. Raises Conflict as `add`,
        PreconditionFailed if it was changed since."""
        claims: list[Operation] = []
        name = changes.get("name", before["name"])
        if folded_name(name) != folded_name(before["name"]):
            claims = [self._claim(name, before["id"]), self._release(before)]
        fields = {**changes, "updated_at": iso(self.clock())}
        others = [*claims, *beside]
        try:
            return update_versioned(self.table, before, fields, what=self.what, beside=others)
        except ConditionFailed as failed:
            if 1 in failed.failed and claims:
                raise self._taken(name) from failed
            raise changed_meanwhile(self.what) from failed

    def remove(self, before: Item, *, beside: Sequence[Operation] = ()) -> None:
        """Deletes a record that nothing refers to. Raises PreconditionFailed if it was changed
        since, or is referred to by now."""
        delete_versioned(
            self.table,
            before,
            what=self.what,
            beside=[self._release(before), *beside],
            also=unreferenced(self.counters),
            **NONE,
        )

    def _claim(self, name: str, record_id: str) -> Operation:
        claim = {**keys.name(self.kind, folded_name(name)), "id": record_id}
        return self.table.put(claim, when="attribute_not_exists(#pk)")

    def _release(self, record: Item) -> Operation:
        claim = keys.name(self.kind, folded_name(record["name"]))
        return self.table.delete(key_of(claim), when="#id = :id", id=record["id"])

    def _taken(self, name: str) -> Taken:
        return Taken(f"There is another {self.what} called {name!r}, or it was just made.", "name")


def _may_be_name(text: str) -> bool:
    return 0 < len(text.encode()) <= _MAX_BYTES
