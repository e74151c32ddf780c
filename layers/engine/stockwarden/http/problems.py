"""Converts errors to RFC 9457 problem responses, and error types to HTTP statuses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.depends import DependencyResolutionError
from aws_lambda_powertools.event_handler.exceptions import ServiceError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)

from stockwarden.core.errors import (
    BadRequest,
    ComponentsShort,
    Conflict,
    FieldError,
    Forbidden,
    Gone,
    InsufficientScope,
    InUse,
    Invalid,
    InvalidToken,
    NotFound,
    OrderConflict,
    OtpRequired,
    PreconditionFailed,
    RateLimited,
    StillOwns,
    StockConflict,
    StockwardenError,
    Superseded,
    Taken,
    TooLarge,
    Unauthenticated,
    Unavailable,
    UnreadableFile,
    UnsupportedMedia,
    escaped,
)
from stockwarden.http.quota_fields import quota_fields

CONTENT_TYPE = "application/problem+json"
_CHALLENGE = 'Bearer realm="stockwarden"'

# The nearest entry in a type's method resolution order counts, so a subclass may have its own.
_STATUS: dict[type[StockwardenError], HTTPStatus] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Gone: HTTPStatus.GONE,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedMedia: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

# Titles and slugs are a published contract; the names in `http` differ between Python versions.
TITLES: dict[int, str] = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    412: "Precondition failed",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Unprocessable content",
    425: "Too early",
    428: "Precondition required",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
}
# The types that the draft of the RateLimit fields registers.
_REGISTRY = "https://iana.org/assignments/http-problem-types#"
_REGISTERED = {429: "quota-exceeded", 503: "temporary-reduced-capacity"}
_CHALLENGE = 'Bearer realm="stockwarden"'


class NotAcceptable(StockwardenError):
    """The Accept header excludes JSON."""


class MethodNotAllowed(StockwardenError):
    """The path exists, under other methods."""

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(f"This resource answers to {', '.join(allowed)}.")
        self.allowed = tuple(allowed)


class UnsupportedEncoding(StockwardenError):
    """The body is compressed."""


class TooEarly(StockwardenError):
    """The request came in TLS early data, which an attacker can repeat (RFC 8470)."""


class PreconditionRequired(StockwardenError):
    """The route requires If-Match (RFC 6585)."""


_STATUS |= {
    NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    UnsupportedEncoding: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    TooEarly: HTTPStatus.TOO_EARLY,
    PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
}


def type_of(status: int, slug: str | None = None) -> str:
    """The `type` of a problem. `slug` is its last part, by default from the status's title."""
    if status in _REGISTERED:
        return _REGISTRY + _REGISTERED[status]
    return f"urn:stockwarden:problem:{slug or TITLES[status].lower().replace(' ', '-')}"


def may_answer(*statuses: int) -> dict[str, Any]:
    """The OpenAPI extension that names problem statuses of a route beyond the common ones.

    `@router.post("/things", openapi_extensions=may_answer(409, 412))`
    """
    return {"x-problems": sorted(statuses)}


def problem(
    status: int,
    detail: str,
    request_id: str,
    *,
    slug: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response[str]:
    """A problem response; `slug` as for `type_of`."""
    document = {
        "type": type_of(status, slug),
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "errors": list(errors),
        "request_id": request_id,
        **members,
    }
    return Response(
        status_code=status,
        content_type=CONTENT_TYPE,
        body=json.dumps(document, ensure_ascii=False),
        headers=dict(headers or {}),
    )


def problem_of(error: Exception, request_id: str) -> Response[str] | None:
    """The problem for an expected error; None for a bug, whose details stay internal."""
    while isinstance(error, DependencyResolutionError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    match error:
        case StockwardenError():
            return _from_stockwarden_error(error, request_id)
        case RequestValidationError():
            return _from_validation_error(error, request_id)
        case RequestUnsupportedContentType():
            return problem(415, "This kind of body is not read here.", request_id)
        case ServiceError() if error.status_code in TITLES:
            return problem(error.status_code, str(error.msg), request_id)
        case _:
            return None


def _from_stockwarden_error(error: StockwardenError, request_id: str) -> Response[str] | None:
    status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), None)
    match error:
        case UnreadableFile():
            return problem(
                422,
                error.detail,
                request_id,
                slug="unreadable-file",
                errors=_field_errors(error.errors),
                reason=error.reason,
            )
        case Invalid():
            return problem(422, error.detail, request_id, errors=_field_errors(error.errors))
        case Conflict():
            return _from_conflict(error, request_id)
        case InvalidToken():
            challenge = {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'}
            return problem(401, error.detail, request_id, headers=challenge)
        case Unauthenticated():
            challenge = {"WWW-Authenticate": _CHALLENGE}
            slug = "otp-required" if isinstance(error, OtpRequired) else None
            return problem(401, error.detail, request_id, slug=slug, headers=challenge)
        case InsufficientScope():
            named = f', scope="{error.scope}"' if error.scope else ""
            refusal = {"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope"{named}'}
            return problem(
                403, error.detail, request_id, headers=refusal, slug="insufficient-scope"
            )
        case RateLimited():
            headers = {"Retry-After": str(error.retry_after), **quota_fields([error.quota])}
            violated: dict[str, Any] = {"violated-policies": [error.quota.policy]}
            return problem(429, error.detail, request_id, headers=headers, **violated)
        case Unavailable():
            retry = {"Retry-After": str(error.retry_after)}
            return problem(503, error.detail, request_id, headers=retry)
        case UnsupportedMedia():
            accept = {"Accept": ", ".join(error.accepted)}
            return problem(415, error.detail, request_id, headers=accept)
        case UnsupportedEncoding():
            encodings = {"Accept-Encoding": "identity"}
            return problem(415, error.detail, request_id, headers=encodings)
        case MethodNotAllowed():
            allow = {"Allow": ", ".join(error.allowed)}
            return problem(405, error.detail, request_id, headers=allow)
        case _:
            return problem(status, error.detail, request_id) if status else None


def _from_conflict(error: Conflict, request_id: str) -> Response[str]:
    match error:
        case StillOwns():
            owned = asdict(error.owned)
            return problem(409, error.detail, request_id, slug="still-owns", owned=owned)
        case StockConflict():
            stock = dict(error.stock)
            return problem(409, error.detail, request_id, slug="stock-conflict", stock=stock)
        case OrderConflict():
            order = dict(error.order)
            return problem(409, error.detail, request_id, slug="order-conflict", order=order)
        case ComponentsShort():
            short = list(map(dict, error.short))
            return problem(409, error.detail, request_id, slug="components-short", short=short)
        case Taken():
            taken = {"field": error.field, **({"by": error.by} if error.by else {})}
            at = [{"pointer": f"/{escaped(error.field)}", "detail": error.detail}]
            return problem(409, error.detail, request_id, slug="taken", errors=at, taken=taken)
        case InUse():
            used = dict(error.used_by)
            return problem(409, error.detail, request_id, slug="in-use", used_by=used)
        case Superseded():
            newer = dict(error.newer)
            return problem(409, error.detail, request_id, slug="superseded", newer=newer)
        case _:
            return problem(409, error.detail, request_id)


def _field_errors(errors: Sequence[FieldError]) -> list[dict[str, str]]:
    return [{"pointer": error.pointer, "detail": error.detail} for error in errors]


def _from_validation_error(error: RequestValidationError, request_id: str) -> Response[str]:
    """The problem for Pydantic's errors. Pointers are into the body or the part named `in`."""
    errors: list[dict[str, str]] = []
    for entry in error.errors():
        if entry["type"] == "json_invalid":
            return problem(400, "The body is not valid JSON.", request_id)
        part, *path = entry["loc"]
        field_error = {"pointer": _pointer(path), "detail": _sentence(entry)}
        errors.append(field_error if part == "body" else {"in": str(part), **field_error})
    detail = "One field is wrong." if len(errors) == 1 else f"{len(errors)} fields are wrong."
    return problem(422, detail, request_id, errors=errors)


def _pointer(path: Sequence[str | int]) -> str:
    """The RFC 6901 pointer to a path; "" for the whole body."""
    return "".join(f"/{escaped(part)}" for part in path)


def _sentence(entry: Mapping[str, Any]) -> str:
    message = str(entry["msg"]).removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."
