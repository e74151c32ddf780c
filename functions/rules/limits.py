"""Routes: what-if counts, suggested limits and proposed exclusions of a rule."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.rules import calibration_service, proposal_service
from stockwarden.calibration.model import ProposalList, Suggestion, WhatIf
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer

router = Router()


@router.get(
    "/reports/<report_id>/what-if",
    tags=["Rules"],
    summary="Count the anomalies for every limit of a rule",
    openapi_extensions=may_answer(409),
)
def get_what_if(
    report_id: str,
    rule: Annotated[str, Query(min_length=1, max_length=60, description="A rule's code.")],
    caller: CurrentCaller,
) -> WhatIf:
    """One count per limit, from the lowest bound of the rule to its highest, computed when the
    report was analyzed. Only for rules that depend on one number; for others the answer is 422 and
    lists the rules that do."""
    return calibration_service().what_if(caller, report_id, rule)


@router.get("/rules/<code>/suggestion", tags=["Rules"], summary="Propose a limit for a rule")
def get_suggestion(
    code: str,
    warehouse_id: Annotated[str, Query(min_length=1, max_length=80)],
    caller: CurrentCaller,
) -> Suggestion:
    """The strictest limit that does not report 95 % of the pallets of the last snapshots, with the
    reason."""
    return calibration_service().suggestion(caller, code, warehouse_id)


@router.get(
    "/rules/<code>/proposals",
    tags=["Rules"],
    summary="Propose what to exclude from a rule, from what people said",
)
def list_proposals(
    code: str,
    warehouse_id: Annotated[str, Query(min_length=1, max_length=80)],
    caller: CurrentCaller,
) -> ProposalList:
    """Words of descriptions, and locations or pallets that begin alike, of which people called at
    least three anomalies, and 80 % of those that they judged, false or accepted. Nothing changes
    until somebody sends the `settings` of one to PUT."""
    return proposal_service().list_proposals(caller, code, warehouse_id)
