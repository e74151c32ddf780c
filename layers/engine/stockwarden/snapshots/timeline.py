"""The snapshots of a warehouse, in the order of as_of, and which of them is the newest.

Each shown snapshot is an item beside the warehouse, with its aggregates (see `model.py`), and one
more has a `version`, which every change of the order counts.

They are sorted by their ranks (`storage/keys/reports.py`): of two files of one as_of the one that
was sent later, a correction, is the newer. A comparison is built on the order as it was read; the
version makes the write that shows it fail if the order has changed since.

A *part* (`scope.py`) says nothing of the rest of its warehouse: what that needs is found in the
snapshots before it, as far back as the last whole one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stockwarden.core.clock import iso
from stockwarden.snapshots.scope import is_part
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import is_listed
from stockwarden.storage.keys import KeyRange, key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.pages import page_and_next
from stockwarden.storage.tables import Operation, Table, write

# How far back from the newest is looked for the one that carries on an anomaly: so many wholes.
NEWER = 20
_PAGE = 4


@dataclass(frozen=True)
class TimelinePosition:
    """Where a report stands, or would stand, among the snapshots of its warehouse.

    `previous` is the one before it, `last_whole` the last before it that is no part, `own` its
    present item. `others` are besides it, newest first, down to the last whole one.
    """

    warehouse_id: str
    report_id: str
    rank: str
    version: int
    previous: Item | None
    last_whole: Item | None
    others: tuple[Mapping[str, Any], ...]
    own: Item | None

    @property
    def newest(self) -> Mapping[str, Any] | None:
        """Besides it."""
        return self.others[0] if self.others else None

    @property
    def areas_before(self) -> dict[str, int]:
        return areas_before(self.previous, self.last_whole)

    @property
    def is_newest(self) -> bool:
        return self.newest is None or keys.rank_in(self.newest) < self.rank

    @property
    def was_newest(self) -> bool:
        own, newest = self.own, self.newest
        return own is not None and (newest is None or keys.rank_in(newest) < keys.rank_in(own))

    @property
    def acts(self) -> bool:
        """Whether it resolves what it lacks: the newest does, and goes on to when it no longer is,
        but one that is sent late for an earlier day does not."""
        own = self.own
        stays = own is not None and keys.rank_in(own) == self.rank
        return self.is_newest or (own is not None and stays and has_acted(own))

    @property
    def as_of(self) -> str:
        return keys.as_of_in(self.rank)


class Timeline:
    def __init__(self, table: Table) -> None:
        self.table = table

    def place(
        self, warehouse_id: str, report_id: str, rank: str, shown: str | None
    ) -> TimelinePosition:
        """`shown` is the rank of the report's analysis that is shown, if there is one."""
        order = self.table.get(keys.snapshot_order(warehouse_id), consistent=True)
        own = self.snapshot(warehouse_id, shown) if shown else None
        snapshots = keys.snapshots(warehouse_id)
        others = self._newest_first(snapshots, report_id)
        before = self._newest_first(snapshots.between(last=rank), report_id)
        previous, last_whole = _previous(before)
        return TimelinePosition(
            warehouse_id,
            report_id,
            rank,
            order["version"] if order else 0,
            previous,
            last_whole,
            tuple(through_whole(others)),
            own,
        )

    def show_operations(
        self, place: TimelinePosition, aggregates: Mapping[str, Any], now: str
    ) -> list[Operation]:
        """Only the first of them can fail, if the order is no longer as `place` has it."""
        key = keys.snapshot(place.warehouse_id, place.rank)
        item = {**key, **aggregates, "shown_at": now}
        operations = [self._count(place.warehouse_id, place.version), self.table.put(item)]
        if place.own and key_of(place.own) != key:
            operations.append(self.table.delete(key_of(place.own)))
        return operations

    def forget_operations(self, place: TimelinePosition) -> list[Operation]:
        """As `show_operations`, for a report that is no more."""
        gone = [self.table.delete(key_of(place.own))] if place.own else []
        return [self._count(place.warehouse_id, place.version), *gone]

    def touch(self, warehouse_id: str) -> None:
        """Makes whoever has read the order, and what its snapshots know, read it again."""
        write(self.table.update(keys.snapshot_order(warehouse_id), "ADD #version :one", one=1))

    def newest(self, warehouse_id: str) -> Item | None:
        return next(self._newest_first(keys.snapshots(warehouse_id)), None)

    def newest_whole(self, warehouse_id: str) -> Item | None:
        """The newest of all where none is whole."""
        newest, whole = _previous(self._newest_first(keys.snapshots(warehouse_id)))
        return whole or newest

    def before(self, snapshot: Item) -> tuple[Item | None, Item | None]:
        """The one before a snapshot, and the last whole one before it."""
        snapshots = keys.snapshots(keys.warehouse_in(snapshot))
        older = snapshots.between(last=keys.rank_in(snapshot))
        return _previous(self._newest_first(older, snapshot["report_id"]))

    def snapshot(self, warehouse_id: str, rank: str) -> Item | None:
        return self.table.get(keys.snapshot(warehouse_id, rank), consistent=True)

    def following(self, warehouse_id: str, rank: str) -> Item | None:
        """The snapshot after that of a rank, which itself may be there or not."""
        later = keys.snapshots(warehouse_id).between(first=rank)
        page = self.table.query(later, consistent=True, limit=2)
        return next((item for item in page.items if keys.rank_in(item) != rank), None)

    def update_operation(self, snapshot: Item, changes: Mapping[str, Any]) -> Operation:
        """Other aggregates of the same analysis; fails if it is no longer that which is shown."""
        return self.table.update(
            key_of(snapshot),
            "SET " + ", ".join(f"#{name} = :{name}" for name in changes),
            when="#generation = :generation",
            generation=snapshot["generation"],
            **changes,
        )

    def newer(self, warehouse_id: str, rank: str) -> Iterator[Item]:
        """The snapshots after that of a rank, the newest first: of whole ones at most `NEWER`."""
        wholes = 0
        for item in self._newest_first(keys.snapshots(warehouse_id).between(first=rank)):
            if keys.rank_in(item) == rank or wholes == NEWER:
                return
            wholes += not is_part(item)
            yield item

    def page(
        self, warehouse_id: str, limit: int, cursor: str | None, scope: str, *, ahead: int = 0
    ) -> tuple[list[Item], str | None]:
        """The newest first; with `ahead`, if there is one, the first of the next page too."""
        items, more = page_and_next(
            self.table,
            f"snapshots#{warehouse_id}#{scope}",
            keys.snapshots(warehouse_id),
            limit=limit,
            cursor=cursor,
            valid=is_listed,
        )
        return items[: limit + ahead], more

    def _newest_first(self, snapshots: KeyRange, report_id: str = "") -> Iterator[Item]:
        """Of other reports than this; read a few at a time."""
        items = self.table.query_all(
            snapshots,
            newest_first=True,
            consistent=True,
            limit=_PAGE,
        )
        return (item for item in items if item["report_id"] != report_id)

    def _count(self, warehouse_id: str, version: int) -> Operation:
        return self.table.update(
            keys.snapshot_order(warehouse_id),
            "SET #version = :next",
            when="#version = :read" if version else "attribute_not_exists(#version)",
            next=version + 1,
            **({"read": version} if version else {}),
        )


def _previous(newest_first: Iterator[Item]) -> tuple[Item | None, Item | None]:
    """The first of them, and the first that is no part."""
    previous = next(newest_first, None)
    if previous is None or not is_part(previous):
        return previous, previous
    return previous, next((item for item in newest_first if not is_part(item)), None)


def through_whole(snapshots: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """From the newest (the first) back to the last whole one: all that is still to be worked."""
    for snapshot in snapshots:
        yield snapshot
        if not is_part(snapshot):
            return


def areas_before(previous: Item | None, last_whole: Item | None) -> dict[str, int]:
    """Of the snapshots that the next is compared with, and the pallets in those of the whole one.

    Earlier versions of this program kept the names of areas alone: 0 stands for unknown.
    """
    names = dict.fromkeys((previous or {}).get("areas", ()), 0)
    whole = (last_whole or {}).get("areas", {})
    return {**names, **(whole if isinstance(whole, Mapping) else dict.fromkeys(whole, 0))}


def has_acted(snapshot: Item) -> bool:
    """Whether it resolved what it lacked; those of earlier versions tell by what they did."""
    return bool(snapshot.get("acted", snapshot["comparison"]["vanished"] > 0))


def rank_of(as_of: datetime, sent_at: str, report_id: str) -> str:
    """`as_of` in any offset; `sent_at`, when the report was created, as `core.clock` writes it."""
    return keys.rank(iso(as_of), sent_at, report_id)
