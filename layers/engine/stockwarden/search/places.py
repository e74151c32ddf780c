"""Locations, pallets and stock lines of the newest snapshots, by the beginnings of their codes."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from time import monotonic
from typing import NamedTuple

from stockwarden.identity.access import Caller
from stockwarden.search.highlights import matches_in
from stockwarden.search.model import SearchResult
from stockwarden.search.query import Query
from stockwarden.snapshots.block_file import BlockIndex
from stockwarden.snapshots.item_service import VisibleWarehouse
from stockwarden.snapshots.place_file import find_places, place_key, read_place_index
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects

# Of a caller; with more of them, a search is partial.
WAREHOUSES = 20
_AT_ONCE = 8
# Of whoever types: each letter is a search.
_SECONDS_KEPT = 10.0
_INDEXES_KEPT = 64

# The warehouses that a caller sees, up to a number, and whether there are more.
Visible = Callable[[Caller, int], tuple[Sequence[VisibleWarehouse], bool]]


class _Kept(NamedTuple):
    until: float
    snapshot: Item | None


class PlaceSearch:
    def __init__(self, timeline: Timeline, objects: Objects) -> None:
        self.timeline = timeline
        self.objects = objects
        self._snapshots: dict[str, _Kept] = {}
        self._indexes: OrderedDict[tuple[str, str], BlockIndex | None] = OrderedDict()

    def find(
        self, warehouses: Sequence[VisibleWarehouse], query: Query, kinds: Sequence[str], limit: int
    ) -> dict[str, list[SearchResult]]:
        """Up to `limit` of each kind, by code, of warehouses that the caller sees. Of a warehouse
        one query, unless its newest snapshot was just read, and for each kind a range of a file."""
        if not warehouses or not kinds:
            return {}

        def find_in(warehouse: VisibleWarehouse) -> dict[str, list[SearchResult]]:
            return self._find_in(warehouse, query, kinds, limit)

        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            found = list(pool.map(find_in, warehouses))
        return {
            kind: sorted(
                (result for of_warehouse in found for result in of_warehouse.get(kind, ())),
                key=lambda result: (len(result.title), result.title),
            )[:limit]
            for kind in kinds
        }

    def _find_in(
        self, warehouse: VisibleWarehouse, query: Query, kinds: Sequence[str], limit: int
    ) -> dict[str, list[SearchResult]]:
        snapshot = self._newest(warehouse.id)
        if snapshot is None:
            return {}
        report_id, generation = snapshot["report_id"], snapshot["generation"]
        index = self._index(report_id, generation)
        if index is None:
            return {}
        found = {}
        for kind in kinds:
            beginning = place_key(kind, query.prefix)
            places = find_places(self.objects, report_id, generation, index, beginning=beginning)
            found[kind] = [
                _result(kind, place, warehouse, snapshot, query)
                for place in islice(places, limit)
                if not query.only_whole or place["key"] == beginning
            ]
        return found

    def _newest(self, warehouse_id: str) -> Item | None:
        kept = self._snapshots.get(warehouse_id)
        if kept is None or kept.until < monotonic():
            snapshot = self.timeline.newest_whole(warehouse_id)
            kept = _Kept(monotonic() + _SECONDS_KEPT, snapshot)
            self._snapshots[warehouse_id] = kept
        return kept.snapshot

    def _index(self, report_id: str, generation: str) -> BlockIndex | None:
        key = report_id, generation
        if key not in self._indexes:
            self._indexes[key] = read_place_index(self.objects, report_id, generation)
            if len(self._indexes) > _INDEXES_KEPT:
                self._indexes.popitem(last=False)
        return self._indexes[key]


def _result(
    kind: str, place: Item, warehouse: VisibleWarehouse, snapshot: Item, query: Query
) -> SearchResult:
    codes = {"code": place["id"]}
    return SearchResult.model_validate(
        {
            "type": kind,
            "id": place["id"],
            "title": place["id"],
            "subtitle": place.get("location") or place.get("type"),
            "code": place["id"],
            "matched": matches_in({}, query.words, codes=codes, prefixes=[query.prefix]),
            "warehouse_id": warehouse.id,
            "warehouse_name": warehouse.name,
            "report_id": snapshot["report_id"],
            "as_of": snapshot["as_of"],
        }
    )
