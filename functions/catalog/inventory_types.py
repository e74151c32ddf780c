"""Routes: inventory types."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import inventory_type_service, kept_answers
from stockwarden.catalog.inventory_types import (
    InventoryType,
    InventoryTypePage,
    InventoryTypePatch,
    InventoryTypeRequest,
)
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()

Archived = Annotated[bool | None, Query(description="Only archived ones, or only the others.")]


@router.post(
    "/inventory-types",
    status_code=201,
    tags=["Catalog"],
    summary="Create an inventory type",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def create_inventory_type(
    request: InventoryTypeRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    *,
    _key: IdempotencyKey = None,
) -> InventoryType:
    """Answers 409 for the name of another type, in whatever case."""
    return inventory_type_service().create(caller, request, operation_id)


@router.get("/inventory-types", tags=["Catalog"], summary="List the inventory types")
def list_inventory_types(
    caller: CurrentCaller, *, archived: Archived = None, limit: Limit = 50, cursor: Cursor = None
) -> InventoryTypePage:
    return inventory_type_service().list_types(
        caller, archived=archived, limit=limit, cursor=cursor
    )


@router.get("/inventory-types/<type_id>", tags=["Catalog"], summary="Get an inventory type")
def get_inventory_type(type_id: str, caller: CurrentCaller) -> InventoryType:
    return inventory_type_service().find_type(caller, type_id)


@router.patch(
    "/inventory-types/<type_id>",
    tags=["Catalog"],
    summary="Change or archive an inventory type",
    openapi_extensions=may_answer(409),
)
def change_inventory_type(
    type_id: str,
    patch: InventoryTypePatch,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> InventoryType:
    """Answers 409 for the name of another type, in whatever case."""
    return inventory_type_service().change(caller, type_id, patch, expected_version)


@router.delete(
    "/inventory-types/<type_id>",
    status_code=204,
    tags=["Catalog"],
    summary="Delete an inventory type",
    openapi_extensions=may_answer(409),
)
def delete_inventory_type(
    type_id: str, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> None:
    """Answers 409 if there are items of the type: it can be archived instead."""
    inventory_type_service().remove(caller, type_id, expected_version)
