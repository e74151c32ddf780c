"""Routes: the members of a warehouse."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.warehouse.model import Member, MemberPage, MemberRequest

router = Router()

Username = Annotated[str, Path(min_length=1, max_length=64)]


@router.get(
    "/warehouses/<warehouse_id>/members", tags=["Warehouses"], summary="List who shares a warehouse"
)
def list_members(
    warehouse_id: str, caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> MemberPage:
    return warehouse_service().list_members(caller, warehouse_id, limit, cursor)


@router.get(
    "/warehouses/<warehouse_id>/members/<username>", tags=["Warehouses"], summary="Get a member"
)
def get_member(warehouse_id: str, username: Username, caller: CurrentCaller) -> Member:
    return warehouse_service().find_member(caller, warehouse_id, username)


@router.put(
    "/warehouses/<warehouse_id>/members/<username>",
    tags=["Warehouses"],
    summary="Share a warehouse, or change a member's role",
    openapi_extensions=may_answer(409),
)
def put_member(
    warehouse_id: str, username: Username, request: MemberRequest, caller: CurrentCaller
) -> Member:
    """A viewer reads; an operator also changes anomalies and sends reports; a manager also sets
    layout, rules, suppressions and members. Only the owner makes managers. Answers 409 if the
    warehouse has 50 members, or the person is a member of 20 warehouses."""
    return warehouse_service().put_member(caller, warehouse_id, username, request)


@router.delete(
    "/warehouses/<warehouse_id>/members/<username>",
    status_code=204,
    tags=["Warehouses"],
    summary="Remove a member from a warehouse",
    openapi_extensions=may_answer(409),
)
def delete_member(warehouse_id: str, username: Username, caller: CurrentCaller) -> None:
    """Members may also remove themselves. Anomalies stay assigned to a removed member and show it
    (`assignee_left`); `PATCH /anomalies` with the filter `assignee` assigns them to somebody else.
    """
    warehouse_service().remove_member(caller, warehouse_id, username)
