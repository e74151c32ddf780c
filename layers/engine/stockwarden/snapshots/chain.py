"""The snapshots of a warehouse, in the order of as_of, and which of them is the newest.

WAREHOUSE#<id>  SNAPSHOT#<as_of>#<report_id>   one shown snapshot and its aggregates, see `model.py`
WAREHOUSE#<id>  SNAPSHOTS                      `version`, which every change of the order counts

as_of stands in UTC there, so that the keys sort by time. A comparison is built on the order as it
was read; the version makes the write that shows it fail if the order has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stockwarden.core.clock import iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.tables import Operation, Table

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
    as_of: str
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
    def sk(self) -> str:
        return snapshot_sk(self.as_of, self.report_id)


class Chain:
    def __init__(self, table: Table) -> None:
        self.table = table

    def place(
        self, warehouse_id: str, report_id: str, as_of: datetime, shown_as_of: str | None
    ) -> Place:
        """`shown_as_of` is the as_of of the report's analysis that is shown, if there is one."""
        head = self.table.get(_head_key(warehouse_id), consistent=True) or {"version": 0}
        own = (
            self.table.get(snapshot_key(warehouse_id, shown_as_of, report_id), consistent=True)
            if shown_as_of
            else None
        )
        moment = iso(as_of)
        return Place(
            warehouse_id,
            report_id,
            moment,
            head["version"],
            self._before(warehouse_id, snapshot_sk(moment, report_id), report_id),
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

    def find(self, warehouse_id: str, as_of: str, report_id: str) -> Item | None:
        return self.table.get(snapshot_key(warehouse_id, as_of, report_id))

    def newer(self, warehouse_id: str, as_of: str, report_id: str) -> list[Item]:
        """The snapshots after that of a report, the newest first: at most `NEWER`."""
        after = snapshot_sk(as_of, report_id)
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
        return page.items[: limit + ahead], encode_cursor(scope, [_at(page.items[limit])])

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


def _at(item: Item) -> str:
    return str(item["sk"].removeprefix(_SNAPSHOT))


def snapshot_sk(as_of: str, report_id: str) -> str:
    """`as_of` in any offset."""
    return f"{_SNAPSHOT}{iso(datetime.fromisoformat(as_of))}#{report_id}"


def snapshot_key(warehouse_id: str, as_of: str, report_id: str) -> Item:
    return {"pk": _pk(warehouse_id), "sk": snapshot_sk(as_of, report_id)}


def _pk(warehouse_id: str) -> str:
    return f"WAREHOUSE#{warehouse_id}"


def _head_key(warehouse_id: str) -> Item:
    return {"pk": _pk(warehouse_id), "sk": _HEAD}


def _key(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}
