"""Routes: snapshots of a warehouse with pallets, utilization and trends."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.warehouses import snapshot_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor
from stockwarden.snapshots.model import PalletLife, Trends, Utilization

router = Router()

Warehouse = Annotated[str, Query(min_length=1, max_length=80)]
Snapshots = Annotated[int, Query(ge=1, le=20, description="How many snapshots, 1 to 20.")]


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
    return snapshot_service().pallet(caller, warehouse_id, pallet_id, limit, cursor)


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
    return snapshot_service().utilization(caller, warehouse_id, limit, cursor)


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
    return snapshot_service().trends(caller, warehouse_id, limit, cursor)
