"""Routes: the layout of a warehouse, as JSON or as a spreadsheet."""

import base64
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.openapi.params import File, UploadFile
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core.errors import Invalid, TooLarge, UnsupportedMedia
from stockwarden.core.filenames import CONTENT_TYPES
from stockwarden.http.admission import FORM, JSON, JSON_LIMIT, MULTIPART_LIMIT, media_type
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.form_files import content_of, filename_of
from stockwarden.http.json_body import parse_json
from stockwarden.http.paths import MULTIPART
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.layout.reader import read_layout
from stockwarden.warehouse.model import Warehouse

router = Router()

_SUFFIXES = {kind.lower(): suffix for suffix, kind in CONTENT_TYPES.items()}
_ROW = {"$ref": "#/components/schemas/LayoutRowBody"}
_ROWS = {"type": "array", "items": _ROW}
_BODIES = {
    JSON: {
        "schema": {
            "anyOf": [_ROWS, {"type": "object", "properties": {"layout": _ROWS}}],
        }
    },
    **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES.values()},
}


def sent_layout(request: Request) -> Layout:
    """The body, by its Content-Type. Raises UnsupportedMedia, TooLarge, BadRequest, Invalid."""
    event = request.resolved_event
    kind, data = media_type(event.headers.get("content-type")), _bytes_of(event)
    if kind == JSON:
        _check_size(data, JSON_LIMIT)
        return _layout_of(parse_json(data.decode(errors="replace")))
    if kind not in _SUFFIXES:
        known = [JSON, FORM, *CONTENT_TYPES.values()]
        raise UnsupportedMedia(f"A layout comes as one of {', '.join(known)}.", known)
    _check_size(data, MULTIPART_LIMIT)
    return read_layout(data, f"layout{_SUFFIXES[kind]}")


@router.put(
    "/warehouses/<warehouse_id>/layout",
    tags=["Warehouses"],
    summary="Replace the layout",
    openapi_extensions={"requestBody": {"required": True, "content": _BODIES}},
)
def put_layout(
    warehouse_id: str,
    layout: Annotated[Layout, Depends(sent_layout)],
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Warehouse:
    """Send the rows as JSON (a list, or `{"layout": rows}`), or a spreadsheet, or a form with a
    spreadsheet."""
    return warehouse_service().replace_layout(caller, warehouse_id, layout, expected_version)


@router.put(
    "/warehouses/<warehouse_id>/layout" + MULTIPART,
    tags=["Warehouses"],
    summary="Replace the layout by a file",
)
def put_layout_file(
    warehouse_id: str,
    rules_file: Annotated[UploadFile, File()],
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Warehouse:
    name = filename_of(rules_file, "/rules_file")
    layout = read_layout(content_of(rules_file, "/rules_file"), name)
    return warehouse_service().replace_layout(caller, warehouse_id, layout, expected_version)


def _bytes_of(event: BaseProxyEvent) -> bytes:
    body = event.body or ""
    return base64.b64decode(body) if event.is_base64_encoded else body.encode()


def _check_size(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise TooLarge(
            f"A layout may have {limit / 1e6:.1f} MB here. A larger one goes to the upload address "
            "that POST /reports answers for a rules_filename."
        )


def _layout_of(document: Any) -> Layout:
    rows, pointer = document, ""
    if isinstance(document, dict):
        rows, pointer = document.get("layout"), "/layout"
    if not isinstance(rows, list):
        raise Invalid.field("/layout", "The rows of the layout are missing.")
    return Layout.from_rows(rows, pointer)
