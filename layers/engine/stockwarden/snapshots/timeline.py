"""Timeline of a warehouse: its shown snapshots in the order of as_of.

Each shown snapshot is an item beside the warehouse, with its aggregates (see `model.py`); one more
item has a `version`, which every change of the timeline increments.

Snapshots are sorted by their ranks (`storage/keys/reports.py`): of two files with the same as_of
the one sent later, a correction, is newer. A comparison depends on the timeline as it was read; the
version makes the write that shows it fail if the timeline has changed since.

A *part* (`scope.py`) does not describe the rest of its warehouse: that is described by the
snapshots before it, back to the last whole one.
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

# The number of whole snapshots searched, from the newest, for one that has an anomaly.
NEWER = 20
_PAGE = 4


@dataclass(frozen=True)
class TimelinePosition:
    """The position of a report, shown or about to be, among the snapshots of its warehouse.

    `previous` is the snapshot before it, `last_whole` the last before it that is not a part,
    `shown_item` its own item if it is shown. `other_snapshots` are those of other reports, newest
    first, down to the last whole one.
    """

    warehouse_id: str
    report_id: str
    rank: str
    version: int
    previous: Item | None
    last_whole: Item | None
    other_snapshots: tuple[Mapping[str, Any], ...]
    shown_item: Item | None

    @property
    def newest(self) -> Mapping[str, Any] | None:
        """The newest snapshot of another report."""
        return self.other_snapshots[0] if self.other_snapshots else None

    @property
    def areas_before(self) -> dict[str, int]:
        return areas_before(self.previous, self.last_whole)

    @property
    def is_newest(self) -> bool:
        return self.newest is None or keys.rank_in(self.newest) < self.rank

    @property
    def was_newest(self) -> bool:
        shown_item, newest = self.shown_item, self.newest
        return shown_item is not None and (
            newest is None or keys.rank_in(newest) < keys.rank_in(shown_item)
        )

    @property
    def resolves_absent(self) -> bool:
        """Whether the report resolves anomalies that it lacks: the newest snapshot does, also when
        it is analyzed again later; one that is sent late for an earlier moment does not."""
        shown_item = self.shown_item
        keeps_rank = shown_item is not None and keys.rank_in(shown_item) == self.rank
        return self.is_newest or (shown_item is not None and keeps_rank and has_acted(shown_item))

    @property
    def as_of(self) -> str:
        return keys.as_of_in(self.rank)


class Timeline:
    def __init__(self, table: Table) -> None:
        self.table = table

    def locate(
        self, warehouse_id: str, report_id: str, rank: str, shown_rank: str | None
    ) -> TimelinePosition:
        """The position of a report with `rank`; `shown_rank` is that of its shown analysis, if
        there is one."""
        order = self.table.get(keys.snapshot_order(warehouse_id), consistent=True)
        shown_item = self.find_snapshot(warehouse_id, shown_rank) if shown_rank else None
        snapshots = keys.snapshots(warehouse_id)
        other_snapshots = self._newest_first(snapshots, report_id)
        older = self._newest_first(snapshots.between(last=rank), report_id)
        previous, last_whole = _previous(older)
        return TimelinePosition(
            warehouse_id,
            report_id,
            rank,
            order["version"] if order else 0,
            previous,
            last_whole,
            tuple(through_whole(other_snapshots)),
            shown_item,
        )

    def show_operations(
        self, position: TimelinePosition, aggregates: Mapping[str, Any], now: str
    ) -> list[Operation]:
        """Adds the snapshot. Only the first operation has a condition: that the timeline is as
        `position` was read."""
        key = keys.snapshot(position.warehouse_id, position.rank)
        item = {**key, **aggregates, "shown_at": now}
        operations = [
            self._increment_operation(position.warehouse_id, position.version),
            self.table.put(item),
        ]
        if position.shown_item and key_of(position.shown_item) != key:
            operations.append(self.table.delete(key_of(position.shown_item)))
        return operations

    def forget_operations(self, position: TimelinePosition) -> list[Operation]:
        """Removes the snapshot, as `show_operations` adds it."""
        removal = [self.table.delete(key_of(position.shown_item))] if position.shown_item else []
        return [self._increment_operation(position.warehouse_id, position.version), *removal]

    def increment_version(self, warehouse_id: str) -> None:
        """Makes comparisons that have read the timeline fail, so that they read it again."""
        write(self.table.update(keys.snapshot_order(warehouse_id), "ADD #version :one", one=1))

    def newest(self, warehouse_id: str) -> Item | None:
        return next(self._newest_first(keys.snapshots(warehouse_id)), None)

    def newest_whole(self, warehouse_id: str) -> Item | None:
        """The newest whole snapshot, or the newest of all where none is whole."""
        newest, last_whole = _previous(self._newest_first(keys.snapshots(warehouse_id)))
        return last_whole or newest

    def previous_of(self, snapshot: Item) -> tuple[Item | None, Item | None]:
        """The snapshot before another, and the last whole one before it."""
        snapshots = keys.snapshots(keys.warehouse_in(snapshot))
        older = snapshots.between(last=keys.rank_in(snapshot))
        return _previous(self._newest_first(older, snapshot["report_id"]))

    def find_snapshot(self, warehouse_id: str, rank: str) -> Item | None:
        return self.table.get(keys.snapshot(warehouse_id, rank), consistent=True)

    def find_following(self, warehouse_id: str, rank: str) -> Item | None:
        """The first snapshot after a rank, whether or not a snapshot has that rank."""
        later = keys.snapshots(warehouse_id).between(first=rank)
        page = self.table.query(later, consistent=True, limit=2)
        return next((item for item in page.items if keys.rank_in(item) != rank), None)

    def update_operation(self, snapshot: Item, changes: Mapping[str, Any]) -> Operation:
        """Changes aggregates of a snapshot; fails if its analysis is no longer the shown one."""
        return self.table.update(
            key_of(snapshot),
            "SET " + ", ".join(f"#{name} = :{name}" for name in changes),
            when="#generation = :generation",
            generation=snapshot["generation"],
            **changes,
        )

    def newer(self, warehouse_id: str, rank: str) -> Iterator[Item]:
        """The snapshots after a rank, newest first, with at most `NEWER` whole ones."""
        wholes = 0
        for item in self._newest_first(keys.snapshots(warehouse_id).between(first=rank)):
            if keys.rank_in(item) == rank or wholes == NEWER:
                return
            wholes += not is_part(item)
            yield item

    def list_snapshots(
        self, warehouse_id: str, limit: int, cursor: str | None, scope: str, *, ahead: int = 0
    ) -> tuple[list[Item], str | None]:
        """One page of snapshots, newest first, and the next cursor; with `ahead` also the first
        snapshots of the next page."""
        items, next_cursor = page_and_next(
            self.table,
            f"snapshots#{warehouse_id}#{scope}",
            keys.snapshots(warehouse_id),
            limit=limit,
            cursor=cursor,
            valid=is_listed,
        )
        return items[: limit + ahead], next_cursor

    def _newest_first(self, snapshots: KeyRange, report_id: str = "") -> Iterator[Item]:
        """The snapshots of other reports, newest first; read a few at a time."""
        items = self.table.query_all(
            snapshots,
            newest_first=True,
            consistent=True,
            limit=_PAGE,
        )
        return (item for item in items if item["report_id"] != report_id)

    def _increment_operation(self, warehouse_id: str, version: int) -> Operation:
        return self.table.update(
            keys.snapshot_order(warehouse_id),
            "SET #version = :next",
            when="#version = :read" if version else "attribute_not_exists(#version)",
            next=version + 1,
            **({"read": version} if version else {}),
        )


def _previous(newest_first: Iterator[Item]) -> tuple[Item | None, Item | None]:
    """The first snapshot, and the first whole one."""
    previous = next(newest_first, None)
    if previous is None or not is_part(previous):
        return previous, previous
    return previous, next((item for item in newest_first if not is_part(item)), None)


def through_whole(snapshots: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The snapshots from the first (newest) down to the last whole one: those still worked on."""
    for snapshot in snapshots:
        yield snapshot
        if not is_part(snapshot):
            return


def areas_before(previous: Item | None, last_whole: Item | None) -> dict[str, int]:
    """{area: pallets} of the last whole snapshot, and with 0 the further areas of the previous one.

    Earlier versions stored only the names of areas: then the number is 0, for unknown.
    """
    names = dict.fromkeys((previous or {}).get("areas", ()), 0)
    whole = (last_whole or {}).get("areas", {})
    return {**names, **(whole if isinstance(whole, Mapping) else dict.fromkeys(whole, 0))}


def has_acted(snapshot: Item) -> bool:
    """Whether a snapshot resolved anomalies that it lacked; for earlier versions, from its
    comparison."""
    return bool(snapshot.get("acted", snapshot["comparison"]["vanished"] > 0))


def rank_of(as_of: datetime, sent_at: str, report_id: str) -> str:
    """`as_of` in any offset; `sent_at`, when the report was created, as `core.clock` writes it."""
    return keys.rank(iso(as_of), sent_at, report_id)
