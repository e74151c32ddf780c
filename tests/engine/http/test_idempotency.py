"""A key belongs to its caller, method and path; what it repeats is answered as the first time."""

import itertools
from typing import Any

import pytest
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.reports import kept_answers
from stockwarden.core.config import Settings
from stockwarden.http.api import create_api, entry_point
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.idempotency import IdempotencyKey, replayed
from tests.support.gateway import OTHER, USER, call
from tests.support.problems import problem

BODY = {"quantity": 3}


@pytest.fixture
def handler(aws):
    """Two paths and two methods, each of which counts what it has done."""
    router, numbers = Router(), itertools.count(1)

    def move(body: dict[str, Any], caller: CurrentCaller, key: IdempotencyKey) -> Response[Any]:
        done = {"number": next(numbers), "by": caller.username}
        return Response(status_code=202, content_type="application/json", body=done)

    for path in ("/movements", "/counts"):
        middlewares = [replayed(kept_answers)]
        router.post(path, middlewares=middlewares)(move)
        router.put(path, middlewares=middlewares)(move)
    return entry_point(create_api(Settings(), router))


def send(handler, method="POST", path="/movements", *, key="k", caller=USER, body=BODY):
    return call(handler, method, path, json=body, caller=caller, headers={"Idempotency-Key": key})


def test_a_repetition_has_the_same_status_and_body(handler):
    first, again = send(handler), send(handler, key='"k"')
    assert (
        (first.status, first.json)
        == (again.status, again.json)
        == (202, {"number": 1, "by": "alice"})
    )
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


@pytest.mark.parametrize(
    "other",
    [{"method": "PUT"}, {"path": "/counts"}, {"caller": OTHER}, {"key": "K"}, {"key": '"k "'}],
    ids=str,
)
def test_another_request_is_done(handler, other):
    assert send(handler).json["number"] == 1
    assert send(handler, **other).json["number"] == 2


def test_another_body_is_refused(handler):
    send(handler)
    problem(send(handler, body={"quantity": 4}), 422)
    assert send(handler).json["number"] == 1


def test_a_request_that_is_wrong_leaves_its_key_free(handler):
    problem(send(handler, body=[1]), 422)
    assert send(handler).json["number"] == 1
