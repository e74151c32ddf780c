"""Routes: creation of reports, as JSON with presigned upload forms or as multipart with files."""

import json
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import File, Form, UploadFile
from pydantic import BeforeValidator

from stockwarden.bootstrap.reports import kept_answers, report_creation_service
from stockwarden.core.errors import BadRequest
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.form_files import content_of, filename_of, if_sent
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.paths import MULTIPART
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.reports.model import CreatedReport
from stockwarden.reports.requests import (
    ColumnMapping,
    Moment,
    ReportName,
    ReportRequest,
    ScopeGiven,
    WarehouseId,
)

router = Router()


def _mapping_in(text: str) -> object:
    """A form holds texts only, so the mapping is one: JSON."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        raise ValueError("Give the mapping as JSON, {column: canonical name}.") from None


# Browsers send blank fields as empty texts.
_Blank = BeforeValidator(lambda text: text or None)
# A part without a file name is a text, not a file.
_NoText = BeforeValidator(lambda part: None if isinstance(part, str) else part)


@router.post(
    "/reports",
    status_code=201,
    tags=["Reports"],
    summary="Create a report",
    openapi_extensions=may_answer(409, 410, 429, 503),
    middlewares=[replayed(kept_answers)],
)
def create_report(
    request: ReportRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    tell: TellQuota,
    *,
    _key: IdempotencyKey = None,
) -> CreatedReport:
    """As JSON: returns presigned forms to upload the files with, up to 150 MiB, valid for 15
    minutes. As multipart/form-data: the request has the files, up to 4.4 MB in all."""
    return report_creation_service().announce(caller, request, operation_id, tell=tell)


@router.post(
    "/reports" + MULTIPART,
    status_code=201,
    tags=["Reports"],
    summary="Create a report from files",
    middlewares=[replayed(kept_answers)],
)
def receive_report(
    caller: CurrentCaller,
    operation_id: OperationId,
    tell: TellQuota,
    *,
    _key: IdempotencyKey = None,
    inventory_file: Annotated[UploadFile | None, _NoText, File()] = None,
    rules_file: Annotated[UploadFile | None, File()] = None,
    report_name: Annotated[ReportName | None, _Blank, Form()] = None,
    warehouse_id: Annotated[WarehouseId | None, _Blank, Form()] = None,
    as_of: Annotated[Moment | None, _Blank, Form()] = None,
    column_mapping: Annotated[ColumnMapping | None, BeforeValidator(_mapping_in), Form()] = None,
    scope: Annotated[ScopeGiven | None, _Blank, Form()] = None,
) -> CreatedReport:
    inventory_file, rules_file = if_sent(inventory_file), if_sent(rules_file)
    if inventory_file is None:
        raise BadRequest("The form has no file in its part inventory_file.")
    request = ReportRequest(
        filename=filename_of(inventory_file, "/inventory_file"),
        rules_filename=filename_of(rules_file, "/rules_file") if rules_file else None,
        report_name=report_name,
        warehouse_id=warehouse_id,
        as_of=as_of,
        column_mapping=column_mapping,
        scope=scope,
    )
    inventory = content_of(inventory_file, "/inventory_file")
    rules = content_of(rules_file, "/rules_file") if rules_file else None
    return report_creation_service().receive(
        caller, request, inventory, rules, operation_id=operation_id, tell=tell
    )
