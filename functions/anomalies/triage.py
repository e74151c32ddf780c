"""Working anomalies down: the status of one, or of many."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden import bootstrap
from stockwarden.anomalies.model import (
    BulkStatusChange,
    BulkStatusChanged,
    StatusChange,
    StatusChanged,
)
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer

router = Router()


@router.post(
    "/anomalies/<anomaly_id>/status",
    tags=["Anomalies"],
    summary="Change the status of an anomaly",
    openapi_extensions=may_answer(404, 409, 412),
)
def change_status(
    anomaly_id: str, change: StatusChange, caller: CurrentCaller, if_match: IfMatch = None
) -> StatusChanged:
    """Any status may follow any other. The status that it has already changes nothing, unless a
    comment is given. 409 while the report's next analysis is being written."""
    return bootstrap.anomalies().change_status(caller, anomaly_id, change, if_match)


@router.post(
    "/anomalies/status",
    tags=["Anomalies"],
    summary="Change the status of many anomalies",
    openapi_extensions=may_answer(404),
)
def change_statuses(change: BulkStatusChange, caller: CurrentCaller) -> BulkStatusChanged:
    """Up to 500 anomalies per call, by `ids` or by `filter`; what fails is named with its reason
    and does not hold up the others. Send `next_cursor` as `cursor` to go on with a filter."""
    return bootstrap.anomalies().change_statuses(caller, change)
