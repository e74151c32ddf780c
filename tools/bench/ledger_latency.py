"""The latency of warm functions over an in-process DynamoDB, to handlers whose services answer at
once."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import count
from typing import Any
from unittest import mock

from stockwarden.identity.access import MAIN_WAREHOUSE
from tests.support.aws import cloud
from tests.support.gateway import ADMIN, Handler, call
from tools.bench.measured import Measured, least, milliseconds

# The whole of it: gateway event to answer. Of a page of items, most is the model of its answer.
# A call of the imitation takes 1 to 3 ms, ten times as long as the handler's own work: these limits
# count calls, in effect.
_LIMITS = {"GET /items/{id}": 15.0, "GET /items": 45.0, "POST /movements": 12.0}
_ROUNDS, _CALLS = 7, 40


def latency() -> Iterator[Measured]:
    # What the functions log.
    with redirect_stdout(io.StringIO()):
        measured = list(_latency())
    yield from measured


def _latency() -> Iterator[Measured]:
    with cloud():
        from catalog.app import handler as catalog
        from stock.app import handler as stock
        from stockwarden.bootstrap.catalog import item_service
        from stockwarden.bootstrap.stock import movement_service

        names = [f"Flour {number}" for number in range(40)]
        made = [_send(catalog, "POST", "/items", {"name": name, "quantity": 9}) for name in names]
        path, keys = f"/items/{made[0]['id']}", count()
        line = {"item_id": made[0]["id"], "warehouse_id": MAIN_WAREHOUSE}
        receipt = {**line, "kind": "receipt", "quantity": 1}

        def move() -> Any:
            return _send(stock, "POST", "/movements", receipt, key=f"key-{next(keys)}")

        cases: list[tuple[str, Callable[[], Any], Any, str]] = [
            ("GET /items/{id}", lambda: _send(catalog, "GET", path), item_service(), "find"),
            ("GET /items", lambda: _send(catalog, "GET", "/items"), item_service(), "list_items"),
            ("POST /movements", move, movement_service(), "move"),
        ]
        for name, act, service, method in cases:
            with _answering_at_once(service, method, act) as idle:
                real, bare = least(act, idle, rounds=_ROUNDS, calls=_CALLS)
            figures = milliseconds(real), f"{milliseconds(bare)} doing nothing"
            yield Measured(f"{name}, warm", *figures, real / bare, _LIMITS[name])


@contextmanager
def _answering_at_once(
    service: Any, method: str, act: Callable[[], Any]
) -> Iterator[Callable[[], Any]]:
    """The act, with a service that always gives the answer that it gives now."""
    answers: list[Any] = []
    real = getattr(service, method)

    def remember(*given: Any, **named: Any) -> Any:
        answers.append(real(*given, **named))
        return answers[-1]

    with mock.patch.object(service, method, remember):
        act()

    def idle() -> Any:
        with mock.patch.object(service, method, lambda *_, **__: answers[0]):
            return act()

    yield idle


def _send(handler: Handler, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else None
    answer = call(handler, method, path, json=body, headers=headers, caller=ADMIN)
    if answer.status >= 400:
        raise RuntimeError(f"{method} {path}: {answer.status} {answer.body}")
    return answer.json
