"""Routes: units of measure, and conversion between them."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import kept_answers, unit_service
from stockwarden.catalog.unit_model import Conversion, UnitPage, UnitPatch, UnitRequest, UnitView
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()

QuantityText = Annotated[
    str,
    Query(
        min_length=1,
        max_length=80,
        description="A decimal or a fraction, taken exactly: 2138.484 or 1/3.",
    ),
]
Source = Annotated[str, Query(alias="from", min_length=1, max_length=40)]
Target = Annotated[str, Query(alias="to", min_length=1, max_length=40)]


@router.post(
    "/units",
    status_code=201,
    tags=["Catalog"],
    summary="Define a unit",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def create_unit(
    request: UnitRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    *,
    _key: IdempotencyKey = None,
) -> UnitView:
    """Answers 409 for a code that another unit has, also a standard one."""
    return unit_service().create(caller, request, operation_id)


@router.get("/units", tags=["Catalog"], summary="List the units")
def list_units(caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None) -> UnitPage:
    return unit_service().list_units(caller, limit, cursor)


@router.get("/units/convert", tags=["Catalog"], summary="Convert a quantity")
def convert_quantity(
    caller: CurrentCaller, *, quantity: QuantityText, source: Source, target: Target
) -> Conversion:
    """Exact: `quantity_exact` has the fraction where the number had to be rounded."""
    return unit_service().convert(caller, quantity, source, target)


@router.get("/units/<unit_code>", tags=["Catalog"], summary="Get a unit")
def get_unit(unit_code: str, caller: CurrentCaller) -> UnitView:
    return unit_service().find_unit(caller, unit_code)


@router.patch(
    "/units/<unit_code>",
    tags=["Catalog"],
    summary="Change a unit",
    openapi_extensions=may_answer(409),
)
def change_unit(
    unit_code: str, patch: UnitPatch, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> UnitView:
    """Answers 409 for a standard unit, and for another factor of a unit that is in use."""
    return unit_service().change(caller, unit_code, patch, expected_version)


@router.delete(
    "/units/<unit_code>",
    status_code=204,
    tags=["Catalog"],
    summary="Delete a unit",
    openapi_extensions=may_answer(409),
)
def delete_unit(unit_code: str, caller: CurrentCaller, *, expected_version: IfMatch = None) -> None:
    """Answers 409 for a standard unit, and for one that is in use."""
    unit_service().remove(caller, unit_code, expected_version)
