"""Routes: warehouses with name, time zone and layout."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.warehouses import warehouse_removal, warehouse_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.warehouse.model import (
    Warehouse,
    WarehousePage,
    WarehousePatch,
    WarehouseRequest,
)

router = Router()


@router.post("/warehouses", status_code=201, tags=["Warehouses"], summary="Create a warehouse")
def create_warehouse(request: WarehouseRequest, caller: CurrentCaller) -> Warehouse:
    return warehouse_service().create(caller, request)


@router.get("/warehouses", tags=["Warehouses"], summary="List own and shared warehouses")
def list_warehouses(
    caller: CurrentCaller, *, limit: Limit = 20, cursor: Cursor = None
) -> WarehousePage:
    """Without layouts. The caller's own warehouses first, newest first; then the shared ones. The
    main warehouse is shared with whoever may see it by their role in the company."""
    return warehouse_service().list_warehouses(caller, limit, cursor)


@router.get("/warehouses/<warehouse_id>", tags=["Warehouses"], summary="Get a warehouse")
def get_warehouse(warehouse_id: str, caller: CurrentCaller) -> Warehouse:
    return warehouse_service().find_warehouse(caller, warehouse_id)


@router.patch("/warehouses/<warehouse_id>", tags=["Warehouses"], summary="Change a warehouse")
def change_warehouse(
    warehouse_id: str,
    request: WarehousePatch,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Warehouse:
    return warehouse_service().change_warehouse(caller, warehouse_id, request, expected_version)


@router.delete(
    "/warehouses/<warehouse_id>",
    status_code=204,
    tags=["Warehouses"],
    summary="Delete a warehouse",
    openapi_extensions=may_answer(409),
)
def delete_warehouse(
    warehouse_id: str, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> None:
    """The reports stay, and keep the layout that they were analyzed with.

    Answers 409 where stock is or was, as movements name the warehouse. `used_by` then has how many
    `items` have stock there now, or `items_at_least` so many.
    """
    warehouse_removal().remove(caller, warehouse_id, expected_version)
