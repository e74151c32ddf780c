"""The gateway's own error responses have the format of the functions' responses."""

import json
from typing import Any

import pytest

from stockwarden.http.problems import CONTENT_TYPE, TITLES, type_of
from tools.template import resources

(API,) = resources("AWS::Serverless::Api").values()
ANSWERS: dict[str, Any] = API["Properties"]["GatewayResponses"]
MEMBERS = {"type", "title", "status", "detail", "errors", "request_id"}


@pytest.mark.parametrize("kind", ANSWERS)
def test_is_a_problem(kind: str) -> None:
    answer = ANSWERS[kind]
    document = json.loads(answer["ResponseTemplates"]["application/json"])
    title = TITLES[answer["StatusCode"]]
    violated = {"violated-policies"} if answer["StatusCode"] == 429 else set()
    assert document.keys() == MEMBERS | violated
    assert document["status"] == answer["StatusCode"]
    assert document["title"] == title
    assert document["type"] == type_of(answer["StatusCode"])
    assert document["request_id"] == "$context.requestId"
    headers = answer["ResponseParameters"]["Headers"]
    assert headers["Content-Type"] == f"'{CONTENT_TYPE}'"
    assert headers["Vary"] == "'Origin'"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("UNAUTHORIZED", 401),
        ("ACCESS_DENIED", 401),
        ("MISSING_AUTHENTICATION_TOKEN", 404),
        ("REQUEST_TOO_LARGE", 413),
        ("UNSUPPORTED_MEDIA_TYPE", 415),
        ("THROTTLED", 429),
        ("INTEGRATION_TIMEOUT", 503),
        ("AUTHORIZER_CONFIGURATION_ERROR", 503),
        ("AUTHORIZER_FAILURE", 503),
        ("DEFAULT_5XX", 500),
    ],
)
def test_status(kind: str, status: int) -> None:
    assert ANSWERS[kind]["StatusCode"] == status


def test_what_passes_says_when_to_come_again() -> None:
    retried = {kind for kind, answer in ANSWERS.items() if answer["StatusCode"] in {429, 503}}
    assert {"THROTTLED", "AUTHORIZER_FAILURE", "INTEGRATION_FAILURE"} <= retried
    for kind in retried:
        assert int(ANSWERS[kind]["ResponseParameters"]["Headers"]["Retry-After"].strip("'")) >= 1


@pytest.mark.parametrize(
    ("kind", "challenge"),
    [
        ("UNAUTHORIZED", 'Bearer realm="stockwarden"'),
        ("ACCESS_DENIED", 'Bearer realm="stockwarden", error="invalid_token"'),
    ],
)
def test_a_bad_token_is_told_from_none(kind: str, challenge: str) -> None:
    headers = ANSWERS[kind]["ResponseParameters"]["Headers"]
    assert headers["WWW-Authenticate"] == f"'{challenge}'"
