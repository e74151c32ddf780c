"""Routes: exports of a report, and links to their files."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.reports import export_service
from stockwarden.exports.model import Export, ExportRequest
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota

router = Router()


@router.post(
    "/reports/<report_id>/exports",
    status_code=202,
    tags=["Reports"],
    summary="Export a report",
    openapi_extensions=may_answer(409, 429, 503),
)
def create_export(
    report_id: str, request: ExportRequest, caller: CurrentCaller, tell: TellQuota
) -> Export:
    """`xlsx` has the summary, anomalies, coverage and evidence; `csv` the anomalies; `annotated` is
    the uploaded table with a column of reasons. A text that looks like a formula is written as
    text."""
    return export_service().create(caller, report_id, request, tell=tell)


@router.get(
    "/reports/<report_id>/exports/<export_id>", tags=["Reports"], summary="Get an export's link"
)
def get_export(report_id: str, export_id: str, caller: CurrentCaller) -> Export:
    """Repeat until the export is `ready`; then `url` returns the file, for 15 minutes and without a
    token."""
    return export_service().get(caller, report_id, export_id)
