"""Routes: status, assignee, due date and comments of one or many anomalies."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.anomalies.model import AnomalyDetail, BulkChanged, HistoryEntry, StatusChanged
from stockwarden.anomalies.requests import (
    Assignment,
    BulkAssignment,
    BulkStatusChange,
    CommentRequest,
    StatusChange,
)
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer

router = Router()


@router.post(
    "/anomalies/<anomaly_id>/status",
    tags=["Anomalies"],
    summary="Change the status of an anomaly",
    openapi_extensions=may_answer(409, 412, 503),
)
def change_status(
    anomaly_id: str, change: StatusChange, caller: CurrentCaller, expected_version: IfMatch = None
) -> StatusChanged:
    """Any status may follow any other. The status that it has already changes nothing, unless a
    comment or another reason is given. 409 while the report's next analysis is being written, and
    where a newer snapshot of the warehouse has the anomaly too: `newer` names that one."""
    return anomaly_service().change_status(caller, anomaly_id, change, expected_version)


@router.post(
    "/anomalies/status",
    tags=["Anomalies"],
    summary="Change the status of many anomalies",
    openapi_extensions=may_answer(404),
)
def change_statuses(change: BulkStatusChange, caller: CurrentCaller) -> BulkChanged:
    """Up to 500 anomalies per call, by `ids` or by `filter`; what fails is named with its reason
    and does not hold up the others. Send `next_cursor` as `cursor` to go on with a filter."""
    return anomaly_service().change_statuses(caller, change)


@router.patch(
    "/anomalies/<anomaly_id>",
    tags=["Anomalies"],
    summary="Assign an anomaly, or set its due date",
    openapi_extensions=may_answer(409, 412, 503),
)
def assign_anomaly(
    anomaly_id: str, change: Assignment, caller: CurrentCaller, expected_version: IfMatch = None
) -> AnomalyDetail:
    """The assignee is the owner, or an operator or manager of the report's warehouse. 409 as for a
    change of status."""
    return anomaly_service().assign(caller, anomaly_id, change, expected_version)


@router.patch(
    "/anomalies",
    tags=["Anomalies"],
    summary="Assign many anomalies, or set their due date",
    openapi_extensions=may_answer(404),
)
def assign_anomalies(change: BulkAssignment, caller: CurrentCaller) -> BulkChanged:
    """As with the status of many: up to 500 per call, by `ids` or by `filter`."""
    return anomaly_service().assign_many(caller, change)


@router.post(
    "/anomalies/<anomaly_id>/comments",
    status_code=201,
    tags=["Anomalies"],
    summary="Comment on an anomaly",
    openapi_extensions=may_answer(409, 503),
)
def comment_on_anomaly(
    anomaly_id: str, comment: CommentRequest, caller: CurrentCaller
) -> HistoryEntry:
    """The comment stands in the history, as an entry that changes nothing else. 409 as for a
    change of status."""
    return anomaly_service().comment(caller, anomaly_id, comment)
