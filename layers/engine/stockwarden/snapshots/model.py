"""API models of snapshots, pallets, locations and trends."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from stockwarden.anomalies.model import Anomaly
from stockwarden.detection.priority import Priority
from stockwarden.snapshots.scope import Scope, scope_of

DiffPart = Literal["new", "resolved", "persisting"]


class ReportDiff(BaseModel):
    """What `report_id` has beside `against`, most urgent first within each page.

    The counts are of all anomalies; the lists go on with `next_cursor`. `resolved` are anomalies
    of `against` that this report does not have; `persisting` are as this report has them.
    """

    report_id: str
    against: str
    counts: "DiffCounts"
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


class PalletStay(BaseModel):
    """A pallet in one snapshot; `present` false where it was not in that file. A part of the
    warehouse that does not have it says nothing of it, and is left out.

    `dwell_hours` count from its last movement, `age_hours` from its creation, as of the snapshot.
    """

    report_id: str
    as_of: str
    scope: Scope
    present: bool
    moved: bool | None = Field(description="Whether it was elsewhere in the snapshot before.")
    places: list[PalletPlace]
    dwell_hours: float | None = None
    age_hours: float | None = None
    rows: int
    anomalies: list[Anomaly]


class PalletLife(BaseModel):
    """Newest snapshot first. A page may be short."""

    pallet_id: str
    warehouse_id: str
    snapshots: list[PalletStay]
    next_cursor: str | None


class Occupancy(BaseModel):
    """`locations` hold pallets; `empty` ones are those that the layout spells out besides.
    `capacity` is that of both; `fill` is the share of it that is taken. Null where no capacity is
    known."""

    type: str | None
    zone: str | None
    pallets: int
    locations: int
    empty: int = 0
    capacity: int | None
    fill: float | None


class ReportLocation(BaseModel):
    """A location that holds something, or where something was found.

    `name` is the code as anomalies are filtered by it. `pallets` are distinct; `capacity` is the
    layout's, null where it says none. `priority` is that of the most urgent anomaly.
    """

    name: str
    type: str | None
    zone: str | None
    capacity: int | None
    pallets: int
    anomalies: int
    priority: Priority | None


class ReportLocations(BaseModel):
    """By code; `total` is how many there are in all. A page may be short."""

    report_id: str
    total: int
    locations: list[ReportLocation]
    next_cursor: str | None


class OccupancySnapshot(BaseModel):
    """`outside_layout` are the locations in use that no row of the layout knows; they count in the
    areas, too. Null without a layout, and for snapshots from before this was counted. A part of the
    warehouse (`scope`) shows how full that part is."""

    report_id: str
    as_of: str
    scope: Scope
    pallets: int
    outside_layout: int | None = None
    areas: list[Occupancy]


class Utilization(BaseModel):
    """`now` is the newest whole snapshot, if there is one; `snapshots` are all, newest first."""

    warehouse_id: str
    now: OccupancySnapshot | None
    snapshots: list[OccupancySnapshot]
    next_cursor: str | None


class Resolution(BaseModel):
    """From the first snapshot that had an anomaly to the first that no longer does."""

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
    """`anomalies` in all of the page's whole snapshots; `snapshots` in which it was a hot spot."""

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
