"""Routes: comparison of two reports, and a report's stock by location."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.reports import diff_service, location_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.snapshots.model import DiffPart, ReportDiff, ReportLocations

router = Router()

Against = Annotated[
    str, Query(min_length=1, max_length=80, description="The id of the report to compare with.")
]
Part = Annotated[
    DiffPart | None, Query(description="Return only this part; without it, all three.")
]
Places = Annotated[int, Query(ge=1, le=1000, description="Largest number of locations, 1 to 1000.")]


@router.get(
    "/reports/<report_id>/diff",
    tags=["Snapshots"],
    summary="Compare two reports of a warehouse",
    openapi_extensions=may_answer(409),
)
def get_diff(
    report_id: str,
    against: Against,
    caller: CurrentCaller,
    *,
    part: Part = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReportDiff:
    """New, resolved and persisting anomalies of this report compared with the other, in this order
    over the pages; either report may be the newer. The counts are those of all pages."""
    return diff_service().compare_reports(caller, report_id, against, cursor, limit, part=part)


@router.get(
    "/reports/<report_id>/locations",
    tags=["Snapshots"],
    summary="Show what a report's locations hold",
    openapi_extensions=may_answer(409),
)
def get_locations(
    report_id: str, caller: CurrentCaller, *, limit: Places = 500, cursor: Cursor = None
) -> ReportLocations:
    """Every location with stock or anomalies, sorted by code, as counted when the report was
    analyzed; `(no location)` stands for the rows without a location."""
    return location_service().list_locations(caller, report_id, cursor, limit)
