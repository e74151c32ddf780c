"""Routes: suppliers."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import kept_answers, supplier_service
from stockwarden.catalog.supplier_model import (
    Supplier,
    SupplierPage,
    SupplierPatch,
    SupplierRequest,
)
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()

Archived = Annotated[bool | None, Query(description="Only archived ones, or only the others.")]


@router.post(
    "/suppliers",
    status_code=201,
    tags=["Catalog"],
    summary="Create a supplier",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def create_supplier(
    request: SupplierRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    *,
    _key: IdempotencyKey = None,
) -> Supplier:
    """Answers 409 for the name of another supplier, in whatever case."""
    return supplier_service().create(caller, request, operation_id)


@router.get("/suppliers", tags=["Catalog"], summary="List the suppliers")
def list_suppliers(
    caller: CurrentCaller, *, archived: Archived = None, limit: Limit = 50, cursor: Cursor = None
) -> SupplierPage:
    return supplier_service().list_suppliers(caller, archived=archived, limit=limit, cursor=cursor)


@router.get("/suppliers/<supplier_id>", tags=["Catalog"], summary="Get a supplier")
def get_supplier(supplier_id: str, caller: CurrentCaller) -> Supplier:
    return supplier_service().find_supplier(caller, supplier_id)


@router.patch(
    "/suppliers/<supplier_id>",
    tags=["Catalog"],
    summary="Change or archive a supplier",
    openapi_extensions=may_answer(409),
)
def change_supplier(
    supplier_id: str,
    patch: SupplierPatch,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Supplier:
    """Answers 409 for the name of another supplier, in whatever case."""
    return supplier_service().change(caller, supplier_id, patch, expected_version)


@router.delete(
    "/suppliers/<supplier_id>",
    status_code=204,
    tags=["Catalog"],
    summary="Delete a supplier",
    openapi_extensions=may_answer(409),
)
def delete_supplier(
    supplier_id: str, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> None:
    """Answers 409 if it has parts, items or orders: it can be archived instead."""
    supplier_service().remove(caller, supplier_id, expected_version)
