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
    """Any status may follow any other. Sending the current status changes nothing, unless the
    request has a comment or another reason. Answers 409 while a new analysis of the report is being
    written, and if a newer snapshot of the warehouse has the anomaly too: `newer` names that
    anomaly."""
    return anomaly_service().change_status(caller, anomaly_id, change, expected_version)


@router.post(
    "/anomalies/status",
    tags=["Anomalies"],
    summary="Change the status of many anomalies",
    openapi_extensions=may_answer(404),
)
def change_statuses(change: BulkStatusChange, caller: CurrentCaller) -> BulkChanged:
    """Up to 500 anomalies per call, by `ids` or by `filter`. The answer names each anomaly that
    could not be changed, with the reason; the others are changed. To continue with a filter, send
    `next_cursor` as `cursor`."""
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
    """The assignee must be the owner, or an operator or manager of the report's warehouse. Answers
    409 as a change of status does."""
    return anomaly_service().assign(caller, anomaly_id, change, expected_version)


@router.patch(
    "/anomalies",
    tags=["Anomalies"],
    summary="Assign many anomalies, or set their due date",
    openapi_extensions=may_answer(404),
)
def assign_anomalies(change: BulkAssignment, caller: CurrentCaller) -> BulkChanged:
    """Up to 500 anomalies per call, by `ids` or by `filter`, as for changing the status of many."""
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
    """The comment becomes an entry of the history and changes nothing else. Answers 409 as a change
    of status does."""
    return anomaly_service().comment(caller, anomaly_id, comment)
