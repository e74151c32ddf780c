"""Routes: imports of items from files."""

import json
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import File, Form, UploadFile
from pydantic import BeforeValidator

from stockwarden.bootstrap.catalog import import_service, kept_answers
from stockwarden.core.errors import BadRequest
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.form_files import content_of, filename_of, if_sent
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.paths import MULTIPART
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.imports.model import (
    CreatedItemImport,
    DryRun,
    ImportContinuation,
    ImportRequest,
    ItemImport,
    ItemImportPage,
    ItemImportSummary,
    ItemMapping,
)
from stockwarden.ingestion.mapping.user_choice import DateOrder, NumberFormat
from stockwarden.stock.requests import Id

router = Router()


def _mapping_in(text: str) -> object:
    """A form holds texts only, so the mapping is one: JSON."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        raise ValueError("Give the mapping as JSON, {column: field}.") from None


# Browsers send blank fields as empty texts.
_Blank = BeforeValidator(lambda text: text or None)
_BlankIsFalse = BeforeValidator(lambda text: text or False)
# A part without a file name is a text, not a file.
_NoText = BeforeValidator(lambda part: None if isinstance(part, str) else part)


@router.post(
    "/items/imports",
    status_code=201,
    tags=["Items"],
    summary="Import items from a file",
    openapi_extensions=may_answer(404, 409, 429, 503),
    middlewares=[replayed(kept_answers)],
)
def create_import(
    request: ImportRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    tell: TellQuota,
    *,
    _key: IdempotencyKey = None,
) -> CreatedItemImport:
    """As JSON: returns a presigned form to upload the file with, up to 150 MiB, valid for 15
    minutes. As multipart/form-data: the request has the file, up to 4.4 MB.

    A file has a row for each item, or several for one that lies at several places: 50,000 at most.
    A row names its item by SKU, else by GTIN, else, for a new one, by name. Of an item that is
    there, the fields whose cells are not blank change; a `quantity` is what there is, and of a new
    item what comes in. All rows are checked before anything is written, and if one is at fault,
    nothing is. With `dry_run` nothing is written in any case."""
    return import_service().announce(caller, request, operation_id, tell=tell)


@router.post(
    "/items/imports" + MULTIPART,
    status_code=201,
    tags=["Items"],
    summary="Import items from a file that the request has",
    middlewares=[replayed(kept_answers)],
)
def receive_import(
    caller: CurrentCaller,
    operation_id: OperationId,
    tell: TellQuota,
    *,
    _key: IdempotencyKey = None,
    file: Annotated[UploadFile | None, _NoText, File()] = None,
    dry_run: Annotated[DryRun, _BlankIsFalse, Form()] = False,
    warehouse_id: Annotated[Id | None, _Blank, Form()] = None,
    column_mapping: Annotated[ItemMapping | None, BeforeValidator(_mapping_in), Form()] = None,
    date_order: Annotated[DateOrder | None, _Blank, Form()] = None,
    number_format: Annotated[NumberFormat | None, _Blank, Form()] = None,
) -> CreatedItemImport:
    file = if_sent(file)
    if file is None:
        raise BadRequest("The form has no file in its part file.")
    request = ImportRequest(
        filename=filename_of(file, "/file"),
        dry_run=dry_run,
        warehouse_id=warehouse_id,
        column_mapping=column_mapping,
        date_order=date_order,
        number_format=number_format,
    )
    body = content_of(file, "/file")
    return import_service().receive(caller, request, body, operation_id, tell=tell)


@router.get("/items/imports", tags=["Items"], summary="List the imports of items")
def list_imports(
    caller: CurrentCaller, *, limit: Limit = 20, cursor: Cursor = None
) -> ItemImportPage:
    """Those of the company, newest first; they are kept for 90 days."""
    return import_service().list_imports(caller, limit, cursor)


@router.get("/items/imports/<import_id>", tags=["Items"], summary="Get an import of items")
def get_import(import_id: str, caller: CurrentCaller) -> ItemImport:
    """How far it is, how the file is read, the questions about it, and everything that is wrong
    with its rows."""
    return import_service().find(caller, import_id)


@router.put(
    "/items/imports/<import_id>",
    status_code=202,
    tags=["Items"],
    summary="Answer the questions about a file, or go on with an import",
    openapi_extensions=may_answer(409, 429, 503),
)
def continue_import(
    import_id: str, request: ImportContinuation, caller: CurrentCaller, tell: TellQuota
) -> ItemImportSummary:
    """Reads and checks the file again; `{"dry_run": false}` after a dry run writes it. Answers 409
    for an import that is at work or done."""
    return import_service().proceed(caller, import_id, request, tell=tell)


@router.delete(
    "/items/imports/<import_id>",
    status_code=204,
    tags=["Items"],
    summary="Remove an import of items",
    openapi_extensions=may_answer(409),
)
def delete_import(import_id: str, caller: CurrentCaller) -> None:
    """Its record and its file; what it has imported stays."""
    import_service().remove(caller, import_id)
