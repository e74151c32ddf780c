"""Routes: the settings of each rule in a warehouse."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.rules import rule_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.rules.model import Rule, RuleChange, RuleList, RuleVersionPage

router = Router()

WarehouseId = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=80,
        description="The warehouse whose settings to use; without it, the defaults.",
    ),
]


@router.get(
    "/rules",
    tags=["Rules"],
    summary="List every rule with its settings",
    openapi_extensions=may_answer(404),
)
def list_rules(caller: CurrentCaller, *, warehouse_id: WarehouseId = None) -> RuleList:
    """For each rule its reason, the fields it needs, its parameters with their bounds, and the
    current settings."""
    return rule_service().list_rules(caller, warehouse_id)


@router.get("/rules/<code>", tags=["Rules"], summary="Get a rule with its settings")
def get_rule(code: str, caller: CurrentCaller, *, warehouse_id: WarehouseId = None) -> Rule:
    """Send the ETag as If-Match to change the rule."""
    return rule_service().find_rule(caller, code, warehouse_id)


@router.put("/rules/<code>", tags=["Rules"], summary="Change the settings of a rule in a warehouse")
def put_rule(
    code: str,
    request: RuleChange,
    caller: CurrentCaller,
    *,
    warehouse_id: WarehouseId = None,
    expected_version: IfMatch = None,
) -> Rule:
    """Applies to later analyses; each report keeps the settings of its own analysis. The defaults
    cannot be changed: without `warehouse_id` the answer is 422."""
    return rule_service().change_rule(caller, code, request, warehouse_id, expected_version)


@router.delete(
    "/rules/<code>",
    status_code=204,
    tags=["Rules"],
    summary="Reset a rule of a warehouse to its defaults",
    openapi_extensions=may_answer(422),
)
def delete_rule(
    code: str,
    caller: CurrentCaller,
    *,
    warehouse_id: WarehouseId = None,
    expected_version: IfMatch = None,
) -> None:
    """This makes a new version, like any other change."""
    rule_service().reset_rule(caller, code, warehouse_id, expected_version)


@router.get(
    "/rules/<code>/versions", tags=["Rules"], summary="List the versions of a rule's settings"
)
def list_versions(
    code: str,
    caller: CurrentCaller,
    *,
    warehouse_id: WarehouseId = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> RuleVersionPage:
    """Newest first: who changed the settings, when, and to what."""
    return rule_service().list_versions(caller, code, warehouse_id, limit, cursor)
