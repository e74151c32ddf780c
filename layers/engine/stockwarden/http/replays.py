"""Stored answers to repeated requests, by Powertools' idempotency. Loads boto3.

A separate module, imported by `idempotency.py` where a request has a key.
"""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import Response
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

from stockwarden.core.errors import Conflict, Invalid, Unavailable
from stockwarden.http.headers import IDEMPOTENCY_KEY
from stockwarden.storage.clients import reachable

KEPT_SECONDS = 24 * 3600
REPLAYED = "Idempotent-Replayed"


def answer_once(
    respond: Callable[[], Response[Any]],
    store: BasePersistenceLayer,
    *,
    name: str,
    payload: str,
    lambda_context: Any,
) -> Response[Any]:
    """The answer of `respond`, or the one stored under `name` when `payload` is the same.

    Raises Conflict while the first request is being processed, Invalid if it had another payload,
    and Unavailable if the store is: the work may be done then, and a repetition does not do it
    again. Other exceptions of the store are passed on.
    """
    fresh: list[Response[Any]] = []
    config = IdempotencyConfig(
        event_key_jmespath="name",
        payload_validation_jmespath="payload",
        expires_after_seconds=KEPT_SECONDS,
        hash_function="sha256",
    )
    config.register_lambda_context(lambda_context)

    def answer(*, request: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001 - the key
        response = respond()
        fresh.append(response)
        return {
            "status": response.status_code,
            "body": response.body,
            "headers": dict(response.headers),
        }

    answer_or_replay: Callable[..., dict[str, Any]] = idempotent_function(
        answer,
        data_keyword_argument="request",
        persistence_store=store,
        config=config,
        key_prefix="answer",
    )
    try:
        stored = answer_or_replay(request={"name": name, "payload": payload})
    except IdempotencyAlreadyInProgressError:
        raise Conflict(
            f"A request with this {IDEMPOTENCY_KEY} is still being done; ask again shortly."
        ) from None
    except IdempotencyValidationError:
        raise Invalid(
            f"This {IDEMPOTENCY_KEY} was used for another request; take a new one."
        ) from None
    except IdempotencyInconsistentStateError as error:
        raise Unavailable("The database is too busy; try again shortly.") from error
    except IdempotencyPersistenceLayerError as error:
        # Powertools wraps all exceptions of the store, also those of bugs.
        with reachable("The database"):
            raise error.__cause__ or error from None
    if fresh:
        return fresh[0]
    return Response(
        status_code=stored["status"],
        content_type="application/json",
        body=stored["body"],
        headers={**stored["headers"], REPLAYED: "true"},
    )
