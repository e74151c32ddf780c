"""Checks before validation: Accept, Content-Type and size of a request.

They extend Powertools' validation middleware, because no middleware of ours can run before it.
They also refuse what its body reader accepts or fails on: form bodies on JSON routes, and parser
errors that would otherwise count as bugs.
"""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.compat import field_annotation_is_sequence
from aws_lambda_powertools.event_handler.openapi.params import File, Form
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from stockwarden.core.errors import BadRequest, Invalid, TooLarge, UnsupportedMedia
from stockwarden.http.caller import caller_of
from stockwarden.http.paths import without_base
from stockwarden.http.problems import NotAcceptable
from stockwarden.identity.access import require_scope

JSON_LIMIT = 2 * 2**20
# Lambda's limit of 6 MiB per request, less base64 encoding and headers.
MULTIPART_LIMIT = 4_400_000

_JSON = "application/json"
_MULTIPART = "multipart/form-data"
_ACCEPTED = {"*/*", "application/*", _JSON, "application/problem+json"}


class Admission(OpenAPIRequestValidationMiddleware):
    """Powertools' validation, preceded by the checks of this module."""

    def handler(self, app: Any, next_middleware: NextMiddleware) -> Response[Any]:
        if not accepts_json(app.current_event.headers.get("accept")):
            raise NotAcceptable("The answers of this API are application/json.")
        event = app.current_event
        if event.raw_event["requestContext"].get("authorizer"):
            caller = caller_of(event.raw_event)
            require_scope(caller, event.http_method.upper(), without_base(event.path))
        return super().handler(app, next_middleware)

    def _get_body(self, app: Any) -> Any:
        """The body as its route reads it. Raises BadRequest, UnsupportedMedia, TooLarge."""
        fields = app.context["_route"].dependant.body_params
        reads_form = any(isinstance(field.field_info, Form | File) for field in fields)
        self._check(app.current_event, _MULTIPART if reads_form else _JSON)
        try:
            body = super()._get_body(app) if reads_form else app.current_event.json_body
        except (ValueError, RecursionError) as error:
            raise BadRequest(_unreadable_message(reads_form)) from error
        if isinstance(body, list) and not field_annotation_is_sequence(
            fields[0].field_info.annotation
        ):
            raise Invalid.field("", "The body must be an object, not an array.")
        return body

    @staticmethod
    def _check(event: BaseProxyEvent, expected: str) -> None:
        body = event.body or ""
        size = len(body) * 3 // 4 if event.is_base64_encoded else len(body)
        if expected == _MULTIPART and size > MULTIPART_LIMIT:
            raise TooLarge(
                f"A form may hold {MULTIPART_LIMIT / 1e6:.1f} MB. Send the same request as JSON "
                "instead: it answers an upload address that takes larger files."
            )
        if expected == _JSON and size > JSON_LIMIT:
            raise TooLarge(f"A JSON body may hold {JSON_LIMIT // 2**20} MiB.")
        if media_type(event.headers.get("content-type")) != expected and (
            body or expected == _MULTIPART
        ):
            raise UnsupportedMedia(f"Send the body as {expected}, named in Content-Type.")


def accepts_json(header: str | None) -> bool:
    """Whether an Accept header allows JSON (RFC 9110 12.5.1); `q=0` excludes a type."""
    if not header or not header.strip():
        return True
    for entry in header.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        if kind in _ACCEPTED and not any(_is_zero_weight(part) for part in parameters):
            return True
    return False


def media_type(content_type: str | None) -> str:
    """The media type of a Content-Type header without parameters, in lower case; "" if absent."""
    return (content_type or "").partition(";")[0].strip().lower()


def _is_zero_weight(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip() in {"0", "0.", "0.0", "0.00", "0.000"}


def _unreadable_message(reads_form: bool) -> str:
    if reads_form:
        return "The form cannot be read: its boundary, its parts or its encoding are damaged."
    return "The body is not valid JSON."
