"""Routes: suppressions of rules for some subjects."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.warehouses import suppression_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.rules.suppression_service import (
    SuppressionPage,
    SuppressionRequest,
    SuppressionView,
)

router = Router()

Warehouse = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=80,
        description="Suppressions of this warehouse; without it, the caller's own.",
    ),
]


@router.post(
    "/suppressions",
    status_code=201,
    tags=["Suppressions"],
    summary="Suppress a rule for some subjects",
    openapi_extensions=may_answer(404, 409),
)
def create_suppression(request: SuppressionRequest, caller: CurrentCaller) -> SuppressionView:
    """From the next analysis on, findings of the rule about these subjects do not become anomalies.
    The report counts them per rule (`suppressed`) and names the suppressions. It applies to
    snapshots up to the day `until`."""
    return suppression_service().create(caller, request)


@router.get(
    "/suppressions",
    tags=["Suppressions"],
    summary="List suppressions, newest first",
    openapi_extensions=may_answer(404),
)
def list_suppressions(
    caller: CurrentCaller,
    *,
    warehouse_id: Warehouse = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SuppressionPage:
    """Includes suppressions that have expired (`expired`), because a new analysis of an old
    snapshot still uses them."""
    return suppression_service().list_suppressions(caller, warehouse_id, limit, cursor)


@router.delete(
    "/suppressions/<suppression_id>",
    status_code=204,
    tags=["Suppressions"],
    summary="Delete a suppression",
)
def delete_suppression(suppression_id: str, caller: CurrentCaller) -> None:
    """The next analysis reports again what it suppressed."""
    suppression_service().remove(caller, suppression_id)
