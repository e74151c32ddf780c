"""Routes: analysis of a report with another mapping, or again."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.reports import report_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer
from stockwarden.reports.model import Report
from stockwarden.reports.requests import MappingRequest, Reanalysis

router = Router()


@router.put(
    "/reports/<report_id>/mapping",
    status_code=202,
    tags=["Reports"],
    summary="Answer what was asked of the file, or say what the columns are",
    openapi_extensions=may_answer(409, 410, 503),
)
def put_mapping(
    report_id: str,
    request: MappingRequest,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Report:
    """The file is analyzed with these answers. What was shown before stays until that is done."""
    return report_service().remap(caller, report_id, request, expected_version)


@router.post(
    "/reports/<report_id>/reanalysis",
    status_code=202,
    tags=["Reports"],
    summary="Analyze the same file again",
    openapi_extensions=may_answer(409, 410, 503),
)
def reanalyze(
    report_id: str, caller: CurrentCaller, *, request: Reanalysis | None = None
) -> Report:
    """Under the current layout and rules. Status, comments and history of anomalies stay."""
    return report_service().reanalyze(caller, report_id, request or Reanalysis())
