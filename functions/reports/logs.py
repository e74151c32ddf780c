"""Routes: what ran on reports."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel, Field

from stockwarden.bootstrap.reports import report_log_service
from stockwarden.core.clock import iso
from stockwarden.core.fields import Moment
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.operations.report_log import RunKind, RunOutcome
from stockwarden.operations.report_log_list import LogFilter
from stockwarden.operations.report_log_service import LogPage

router = Router()


class LoggedPerson(BaseModel):
    """`username` is null for an erased account."""

    user_id: str
    username: str | None


class LoggedWarehouse(BaseModel):
    """`name` is null for a deleted warehouse."""

    id: str
    name: str | None


class ReportLog(BaseModel):
    """A run that has ended: an analysis, an export or the removal of a deleted report."""

    id: str
    kind: RunKind
    report_id: str
    report_name: str = Field(description="As it was then.")
    filename: str
    warehouse: LoggedWarehouse | None = Field(description="Where the report was then.")
    by: LoggedPerson = Field(
        description="Who sent the file, asked for the export, or deleted the report."
    )
    started_at: str = Field(description="When the attempt began that ended the run.")
    ended_at: str
    seconds: float
    attempt: int
    outcome: RunOutcome
    reason: str | None = Field(description="What it asks, or why it failed.")
    rows: int | None = Field(description="Of the file, where an analysis has read it.")
    anomalies: int | None = Field(description="That it found, or that an export has.")


class ReportLogPage(BaseModel):
    """Newest first. A page of a filtered list may be short, or empty, and have a next one."""

    logs: list[ReportLog]
    next_cursor: str | None


@router.get(
    "/report-logs",
    tags=["Reports"],
    summary="List what ran on reports",
    openapi_extensions=may_answer(400, 403, 404),
)
def list_report_logs(
    caller: CurrentCaller,
    *,
    warehouse_id: Annotated[str | None, Query(max_length=80)] = None,
    report_id: Annotated[str | None, Query(min_length=1, max_length=80)] = None,
    outcome: RunOutcome | None = None,
    kind: RunKind | None = None,
    first: Annotated[
        Moment | None, Query(alias="from", description="Of those that ended then or later.")
    ] = None,
    last: Annotated[Moment | None, Query(alias="to")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReportLogPage:
    """With a warehouse: for its managers, its owner and admins. Without: everything for admins, for
    others what ran on their own reports that are in no warehouse."""
    wanted = LogFilter(
        report_id=report_id or "",
        kind=kind,
        outcome=outcome,
        first=iso(first) if first else "",
        last=iso(last) if last else "",
    )
    return _view(report_log_service().list_entries(caller, warehouse_id, wanted, limit, cursor))


def _view(page: LogPage) -> ReportLogPage:
    logs = []
    for entry in page.entries:
        warehouse_id, by = entry.get("warehouse_id"), entry["by"]
        warehouse = (
            LoggedWarehouse(id=warehouse_id, name=page.warehouses.get(warehouse_id))
            if warehouse_id
            else None
        )
        logs.append(
            ReportLog.model_validate(
                {
                    "reason": None,
                    "rows": None,
                    "anomalies": None,
                    **entry,
                    "warehouse": warehouse,
                    "by": LoggedPerson(user_id=by, username=page.people.get(by)),
                    "seconds": entry["milliseconds"] / 1000,
                }
            )
        )
    return ReportLogPage(logs=logs, next_cursor=page.next_cursor)
