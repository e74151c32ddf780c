"""Checks before validation: Accept, early data, required headers, Content-Type and size.

They extend Powertools' validation middleware, because no middleware of ours can run before it.
They also refuse what its body reader accepts or fails on: form bodies on JSON routes, and parser
errors that would otherwise count as bugs.
"""

from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.compat import (
    ModelField,
    field_annotation_is_sequence,
)
from aws_lambda_powertools.event_handler.openapi.params import File, Form
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from stockwarden.core.errors import BadRequest, Invalid, TooLarge, UnsupportedMedia
from stockwarden.http.caller import caller_of
from stockwarden.http.headers import IDEMPOTENCY_KEY, IF_MATCH
from stockwarden.http.paths import without_base
from stockwarden.http.problems import CONTENT_TYPE as PROBLEM_TYPE
from stockwarden.http.problems import (
    NotAcceptable,
    PreconditionRequired,
    TooEarly,
    UnsupportedEncoding,
)
from stockwarden.identity.access import require_scope

JSON_LIMIT = 2 * 2**20
# Lambda's limit of 6 MiB per request, less base64 encoding and headers.
MULTIPART_LIMIT = 4_400_000

JSON, MERGE_PATCH, FORM = "application/json", "application/merge-patch+json", "multipart/form-data"
# The ranges that include JSON, the most specific first: it decides (RFC 9110 12.5.1).
_RANGES = (JSON, "application/*", "*/*")


class Admission(OpenAPIRequestValidationMiddleware):
    """Powertools' validation, preceded by the checks of this module."""

    def handler(self, app: Any, next_middleware: NextMiddleware) -> Response[Any]:
        event = app.current_event
        if not accepts_json(sent_header(event, "Accept")):
            raise NotAcceptable(f"The answers of this API are {JSON}.")
        if event.raw_event["requestContext"].get("authorizer"):
            caller = caller_of(event.raw_event)
            require_scope(caller, event.http_method.upper(), without_base(event.path))
        _refuse_early_data(event)
        _require_headers(event, app.context["_route"].dependant.header_params)
        if event.body:
            _refuse_compression(event)
        return super().handler(app, next_middleware)

    def _get_body(self, app: Any) -> Any:
        """The body as its route reads it. Raises BadRequest, UnsupportedMedia, TooLarge."""
        event = app.current_event
        fields = app.context["_route"].dependant.body_params
        reads_form = any(isinstance(field.field_info, Form | File) for field in fields)
        _check_size(event, reads_form)
        readable = app.media_types(event.http_method, event.path)
        # A form comes to a route that reads forms, and to no other that takes a body.
        kind = media_type(sent_header(event, "Content-Type"))
        if not reads_form and event.body and (kind == FORM or kind not in readable):
            raise UnsupportedMedia(f"Send the body as {' or '.join(readable)}.", readable)
        try:
            body = super()._get_body(app) if reads_form else event.json_body
        except (ValueError, RecursionError) as error:
            raise BadRequest(_unreadable_message(reads_form)) from error
        if isinstance(body, list) and not field_annotation_is_sequence(
            fields[0].field_info.annotation
        ):
            raise Invalid.field("", "The body must be an object, not an array.")
        return body


def sent_header(event: BaseProxyEvent, name: str) -> str | None:
    """A header with all its lines, joined as RFC 9110 5.3 says; None if it was not sent."""
    lines = event.raw_event.get("multiValueHeaders") or {}
    values = [
        value
        for sent, sent_values in lines.items()
        if sent.lower() == name.lower()
        for value in sent_values
    ]
    return ", ".join(values) if values else event.headers.get(name)


def accepts_json(header: str | None) -> bool:
    """Whether an Accept header allows JSON (RFC 9110 12.5.1); `q=0` excludes a type."""
    if not header or not header.strip():
        return True
    accepted: dict[str, bool] = {}
    for entry in header.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        wanted = not any(_is_zero_weight(part) for part in parameters)
        accepted[kind] = accepted.get(kind, False) or wanted
    decisive = next((kind for kind in _RANGES if kind in accepted), PROBLEM_TYPE)
    return accepted.get(decisive, False)


def media_type(content_type: str | None) -> str:
    """The media type of a Content-Type header without parameters, in lower case; "" if absent."""
    return (content_type or "").partition(";")[0].strip().lower()


def _is_zero_weight(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip() in {"0", "0.", "0.0", "0.00", "0.000"}


def _refuse_early_data(event: BaseProxyEvent) -> None:
    """Raises TooEarly for what could be done twice."""
    if (
        sent_header(event, "Early-Data") == "1"
        and event.http_method.upper() == "POST"
        and sent_header(event, IDEMPOTENCY_KEY) is None
    ):
        raise TooEarly(
            "The request came before the TLS handshake was done, so it could be a copy. Send it "
            f"again after the handshake, or with an {IDEMPOTENCY_KEY}."
        )


def _require_headers(event: BaseProxyEvent, parameters: Sequence[ModelField]) -> None:
    """Raises PreconditionRequired and BadRequest; other headers are left to the validation."""
    for parameter in parameters:
        if not parameter.required or sent_header(event, parameter.alias) is not None:
            continue
        if parameter.alias.lower() == IF_MATCH.lower():
            raise PreconditionRequired(
                f"Send the ETag that you have read as {IF_MATCH}, so that no change of somebody "
                "else is overwritten."
            )
        if parameter.alias.lower() == IDEMPOTENCY_KEY.lower():
            raise BadRequest(
                f"Send an {IDEMPOTENCY_KEY}, a text that you choose for this request, so that it "
                "is not done twice if you have to repeat it."
            )


def _refuse_compression(event: BaseProxyEvent) -> None:
    encoding = (sent_header(event, "Content-Encoding") or "identity").strip().lower()
    if encoding != "identity":
        raise UnsupportedEncoding("Send the body uncompressed, without Content-Encoding.")


def _check_size(event: BaseProxyEvent, reads_form: bool) -> None:
    body = event.body or ""
    size = len(body) * 3 // 4 if event.is_base64_encoded else len(body)
    if reads_form and size > MULTIPART_LIMIT:
        raise TooLarge(
            f"A form may hold {MULTIPART_LIMIT / 1e6:.1f} MB. Send the same request as JSON "
            "instead: it answers an upload address that takes larger files."
        )
    if not reads_form and size > JSON_LIMIT:
        raise TooLarge(
            f"A JSON body may hold {JSON_LIMIT // 2**20} MiB. Larger files go to the upload "
            "address that POST /reports answers."
        )


def _unreadable_message(reads_form: bool) -> str:
    if reads_form:
        return "The form cannot be read: its boundary, its parts or its encoding are damaged."
    return "The body is not valid JSON."
