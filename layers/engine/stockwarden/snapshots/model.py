"""API models of snapshots, pallets, locations and trends."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from stockwarden.anomalies.model import Anomaly
from stockwarden.detection.priority import Priority
from stockwarden.snapshots.scope import Scope, scope_of

DiffPart = Literal["new", "resolved", "persisting"]


class ReportDiff(BaseModel):
    """`report_id` compared with `against`, most urgent first within each page.

    The counts are those of all anomalies; the lists continue with `next_cursor`. `resolved` are
    anomalies of `against` that this report does not have; `persisting` are shown as this report has
    them. Anomalies of `changed_rules`, whose settings differ between the two, may be new or gone
    for that reason; so may others if `layout_changed`.
    """

    report_id: str
    against: str
    counts: "DiffCounts"
    changed_rules: list[str]
    layout_changed: bool
    new: list[Anomaly]
    persisting: list[Anomaly]
    resolved: list[Anomaly]
    next_cursor: str | None


class DiffCounts(BaseModel):
    new: int
    persisting: int
    resolved: int


class PalletPlace(BaseModel):
    location: str
    type: str | None


class NamedItem(BaseModel):
    """An item of the catalog, as it was when the snapshot was analyzed."""

    id: str
    sku: str


class ItemQuantity(BaseModel):
    """As the file gives it; `unit` is the file's own word, null where it has none."""

    quantity: float
    unit: str | None


class ItemStay(BaseModel):
    """Where the item stands on a pallet, or as a stock line where there are no pallet ids."""

    id: str
    type: Literal["pallet", "stock_line"]
    location: str | None
    quantities: list[ItemQuantity]


class ItemInWarehouse(BaseModel):
    """An item in the newest whole snapshot of a warehouse.

    `pallets` and `locations` count all of it; `stays` are the first fifty, by location. `anomalies`
    are the first ten of `anomaly_count`: those of the pallets that hold it, and of its code.
    """

    warehouse_id: str
    warehouse_name: str
    report_id: str
    as_of: str
    scope: Scope
    rows: int
    pallets: int
    locations: int
    quantities: list[ItemQuantity]
    stays: list[ItemStay]
    anomalies: list[Anomaly]
    anomaly_count: int


class ItemInSnapshots(BaseModel):
    """By warehouse, of those that the caller sees. A warehouse whose snapshot does not have the
    item is left out, so a page may be short, even empty; only a null `next_cursor` is the end."""

    item_id: str
    warehouses: list[ItemInWarehouse]
    next_cursor: str | None


class PalletStay(BaseModel):
    """A pallet in one snapshot; `present` is false if the file did not have it. A part of the
    warehouse that does not have the pallet is left out, because it proves nothing. `dwell_hours`
    count from the pallet's last movement, `age_hours` from its creation, to the snapshot's `as_of`.
    `items` are those that it holds, for readers of the catalog.
    """

    report_id: str
    as_of: str
    scope: Scope
    present: bool
    moved: bool | None = Field(
        description="Whether it was in another location in the previous snapshot."
    )
    places: list[PalletPlace]
    dwell_hours: float | None = None
    age_hours: float | None = None
    rows: int
    items: list[NamedItem] = []
    anomalies: list[Anomaly]


class PalletLife(BaseModel):
    """Newest snapshot first. A page may be short."""

    pallet_id: str
    warehouse_id: str
    snapshots: list[PalletStay]
    next_cursor: str | None


class Occupancy(BaseModel):
    """`locations` is the number of locations with pallets; `empty`, the number of other locations
    that the layout lists by code. `capacity` is that of both; `fill` is the used share of it. Both
    are null if no capacity is known."""

    type: str | None
    zone: str | None
    pallets: int
    locations: int
    empty: int = 0
    capacity: int | None
    fill: float | None


class ReportLocation(BaseModel):
    """A location with stock or anomalies.

    `name` is the code to filter anomalies by. `pallets` is the number of different pallets;
    `capacity` is that of the layout, null if the layout has none. `priority` is that of the most
    urgent anomaly.
    """

    name: str
    type: str | None
    zone: str | None
    capacity: int | None
    pallets: int
    anomalies: int
    priority: Priority | None


class ReportLocations(BaseModel):
    """Sorted by code; `total` is the number of all locations. A page may be short."""

    report_id: str
    total: int
    locations: list[ReportLocation]
    next_cursor: str | None


class OccupancySnapshot(BaseModel):
    """`outside_layout` is the number of used locations that no row of the layout matches; the areas
    count them too. It is null without a layout, and for snapshots from before this was counted. For
    a part of the warehouse (`scope`), the numbers describe only that part."""

    report_id: str
    as_of: str
    scope: Scope
    pallets: int
    outside_layout: int | None = None
    areas: list[Occupancy]


class Utilization(BaseModel):
    """`now` is the newest whole snapshot, if there is one; `snapshots` are all snapshots, newest
    first."""

    warehouse_id: str
    now: OccupancySnapshot | None
    snapshots: list[OccupancySnapshot]
    next_cursor: str | None


class Resolution(BaseModel):
    """Time from the first snapshot that had an anomaly to the first that no longer has it."""

    count: int
    mean_hours: float
    median_hours: float


class TrendPoint(BaseModel):
    report_id: str
    as_of: str
    scope: Scope
    rows: int
    total: int
    by_rule: dict[str, int]
    by_status: dict[str, int]
    comparison: dict[str, int]
    time_to_resolution: Resolution | None


class HotSpot(BaseModel):
    """`anomalies` is the number over all whole snapshots of the page; `snapshots`, in how many of
    them the location was a hot spot."""

    location: str
    anomalies: int
    snapshots: int


class Trends(BaseModel):
    """Newest first."""

    warehouse_id: str
    snapshots: list[TrendPoint]
    hot_spots: list[HotSpot]
    next_cursor: str | None


def occupancy_of(snapshot: dict[str, Any]) -> OccupancySnapshot:
    areas = [
        Occupancy(**area, fill=_fill(area["in_capacity"], area["capacity"]))
        for area in snapshot.get("occupancy", ())
    ]
    return OccupancySnapshot(
        report_id=snapshot["report_id"],
        as_of=snapshot["as_of"],
        scope=scope_of(snapshot),
        pallets=sum(area.pallets for area in areas),
        outside_layout=snapshot.get("outside_layout"),
        areas=areas,
    )


def _fill(pallets: int, capacity: int | None) -> float | None:
    return round(pallets / capacity, 3) if capacity else None
