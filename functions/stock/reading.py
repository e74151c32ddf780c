"""Routes: movements of an item, its stock at an instant, and what is where in a warehouse."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.stock import stock_reading_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.stock.model import ItemStock, MovementPage, WarehouseStockPage
from stockwarden.stock.requests import Code, EffectiveAt, Id

router = Router()

Warehouse = Annotated[Id | None, Query(description="Only in this warehouse.")]
At = Annotated[
    EffectiveAt | None,
    Query(description="The instant, with its offset from UTC; now, if it is not given."),
]
Location = Annotated[Code | None, Query(description="Only at this location.")]
ItemId = Annotated[Id | None, Query(description="Only of this item.")]


@router.get("/items/<item_id>/movements", tags=["Stock"], summary="List the movements of an item")
def list_movements(
    item_id: str,
    caller: CurrentCaller,
    *,
    warehouse_id: Warehouse = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MovementPage:
    """Newest first, by when they happened. A page of one warehouse may be short although more
    follow."""
    return stock_reading_service().movements(
        caller, item_id, warehouse_id=warehouse_id, limit=limit, cursor=cursor
    )


@router.get(
    "/items/<item_id>/stock", tags=["Stock"], summary="Get the stock of an item at an instant"
)
def get_item_stock(
    item_id: str,
    caller: CurrentCaller,
    *,
    at: At = None,
    warehouse_id: Warehouse = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ItemStock:
    """Replayed from the movements, which are listed with it, newest first."""
    return stock_reading_service().stock_at(
        caller, item_id, at=at, warehouse_id=warehouse_id, limit=limit, cursor=cursor
    )


@router.get("/warehouses/<warehouse_id>/stock", tags=["Stock"], summary="List what is where")
def list_warehouse_stock(
    warehouse_id: str,
    caller: CurrentCaller,
    *,
    location: Location = None,
    item_id: ItemId = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> WarehouseStockPage:
    """By location and item, without what is empty. A page of one item may be short although more
    follow."""
    return stock_reading_service().in_warehouse(
        caller, warehouse_id, location=location, item_id=item_id, limit=limit, cursor=cursor
    )
