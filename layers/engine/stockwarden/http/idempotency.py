"""Makes POST requests idempotent by `Idempotency-Key`, following the IETF draft.

The first answer to a POST with a key is stored for a day and returned to every repetition, with
`Idempotent-Replayed: true`. A key belongs to its caller, method and path. Another
request with the key is refused, and so is a repetition while the first is being processed.
Errors are not stored.

Replaying an answer is not enough: a function that dies after its work, but before its answer is
stored, repeats the work. So a route whose work must not be repeated takes `OperationId`, which is
the same for every repetition, and derives the id of what it creates from it.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from aws_lambda_powertools.event_handler import Request, Response
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.params import Header
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent
from pydantic import BeforeValidator

from stockwarden.core.errors import BadRequest
from stockwarden.core.idempotency import RequestKey
from stockwarden.http.admission import media_type
from stockwarden.http.headers import IDEMPOTENCY_KEY
from stockwarden.http.paths import MULTIPART

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer

_OPERATION = "operation_id"
_REQUEST = "request_key"
# A string of RFC 8941, or the same characters without the quotes.
_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\]){1,255})"')
_BARE = re.compile(r"[!#-~]{1,255}")
_ESCAPED = re.compile(r'\\(["\\])')
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?', re.IGNORECASE)


def read_key(header: str | None) -> str | None:
    """`"abc"` and `abc` are one key; None for no header. Raises BadRequest."""
    if header is None:
        return None
    text = header.strip()
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return _ESCAPED.sub(r"\1", quoted[1])
    if _BARE.fullmatch(text):
        return text
    raise BadRequest(f"{IDEMPOTENCY_KEY} is one text of 1 to 255 printable ASCII characters.")


def replayed(
    store: "Callable[[], BasePersistenceLayer]",
) -> Callable[[Any, NextMiddleware], Response[Any]]:
    """The middleware of a route whose answers are stored in `store`. Raises as `answer_once`."""

    def middleware(app: Any, next_middleware: NextMiddleware) -> Response[Any]:
        event = app.current_event
        key = read_key(event.headers.get(IDEMPOTENCY_KEY))
        if key is None:
            return next_middleware(app)
        # Imported only for requests with a key: it adds half to a cold start.
        from stockwarden.http.replays import answer_once

        name, payload = _digest(*_scope_of(event), key), _payload_digest(event)
        # Includes the body: only the same request completes an interrupted attempt.
        key_of_request = RequestKey(name, payload)
        app.append_context(**{_OPERATION: _digest(name, payload), _REQUEST: key_of_request})
        return answer_once(
            lambda: next_middleware(app),
            store(),
            name=name,
            payload=payload,
            lambda_context=app.lambda_context,
        )

    return middleware


def _scope_of(event: BaseProxyEvent) -> tuple[str, str, str]:
    """The caller, method and path that a key belongs to."""
    authorizer = event["requestContext"].get("authorizer") or {}
    path = event["path"].removesuffix(MULTIPART)
    return authorizer.get("username", ""), event["httpMethod"], path


def _payload_digest(event: BaseProxyEvent) -> str:
    """Digest of the body, independent of spacing and order in JSON, and of a form's boundary."""
    content_type, body = event.headers.get("content-type") or "", event.body or ""
    if media_type(content_type) != "multipart/form-data":
        return _digest(json.dumps(event.json_body, sort_keys=True) if body else "")
    form = base64.b64decode(body) if event.is_base64_encoded else body.encode()
    boundary = _BOUNDARY.search(content_type)
    if boundary:
        form = form.replace(boundary[1].encode(), b"")
    return hashlib.sha256(form).hexdigest()


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


def _operation_id(request: Request) -> str | None:
    operation_id: str | None = request.context.get(_OPERATION)
    return operation_id


def _request_key(request: Request) -> RequestKey:
    key: RequestKey | None = request.context.get(_REQUEST)
    return key or RequestKey.of_no_key()


OperationId = Annotated[str | None, Depends(_operation_id)]
"""The same for every repetition of a request with an `Idempotency-Key`; None without one."""
KeyOfRequest = Annotated[RequestKey, Depends(_request_key)]
"""As `OperationId`, for services that also refuse another request with the same key."""
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias=IDEMPOTENCY_KEY,
        description="A text that the client chooses for this request. A repeated request with the "
        "same key is answered, for a day, as the first one was.",
    ),
    BeforeValidator(read_key, json_schema_input_type=str | None),
]
"""A route that gives it no default requires the header: 400 without it."""
