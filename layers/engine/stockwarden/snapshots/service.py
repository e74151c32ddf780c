"""Queries of a warehouse's snapshots: utilization, trends and pallets. Loads no pandas."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.identity.access import Caller, Role
from stockwarden.snapshots.aggregates import merged_hot_spots
from stockwarden.snapshots.model import (
    HotSpot,
    PalletLife,
    PalletStay,
    TrendPoint,
    Trends,
    Utilization,
    occupancy_of,
)
from stockwarden.snapshots.pallet_file import find_pallet
from stockwarden.snapshots.scope import is_part, scope_of
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects

# Anomalies of a pallet that a snapshot shows, so that a page reads a bounded number of records.
_ANOMALIES = 10


class SnapshotService:
    """`require_visible` raises NotFound for a warehouse that the caller may not see."""

    def __init__(
        self,
        timeline: Timeline,
        repository: AnomalyRepository,
        objects: Objects,
        require_visible: Callable[[Caller, str], object],
    ) -> None:
        self.timeline = timeline
        self.repository = repository
        self.objects = objects
        self.require_visible = require_visible

    def utilization(
        self, caller: Caller, warehouse_id: str, limit: int, cursor: str | None
    ) -> Utilization:
        self.require_visible(caller, warehouse_id)
        items, next_cursor = self.timeline.list_snapshots(
            warehouse_id, limit, cursor, "utilization"
        )
        newest = self.timeline.newest_whole(warehouse_id)
        return Utilization(
            warehouse_id=warehouse_id,
            now=occupancy_of(newest) if newest else None,
            snapshots=[occupancy_of(item) for item in items],
            next_cursor=next_cursor,
        )

    def trends(self, caller: Caller, warehouse_id: str, limit: int, cursor: str | None) -> Trends:
        self.require_visible(caller, warehouse_id)
        items, next_cursor = self.timeline.list_snapshots(warehouse_id, limit, cursor, "trends")
        wholes = [item for item in items if not is_part(item)]
        counts = {item["report_id"]: self.repository.counts(item["report_id"]) for item in items}
        return Trends(
            warehouse_id=warehouse_id,
            snapshots=[_trend(item, counts[item["report_id"]]) for item in items],
            hot_spots=[HotSpot.model_validate(spot) for spot in merged_hot_spots(wholes or items)],
            next_cursor=next_cursor,
        )

    def pallet(
        self, caller: Caller, warehouse_id: str, pallet_id: str, limit: int, cursor: str | None
    ) -> PalletLife:
        """A pallet in each snapshot; one that no snapshot has is absent from all of them."""
        self.require_visible(caller, warehouse_id)
        scope = f"pallet#{pallet_id}"
        items, next_cursor = self.timeline.list_snapshots(
            warehouse_id, limit, cursor, scope, ahead=1
        )

        def find(item: Item) -> dict[str, Any] | None:
            return find_pallet(self.objects, item["report_id"], item["generation"], pallet_id)

        with ThreadPoolExecutor(max_workers=8) as pool:
            stays = list(pool.map(find, items))
        # The entry after the page is only compared with; a part without the pallet is left out.
        entries = [
            (item, stay, index < limit)
            for index, (item, stay) in enumerate(zip(items, stays, strict=True))
            if stay or not is_part(item)
        ]
        previous_stays = [stay for _, stay, _ in entries[1:]]
        return PalletLife(
            pallet_id=pallet_id,
            warehouse_id=warehouse_id,
            snapshots=[
                self._stay(caller, item, stay, previous)
                for (item, stay, is_shown), previous in zip(
                    entries, [*previous_stays, None], strict=False
                )
                if is_shown
            ],
            next_cursor=next_cursor,
        )

    def _stay(
        self,
        caller: Caller,
        item: Item,
        document: dict[str, Any] | None,
        previous: dict[str, Any] | None,
    ) -> PalletStay:
        stay = document or {"places": [], "rows": 0, "anomalies": []}
        moved = _codes(document) != _codes(previous) if document and previous else None
        return PalletStay(
            report_id=item["report_id"],
            as_of=item["as_of"],
            scope=scope_of(item),
            present=document is not None,
            moved=moved,
            places=stay["places"],
            dwell_hours=stay.get("dwell_hours"),
            age_hours=stay.get("age_hours"),
            rows=stay["rows"],
            items=stay.get("items", []) if caller.role.includes(Role.VIEWER) else [],
            anomalies=self._anomalies(item, stay["anomalies"][:_ANOMALIES]),
        )

    def _anomalies(self, item: Item, digests: list[str]) -> list[Any]:
        if not digests:
            return []
        pk = keys.generation(item["report_id"], item["generation"])
        records = self.repository.records(pk, digests)
        return [anomaly_of(records[digest]) for digest in digests if digest in records]


def _codes(document: dict[str, Any]) -> set[str]:
    return {location["location"] for location in document["places"]}


def _trend(item: Item, counts: Counts) -> TrendPoint:
    return TrendPoint(
        report_id=item["report_id"],
        as_of=item["as_of"],
        scope=scope_of(item),
        rows=item["rows"],
        total=sum(item["by_rule"].values()),
        by_rule=item["by_rule"],
        by_status={str(status): count for status, count in counts.by_status.items()},
        comparison=item["comparison"],
        time_to_resolution=item.get("resolution"),
    )
