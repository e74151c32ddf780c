"""Warehouses in the reports table: one META item each, and one item per version of the layout.

A layout version never changes once written, so a report that names a version can always be
analyzed again under the layout it was analyzed with; also when the warehouse itself is gone.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.core.ids import may_be_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import (
    changed_meanwhile,
    delete_versioned,
    update_versioned,
    write_versioned,
)
from stockwarden.warehouse.layout.layout import Layout

# A DynamoDB item holds 400 KB; this leaves room for the other attributes.
MAX_LAYOUT_BYTES = 300_000
# Sorts after every timestamp.
_NEWER_THAN_ALL = "~"


class WarehouseRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def add(
        self,
        warehouse_id: str,
        username: str,
        facts: Mapping[str, Any],
        layout: Layout,
        *,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """Creates a warehouse; `facts` are name, timezone and part_below. Raises TooLarge for a
        layout that does not fit into one item."""
        now = iso(self.clock())
        meta: Item = {
            **keys.warehouse(warehouse_id),
            "owner": keys.warehouse_owner(username),
            "listed": keys.listed(now, warehouse_id),
            "id": warehouse_id,
            "username": username,
            **facts,
            **next_layout(None, layout),
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        write(
            self.table.put(meta, when="attribute_not_exists(pk)"),
            self._put_layout(warehouse_id, 1, layout, now),
            *beside,
        )
        return meta

    def find(self, warehouse_id: str) -> Item | None:
        if not may_be_id(warehouse_id):
            return None
        return self.table.get(keys.warehouse(warehouse_id), consistent=True)

    def find_ids_by_name(self, username: str, name: str) -> list[str]:
        """Ids of the user's own warehouses whose id or name (in any case) is `name`."""
        metas = self.table.query_all(
            "#owner = :owner", index="by_owner", owner=keys.warehouse_owner(username)
        )
        return [meta["id"] for meta in metas if has_name(meta, name)]

    def load_layout(self, warehouse_id: str, version: int) -> Layout:
        """A stored version of the layout. Raises NotFound for a version that does not exist."""
        item = self.table.get(keys.layout(warehouse_id, version))
        if item is None:
            raise NotFound("There is no such version of the layout.")
        return Layout.from_rows(json.loads(zlib.decompress(item["rows"])), stored=True)

    def find_many(self, warehouse_ids: Sequence[str]) -> list[Item]:
        """META items of the warehouses that exist, in the order of the ids."""
        return self.table.get_many([keys.warehouse(warehouse_id) for warehouse_id in warehouse_ids])

    def owned_by(self, username: str) -> Iterator[str]:
        """The ids of a person's warehouses, newest first. Not for a request path."""
        metas = self.table.query_all(
            "#owner = :owner",
            index="by_owner",
            newest_first=True,
            owner=keys.warehouse_owner(username),
        )
        return (meta["id"] for meta in metas)

    def list_page(self, username: str, limit: int, after: str) -> tuple[list[Item], str | None]:
        """The user's own warehouses, newest first, and the `listed` value of the next page."""
        page = self.table.query(
            "#owner = :owner AND #listed < :after",
            index="by_owner",
            limit=limit,
            newest_first=True,
            owner=keys.warehouse_owner(username),
            after=after or _NEWER_THAN_ALL,
        )
        return page.items, page.last_key["listed"] if page.last_key else None

    def change(
        self,
        meta: Item,
        changes: Mapping[str, Any],
        layout: Layout | None,
        *,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """Writes `changes` and, if given, the next layout version, over `meta` as it was read.

        Raises PreconditionFailed after a concurrent change, TooLarge as `add` does.
        """
        now = iso(self.clock())
        fields = {**changes, "updated_at": now}
        others = list(beside)
        if layout is not None:
            fields |= next_layout(meta, layout)
            others.append(self._put_layout(meta["id"], fields["layout_version"], layout, now))
        try:
            return update_versioned(self.table, meta, fields, what="warehouse", beside=others)
        except ConditionFailed as failed:
            # The layout has that version already.
            raise changed_meanwhile("warehouse") from failed

    def transfer(self, meta: Item, username: str, *others: Operation, members: int) -> None:
        """Makes somebody else the owner, together with `others`, which change the number of members
        by `members`.

        Raises PreconditionFailed as `change` does, ConditionFailed if only a condition of `others`
        is false.
        """
        transferred = self.table.update(
            key_of(meta),
            "SET #owner = :owner, #username = :username, #updated_at = :now, #version = :next"
            " ADD #members :more",
            when="#version = :read",
            owner=keys.warehouse_owner(username),
            username=username,
            now=iso(self.clock()),
            next=meta["version"] + 1,
            more=members,
            read=meta["version"],
        )
        write_versioned(transferred, *others, what="warehouse")

    def mark_stocked(self, warehouse_id: str) -> None:
        """Before stock is moved to where there has never been any, or an order names the warehouse:
        from now on it is not deleted. Raises NotFound for one that is."""
        key = keys.warehouse(warehouse_id)
        meta = self.table.get(key, consistent=True, attributes=("id", "stocked"))
        if meta is not None and meta.get("stocked"):
            return
        try:
            write(
                self.table.update(
                    key, "SET #stocked = :yes", when="attribute_exists(#pk)", yes=True
                )
            )
        except ConditionFailed as failed:
            raise NotFound("There is no such warehouse.") from failed

    def purge(self, warehouse_id: str) -> None:
        """Deletes what is left of a deleted warehouse whose reports are deleted too: its layouts,
        rules, costs, snapshots and suppressions. May be repeated."""
        parts = self.table.query_all(keys.warehouse_parts(warehouse_id), consistent=True)
        self.table.delete_all(key_of(item) for item in parts)

    def remove(self, meta: Item, *others: Operation, members: int) -> None:
        """Deletes a warehouse in which stock was never moved. Its layout versions stay, so that
        reports can be analyzed again.

        `others` are part of the transaction, and delete its `members`, whose number must still be
        the same. Raises PreconditionFailed as `change` does.
        """
        delete_versioned(
            self.table,
            meta,
            what="warehouse",
            beside=others,
            also="(attribute_not_exists(#members) OR #members = :members)"
            " AND attribute_not_exists(#stocked)",
            members=members,
        )

    def _put_layout(self, warehouse_id: str, version: int, layout: Layout, now: str) -> Operation:
        text = json.dumps(layout.to_rows(), separators=(",", ":"), sort_keys=True)
        rows = zlib.compress(text.encode(), 9)
        if len(rows) > MAX_LAYOUT_BYTES:
            raise TooLarge(
                f"The layout needs {len(rows) // 1000} kB, at most {MAX_LAYOUT_BYTES // 1000} "
                "are kept; describe rows of locations by patterns such as {001..999}{A..D}."
            )
        item = {
            **keys.layout(warehouse_id, version),
            "version": version,
            "rows": rows,
            "count": len(layout.rows),
            "created_at": now,
        }
        return self.table.put(item, when="attribute_not_exists(pk)")


def next_layout(meta: Item | None, layout: Layout) -> dict[str, int]:
    """What the META item of a warehouse gets with another layout; None for a new warehouse."""
    version = meta["layout_version"] + 1 if meta else 1
    return {"layout_version": version, "layout_rows": len(layout.rows)}


def has_name(meta: Item, name: str) -> bool:
    """Whether the id or the name (in any case) of a META item is `name`."""
    return bool(meta["id"] == name or meta["name"].strip().casefold() == name.strip().casefold())
