"""Routes: lists and details of reports, renaming and removal."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.reports import (
    report_list_service,
    report_removal_service,
    report_service,
)
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.reports.file_model import ReportPreview
from stockwarden.reports.model import Report, ReportDetails, ReportPage, ReportStatus
from stockwarden.reports.requests import ReportPatch

router = Router()

CHANGED: dict[int, Any] = {
    status: {"description": phrase, "content": {"application/json": {"model": Report}}}
    for status, phrase in ((200, "The report was renamed"), (202, "The report is being moved"))
}

Status = Annotated[ReportStatus | None, Query()]
Warehouse = Annotated[str | None, Query(min_length=1, max_length=80)]


@router.get("/reports", tags=["Reports"], summary="List own and shared reports, newest first")
def list_reports(
    caller: CurrentCaller,
    *,
    status: Status = None,
    warehouse_id: Warehouse = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ReportPage:
    """A page may be short, even empty: only `next_cursor` tells whether there is more."""
    return report_list_service().list_reports(caller, limit, cursor, status, warehouse_id)


@router.get("/reports/<report_id>", tags=["Reports"], summary="Get a report")
def get_report(report_id: str, caller: CurrentCaller) -> Report:
    """Progress, facts about the file, mapping, coverage per rule, and counts by priority, rule and
    status."""
    return report_service().find_report(caller, report_id)


@router.get(
    "/reports/<report_id>/details", tags=["Reports"], summary="Get anomalies grouped by location"
)
def get_report_details(
    report_id: str, caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> ReportDetails:
    """`limit` is a number of anomalies; a location with many of them continues, under the same
    name, on the next page."""
    return report_service().find_details(caller, report_id, limit, cursor)


@router.get("/reports/<report_id>/preview", tags=["Reports"], summary="Preview a file")
def get_preview(report_id: str, caller: CurrentCaller) -> ReportPreview:
    """The file's sheets, header row, columns and sample rows, the suggested mapping with its
    confidence, and the questions about the file."""
    return report_service().find_preview(caller, report_id)


@router.patch(
    "/reports/<report_id>",
    tags=["Reports"],
    summary="Rename a report, or put it into a warehouse",
    responses=CHANGED,
    openapi_extensions=may_answer(409, 410, 503),
)
def change_report(
    report_id: str, request: ReportPatch, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> Response[Report]:
    """A report that is put into another warehouse, or out of one, is analyzed again there. It stays
    in its old warehouse until the analysis is done; then the anomalies that it resolved in the old
    warehouse are open again. Status, comments and history of its own anomalies stay. The caller
    must be a manager of the old warehouse and an operator of the new one."""
    report = report_service().change_report(caller, report_id, request, expected_version)
    status = 202 if request.moves else 200
    return Response(status_code=status, content_type="application/json", body=report)


@router.delete(
    "/reports/<report_id>",
    status_code=204,
    tags=["Reports"],
    summary="Delete a report",
    openapi_extensions=may_answer(503),
)
def delete_report(report_id: str, caller: CurrentCaller) -> None:
    """The report is gone at once, as if it had never been sent: anomalies that only it resolved in
    its warehouse are open again. That, and the removal of its anomalies and files, happens in the
    background."""
    report_removal_service().remove(caller, report_id)
