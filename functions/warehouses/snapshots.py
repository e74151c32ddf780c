"""Routes: snapshots of a warehouse with pallets, items, utilization and trends."""

from typing import Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.warehouses import item_snapshot_service, snapshot_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor
from stockwarden.snapshots.model import ItemInSnapshots, PalletLife, Trends, Utilization

router = Router()

Warehouse = Annotated[str, Query(min_length=1, max_length=80)]
OneWarehouse = Annotated[str | None, Query(min_length=1, max_length=80)]
Snapshots = Annotated[int, Query(ge=1, le=20, description="Largest number of snapshots, 1 to 20.")]


@router.get("/pallets/<pallet_id>", tags=["Snapshots"], summary="Follow a pallet")
def get_pallet(
    pallet_id: str,
    warehouse_id: Warehouse,
    caller: CurrentCaller,
    *,
    limit: Snapshots = 20,
    cursor: Cursor = None,
) -> PalletLife:
    """The location of the pallet in each snapshot, how long it was there, and its anomalies; newest
    first. Ids are compared without spaces at their ends, in upper or lower case."""
    # API Gateway passes the path as it was sent; a stock line has spaces, and often a slash.
    return snapshot_service().pallet(caller, warehouse_id, unquote(pallet_id), limit, cursor)


@router.get("/items/<item_id>/pallets", tags=["Items"], summary="Find an item in the snapshots")
def list_item_pallets(
    item_id: str,
    caller: CurrentCaller,
    *,
    warehouse_id: OneWarehouse = None,
    limit: Snapshots = 10,
    cursor: Cursor = None,
) -> ItemInSnapshots:
    """The pallets and stock lines of an item in the newest whole snapshot of each warehouse that
    the caller sees, or of one, with its quantities as the file gives them, and its anomalies as
    they are now. `limit` counts the warehouses that are looked at."""
    return item_snapshot_service().find(caller, item_id, warehouse_id, limit=limit, cursor=cursor)


@router.get(
    "/warehouses/<warehouse_id>/utilization",
    tags=["Snapshots"],
    summary="Show how full a warehouse is",
)
def get_utilization(
    warehouse_id: str, caller: CurrentCaller, *, limit: Snapshots = 10, cursor: Cursor = None
) -> Utilization:
    """Per location type and zone: pallets, used locations, capacity and fill, of the newest
    snapshot and, newest first, of the last ones."""
    return snapshot_service().utilization(caller, warehouse_id, limit, cursor)


@router.get(
    "/warehouses/<warehouse_id>/trends",
    tags=["Snapshots"],
    summary="Show how a warehouse's anomalies develop",
)
def get_trends(
    warehouse_id: str, caller: CurrentCaller, *, limit: Snapshots = 20, cursor: Cursor = None
) -> Trends:
    """Per snapshot, newest first: anomalies by rule and status, new and resolved ones, the time to
    resolution; over the snapshots of the page, the locations with the most anomalies."""
    return snapshot_service().trends(caller, warehouse_id, limit, cursor)
