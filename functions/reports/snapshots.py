"""A warehouse from snapshot to snapshot: what changed, where its pallets were, how full it is."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden import bootstrap
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.snapshots.model import (
    DiffPart,
    PalletLife,
    ReportDiff,
    ReportLocations,
    Trends,
    Utilization,
)

router = Router()

Against = Annotated[
    str, Query(min_length=1, max_length=80, description="The id of the report to compare with.")
]
Part = Annotated[DiffPart | None, Query(description="Only these; else all three.")]
Warehouse = Annotated[str, Query(min_length=1, max_length=80)]
Places = Annotated[int, Query(ge=1, le=1000, description="How many locations, 1 to 1000.")]
Snapshots = Annotated[int, Query(ge=1, le=20, description="How many snapshots, 1 to 20.")]


@router.get(
    "/reports/<report_id>/diff",
    tags=["Snapshots"],
    summary="Compare two reports of a warehouse",
    openapi_extensions=may_answer(409),
)
def get_diff(
    report_id: str,
    against: Against,
    caller: CurrentCaller,
    *,
    part: Part = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReportDiff:
    """What is new, resolved and persisting in this report beside the other, in this order over
    the pages; either may be the newer. The counts are of all."""
    return bootstrap.diffs().page(caller, report_id, against, cursor, limit, part=part)


@router.get(
    "/reports/<report_id>/locations",
    tags=["Snapshots"],
    summary="Show what a report's locations hold",
    openapi_extensions=may_answer(409),
)
def get_locations(
    report_id: str, caller: CurrentCaller, *, limit: Places = 500, cursor: Cursor = None
) -> ReportLocations:
    """Every location with stock or anomalies, by code, as counted when the report was analyzed;
    `(no location)` stands for the rows without one."""
    return bootstrap.locations().page(caller, report_id, cursor, limit)


@router.get("/pallets/<pallet_id>", tags=["Snapshots"], summary="Follow a pallet")
def get_pallet(
    pallet_id: str,
    warehouse_id: Warehouse,
    caller: CurrentCaller,
    *,
    limit: Snapshots = 20,
    cursor: Cursor = None,
) -> PalletLife:
    """Where it was in each snapshot, for how long, and what was wrong with it; newest first. Ids
    compare trimmed and in any case."""
    return bootstrap.snapshots().pallet(warehouse_id, pallet_id, caller, limit, cursor)


@router.get(
    "/warehouses/<warehouse_id>/utilization",
    tags=["Snapshots"],
    summary="Show how full a warehouse is",
)
def get_utilization(
    warehouse_id: str, caller: CurrentCaller, *, limit: Snapshots = 10, cursor: Cursor = None
) -> Utilization:
    """Per type of location and zone: pallets, locations in use, capacity and fill; in the newest
    snapshot and, newest first, over the last ones."""
    return bootstrap.snapshots().utilization(warehouse_id, caller, limit, cursor)


@router.get(
    "/warehouses/<warehouse_id>/trends",
    tags=["Snapshots"],
    summary="Show how a warehouse's anomalies develop",
)
def get_trends(
    warehouse_id: str, caller: CurrentCaller, *, limit: Snapshots = 20, cursor: Cursor = None
) -> Trends:
    """Per snapshot, newest first: anomalies by rule and status, what is new and gone, the time to
    resolution; over the page's snapshots, the locations with most anomalies."""
    return bootstrap.snapshots().trends(warehouse_id, caller, limit, cursor)
