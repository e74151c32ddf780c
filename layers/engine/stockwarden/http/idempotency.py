"""Idempotent POST requests by `Idempotency-Key`, after the draft of the IETF.

The first answer to a POST with a key is kept for a day and answered to every repetition, with
`Idempotent-Replayed: true`. A key belongs to its caller, method and path; for another request it
is refused, and while the first is still being done so is a repetition. Errors are not kept.

That replays answers and no more: a function that dies between its work and the keeping of its
answer does its work again. So a route that must not takes `OperationId`, which is the same for
every repetition, and derives from it what it makes.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Request, Response
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.params import Header
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent
from aws_lambda_powertools.utilities.idempotency import (
    BasePersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from pydantic import BeforeValidator

from stockwarden.core.errors import BadRequest, Conflict, Invalid, Unavailable
from stockwarden.http.admission import media_type

KEPT_SECONDS = 24 * 3600
REPLAYED = "Idempotent-Replayed"
_HEADER = "Idempotency-Key"
_OPERATION = "operation_id"
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
    raise BadRequest(f"{_HEADER} is one text of 1 to 255 printable ASCII characters.")


def replayed(
    store: Callable[[], BasePersistenceLayer],
) -> Callable[[Any, NextMiddleware], Response[Any]]:
    """The middleware of a route whose answers are kept in `store`.

    Raises Conflict while the first request is being done, Invalid where it had another body, and
    Unavailable where the store is: then it may have been done, and is answered when asked again.
    """

    def answer_once(app: Any, next_middleware: NextMiddleware) -> Response[Any]:
        event = app.current_event
        key = read_key(event.headers.get(_HEADER))
        if key is None:
            return next_middleware(app)
        operation = _operation_of(event, key)
        app.append_context(**{_OPERATION: operation})
        fresh: list[Response[Any]] = []
        config = IdempotencyConfig(
            event_key_jmespath="operation",
            payload_validation_jmespath="payload",
            expires_after_seconds=KEPT_SECONDS,
            hash_function="sha256",
        )
        config.register_lambda_context(app.lambda_context)

        def answer(*, request: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001 - the key
            response = next_middleware(app)
            fresh.append(response)
            return {
                "status": response.status_code,
                "body": response.body,
                "headers": dict(response.headers),
            }

        answer_or_replay: Callable[..., dict[str, Any]] = idempotent_function(
            answer,
            data_keyword_argument="request",
            persistence_store=store(),
            config=config,
            key_prefix="answer",
        )
        try:
            stored = answer_or_replay(
                request={"operation": operation, "payload": _payload_digest(event)}
            )
        except IdempotencyAlreadyInProgressError:
            raise Conflict(
                f"A request with this {_HEADER} is still being done; ask again shortly."
            ) from None
        except IdempotencyValidationError:
            raise Invalid(f"This {_HEADER} was used for another request; take a new one.") from None
        except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
            raise Unavailable("The database is too busy; try again shortly.") from error
        if fresh:
            return fresh[0]
        return Response(
            status_code=stored["status"],
            content_type="application/json",
            body=stored["body"],
            headers={**stored["headers"], REPLAYED: "true"},
        )

    return answer_once


def _operation_of(event: BaseProxyEvent, key: str) -> str:
    caller = (event["requestContext"].get("authorizer") or {}).get("user_id", "")
    parts = (caller, event["httpMethod"], event["path"], key)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _payload_digest(event: BaseProxyEvent) -> str:
    """The same for the same request, however its JSON is spaced and its form's parts are parted."""
    content_type, body = event.headers.get("content-type") or "", event.body or ""
    if media_type(content_type) != "multipart/form-data":
        text = json.dumps(event.json_body, sort_keys=True) if body else ""
        return hashlib.sha256(text.encode()).hexdigest()
    form = base64.b64decode(body) if event.is_base64_encoded else body.encode()
    boundary = _BOUNDARY.search(content_type)
    if boundary:
        form = form.replace(boundary[1].encode(), b"")
    return hashlib.sha256(form).hexdigest()


def _operation_id(request: Request) -> str | None:
    operation_id: str | None = request.context.get(_OPERATION)
    return operation_id


OperationId = Annotated[str | None, Depends(_operation_id)]
"""The same for every repetition of a request with an `Idempotency-Key`; None without one."""
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias=_HEADER,
        description="A text that the client made for this request. Within a day, repeating the "
        "request with the same key answers what was answered first.",
    ),
    BeforeValidator(read_key, json_schema_input_type=str | None),
]
