"""Routes: analysis of a report with another mapping, or again."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.reports import report_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.reports.model import Report
from stockwarden.reports.requests import MappingRequest, Reanalysis

router = Router()


@router.put(
    "/reports/<report_id>/mapping",
    status_code=202,
    tags=["Reports"],
    summary="Answer the questions about a file, or set its mapping",
    openapi_extensions=may_answer(409, 410, 429, 503),
)
def put_mapping(
    report_id: str,
    request: MappingRequest,
    caller: CurrentCaller,
    tell: TellQuota,
    *,
    expected_version: IfMatch = None,
) -> Report:
    """Analyzes the file with these answers. The earlier result stays visible until that is done."""
    return report_service().remap(caller, report_id, request, expected_version, tell=tell)


@router.post(
    "/reports/<report_id>/reanalysis",
    status_code=202,
    tags=["Reports"],
    summary="Analyze the same file again",
    openapi_extensions=may_answer(409, 410, 429, 503),
)
def reanalyze(
    report_id: str, caller: CurrentCaller, tell: TellQuota, *, request: Reanalysis | None = None
) -> Report:
    """Uses the current layout and rules. Status, comments and history of anomalies stay."""
    return report_service().reanalyze(caller, report_id, request or Reanalysis(), tell=tell)
