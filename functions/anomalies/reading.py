"""Routes: filtered lists of anomalies, and an anomaly with evidence and history."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BeforeValidator

from stockwarden.anomalies.model import AnomalyDetail, AnomalyPage, Reason, Status
from stockwarden.anomalies.requests import AnomalyFilter, Day, Order, Username, listed_statuses
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.detection.priority import Priority
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()

StatusIn = Annotated[
    list[Status] | None,
    BeforeValidator(listed_statuses),
    Query(description="May be repeated: anomalies with any of these."),
]
ReportId = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=80,
        description="Anomalies of this report; without it, of all reports that the caller may see.",
    ),
]
Rule = Annotated[
    str | None,
    Query(min_length=1, max_length=60, description="The code of a rule, such as cold-chain."),
]
Location = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=300,
        description="A location code, in any case; `(no location)` for those without one.",
    ),
]
Assignee = Annotated[Username | None, Query(description="A user name, or `me`.")]
WarehouseId = Annotated[
    str | None, Query(min_length=1, max_length=80, description="Reports of this warehouse only.")
]
DueBefore = Annotated[
    Day | None, Query(description="Anomalies that are due before this day, such as 2026-03-31.")
]
Grouped = Annotated[
    bool,
    Query(
        description="Leaves out each anomaly whose `lead` is in the same list: a subject has one "
        "line."
    ),
]


@router.get(
    "/anomalies",
    tags=["Anomalies"],
    summary="List anomalies, most urgent first or last",
    openapi_extensions=may_answer(404, 503),
)
def list_anomalies(
    caller: CurrentCaller,
    *,
    report_id: ReportId = None,
    status: StatusIn = None,
    priority: Annotated[Priority | None, Query()] = None,
    rule: Rule = None,
    location: Location = None,
    warehouse_id: WarehouseId = None,
    assignee: Assignee = None,
    due_before: DueBefore = None,
    reason: Annotated[Reason | None, Query()] = None,
    order: Annotated[Order, Query()] = Order.MOST_URGENT,
    grouped: Grouped = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AnomalyPage:
    """Anomalies of the caller's own reports and of shared warehouses. Within a priority, those of
    the caller's own reports come first; least urgent first is the same list from its end. For a
    warehouse, the list has the anomalies of its newest snapshot and, if that snapshot is a part,
    those that only earlier snapshots have, back to the last whole one. An anomaly must match all
    filters. A page may be short, even empty: only `next_cursor` tells whether there is more. In
    lists, an anomaly has at most the first row of its evidence."""
    criteria = AnomalyFilter(
        status=tuple(status) if status else None,
        priority=priority,
        rule=rule,
        location=location,
        assignee=assignee,
        due_before=due_before,
        reason=reason,
    )
    return anomaly_service().list_anomalies(
        caller,
        report_id,
        criteria,
        cursor,
        limit,
        warehouse_id=warehouse_id,
        order=order,
        grouped=grouped,
    )


@router.get(
    "/anomalies/<anomaly_id>",
    tags=["Anomalies"],
    summary="Show an anomaly with its evidence and history",
    openapi_extensions=may_answer(503),
)
def get_anomaly(anomaly_id: str, caller: CurrentCaller) -> AnomalyDetail:
    """All evidence of the anomaly, and its newest 100 changes. Send the ETag as If-Match to change
    it."""
    return anomaly_service().detail(caller, anomaly_id)
