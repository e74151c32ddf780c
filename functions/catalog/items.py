"""Routes: items."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import code_lookup, item_service, kept_answers
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.stock.code_lookup import ScannedItem
from stockwarden.stock.item_list import ItemFilter
from stockwarden.stock.item_model import (
    ItemChange,
    ItemPage,
    ItemPatch,
    ItemRequest,
    ItemStatus,
    ItemView,
)
from stockwarden.stock.requests import Id, Scanned

router = Router()

Status = Annotated[ItemStatus | None, Query(description="Only items of this status.")]
Category = Annotated[Id | None, Query(description="Only items of this category.")]
Supplier = Annotated[Id | None, Query(description="Only items of this supplier.")]
Type = Annotated[Id | None, Query(description="Only items of this inventory type.")]
Warehouse = Annotated[Id | None, Query(description="Only what has ever been in this warehouse.")]
LowStock = Annotated[
    bool | None, Query(description="Only what is at its reorder point or below it, or the others.")
]
Text = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="A part of the name, or of the SKU."),
]
Label = Annotated[
    Scanned, Query(description="An SKU, a GTIN, or a GS1 element string, as it was scanned.")
]
Sort = Annotated[Literal["name", "-name"], Query(description="By name, or backwards.")]


@router.post(
    "/items",
    status_code=201,
    tags=["Items"],
    summary="Create an item",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def create_item(
    request: ItemRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey = None
) -> ItemView:
    """A name is enough: the SKU is generated, and the unit is the piece. A `quantity` becomes a
    receipt, in the same transaction. Answers 409 for an SKU or GTIN that another item has."""
    return item_service().create(caller, key, request)


@router.get("/items", tags=["Items"], summary="List the items")
def list_items(
    caller: CurrentCaller,
    *,
    status: Status = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Annotated[Id | None, Query(alias="type")] = None,
    low_stock: LowStock = None,
    q: Text = None,
    warehouse_id: Warehouse = None,
    sort: Sort = "name",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ItemPage:
    """By name. Each page examines a bounded number of items, so one with filters that fit few of
    them may be short although `next_cursor` says that more follow."""
    wanted = ItemFilter(status, category, supplier, inventory_type, warehouse_id, low_stock, text=q)
    return item_service().list_items(
        caller, wanted, backwards=sort == "-name", limit=limit, cursor=cursor
    )


@router.get("/items/by-code", tags=["Items"], summary="Find the item of a scanned code")
def find_by_code(caller: CurrentCaller, *, code: Label) -> ScannedItem:
    """Also tells what the label says: the lot, its expiry date, a serial number, how many. Answers
    404 for a code that no item has, and 422 for a label that is damaged or names no item."""
    return code_lookup().find(caller, code)


@router.get("/items/<item_id>", tags=["Items"], summary="Get an item")
def get_item(item_id: str, caller: CurrentCaller) -> ItemView:
    return item_service().find(caller, item_id)


@router.put(
    "/items/<item_id>",
    tags=["Items"],
    summary="Change an item, or say how many there are",
    openapi_extensions=may_answer(409),
)
def put_item(
    item_id: str,
    request: ItemChange,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    if_match: IfMatch = None,
) -> ItemView:
    """Only the fields that are given change. A `quantity` that differs becomes a movement of the
    kind `count`; the same quantity again changes nothing. Answers 409 where the item is at several
    places, and names them."""
    return item_service().change(caller, key, item_id, request, if_match)


@router.patch(
    "/items/<item_id>",
    tags=["Items"],
    summary="Change what describes an item",
    openapi_extensions=may_answer(409),
)
def patch_item(
    item_id: str, request: ItemPatch, caller: CurrentCaller, *, if_match: IfMatch
) -> ItemView:
    """A JSON merge patch: null takes a field away."""
    return item_service().patch(caller, item_id, request, if_match)


@router.delete(
    "/items/<item_id>",
    status_code=204,
    tags=["Items"],
    summary="Delete an item without history",
    openapi_extensions=may_answer(409),
)
def delete_item(item_id: str, caller: CurrentCaller, *, if_match: IfMatch = None) -> None:
    """Answers 409 for an item with movements or suppliers' parts: archive it instead."""
    item_service().remove(caller, item_id, if_match)
