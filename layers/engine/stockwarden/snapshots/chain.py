"""The snapshots of a warehouse, in the order of as_of, and which of them is the newest.

WAREHOUSE#<id>  SNAPSHOT#<rank>   one shown snapshot and its aggregates, see `model.py`
WAREHOUSE#<id>  SNAPSHOTS         `version`, which every change of the order counts

A rank is `<as_of>#<sent_at>#<report_id>`, both in UTC, so that the keys sort by time; of two files
of one as_of the one that was sent later, a correction, is the newer. A comparison is built on the
order as it was read; the version makes the write that shows it fail if the order has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stockwarden.core.clock import iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.tables import Operation, Table, write

_SNAPSHOT = "SNAPSHOT#"
_END = "SNAPSHOT$"
_HEAD = "SNAPSHOTS"
# How far back from the newest is looked for the one that carries on an anomaly.
NEWER = 20


@dataclass(frozen=True)
class Place:
    """Where a report stands, or would stand, among the snapshots of its warehouse.

    `previous` is the one before it, `newest` the newest besides it, `own` its present item.
    """

    warehouse_id: str
    report_id: str
    rank: str
    version: int
    previous: Item | None
    newest: Item | None
    own: Item | None

    @property
    def is_newest(self) -> bool:
        return self.newest is None or self.newest["sk"] < self.sk

    @property
    def was_newest(self) -> bool:
        own, newest = self.own, self.newest
        return own is not None and (newest is None or newest["sk"] < own["sk"])

    @property
    def acts(self) -> bool:
        """Whether it resolves what it lacks: the newest does, and goes on to when it no longer is,
        but one that is sent late for an earlier day does not."""
        own = self.own
        return self.is_newest or (own is not None and own["sk"] == self.sk and has_acted(own))

    @property
    def as_of(self) -> str:
        return self.rank.partition("#")[0]

    @property
    def sk(self) -> str:
        return _SNAPSHOT + self.rank


class Chain:
    def __init__(self, table: Table) -> None:
        self.table = table

    def place(self, warehouse_id: str, report_id: str, rank: str, shown: str | None) -> Place:
        """`shown` is the rank of the report's analysis that is shown, if there is one."""
        head = self.table.get(_head_key(warehouse_id), consistent=True) or {"version": 0}
        own = self.table.get(_snapshot_key(warehouse_id, shown), consistent=True) if shown else None
        return Place(
            warehouse_id,
            report_id,
            rank,
            head["version"],
            self._before(warehouse_id, _SNAPSHOT + rank, report_id),
            self._before(warehouse_id, _END, report_id),
            own,
        )

    def show_operations(
        self, place: Place, aggregates: Mapping[str, Any], now: str
    ) -> list[Operation]:
        """Only the first of them can fail, if the order is no longer as `place` has it."""
        item = {"pk": _pk(place.warehouse_id), "sk": place.sk, **aggregates, "shown_at": now}
        operations = [self._count(place.warehouse_id, place.version), self.table.put(item)]
        if place.own and place.own["sk"] != place.sk:
            operations.append(self.table.delete(_key(place.own)))
        return operations

    def forget_operations(self, place: Place) -> list[Operation]:
        """As `show_operations`, for a report that is no more."""
        gone = [self.table.delete(_key(place.own))] if place.own else []
        return [self._count(place.warehouse_id, place.version), *gone]

    def touch(self, warehouse_id: str) -> None:
        """Makes whoever has read the order, and what its snapshots know, read it again."""
        write(self.table.update(_head_key(warehouse_id), "ADD #version :one", one=1))

    def newest(self, warehouse_id: str) -> Item | None:
        return self._before(warehouse_id, _END, "")

    def before(self, snapshot: Item) -> Item | None:
        """The one before a snapshot."""
        return self._before(_warehouse_of(snapshot), snapshot["sk"], snapshot["report_id"])

    def snapshot(self, warehouse_id: str, rank: str) -> Item | None:
        return self.table.get(_snapshot_key(warehouse_id, rank), consistent=True)

    def following(self, warehouse_id: str, rank: str) -> Item | None:
        """The snapshot after that of a rank, which itself may be there or not."""
        after = _SNAPSHOT + rank
        page = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            consistent=True,
            limit=2,
            pk=_pk(warehouse_id),
            first=after,
            last=_END,
        )
        return next((item for item in page.items if item["sk"] != after), None)

    def update_operation(self, snapshot: Item, changes: Mapping[str, Any]) -> Operation:
        """Other aggregates of the same analysis; fails if it is no longer that which is shown."""
        return self.table.update(
            _key(snapshot),
            "SET " + ", ".join(f"#{name} = :{name}" for name in changes),
            when="#generation = :generation",
            generation=snapshot["generation"],
            **changes,
        )

    def newer(self, warehouse_id: str, rank: str) -> list[Item]:
        """The snapshots after that of a rank, the newest first: at most `NEWER`."""
        after = _SNAPSHOT + rank
        page = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            newest_first=True,
            consistent=True,
            limit=NEWER,
            pk=_pk(warehouse_id),
            first=after,
            last=_END,
        )
        return [item for item in page.items if item["sk"] != after]

    def page(
        self, warehouse_id: str, limit: int, cursor: str | None, scope: str, *, ahead: int = 0
    ) -> tuple[list[Item], str | None]:
        """The newest first; with `ahead`, if there is one, the first of the next page too."""
        scope = f"snapshots#{warehouse_id}#{scope}"
        at = decode_listed(scope, cursor)
        page = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            newest_first=True,
            limit=limit + 1,
            pk=_pk(warehouse_id),
            first=_SNAPSHOT,
            last=_SNAPSHOT + at if at else _END,
        )
        if len(page.items) <= limit:
            return page.items, None
        return page.items[: limit + ahead], encode_cursor(scope, [rank_in(page.items[limit])])

    def _before(self, warehouse_id: str, sk: str, report_id: str) -> Item | None:
        """The last snapshot before `sk` of another report."""
        page = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            newest_first=True,
            consistent=True,
            limit=3,
            pk=_pk(warehouse_id),
            first=_SNAPSHOT,
            last=sk,
        )
        others = (item for item in page.items if item["report_id"] != report_id)
        return next(others, None)

    def _count(self, warehouse_id: str, version: int) -> Operation:
        return self.table.update(
            _head_key(warehouse_id),
            "SET #version = :next",
            when="#version = :read" if version else "attribute_not_exists(#version)",
            next=version + 1,
            **({"read": version} if version else {}),
        )


def rank_in(snapshot: Item) -> str:
    return str(snapshot["sk"].removeprefix(_SNAPSHOT))


def has_acted(snapshot: Item) -> bool:
    """Whether it resolved what it lacked; those of earlier versions tell by what they did."""
    return bool(snapshot.get("acted", snapshot["comparison"]["vanished"] > 0))


def rank_of(as_of: datetime, sent_at: str, report_id: str) -> str:
    """`as_of` in any offset; `sent_at`, when the report was created, as `core.clock` writes it."""
    return f"{iso(as_of)}#{sent_at}#{report_id}"


def _snapshot_key(warehouse_id: str, rank: str) -> Item:
    return {"pk": _pk(warehouse_id), "sk": _SNAPSHOT + rank}


def _pk(warehouse_id: str) -> str:
    return f"WAREHOUSE#{warehouse_id}"


def _warehouse_of(snapshot: Item) -> str:
    return str(snapshot["pk"].removeprefix("WAREHOUSE#"))


def _head_key(warehouse_id: str) -> Item:
    return {"pk": _pk(warehouse_id), "sk": _HEAD}


def _key(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}
