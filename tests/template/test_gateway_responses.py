"""The gateway's own error responses have the format of the functions' responses."""

import json
from typing import Any

import pytest

from stockwarden.http.problems import CONTENT_TYPE, TITLES
from tools.template import resources

(API,) = resources("AWS::Serverless::Api").values()
ANSWERS: dict[str, Any] = API["Properties"]["GatewayResponses"]
MEMBERS = {"type", "title", "status", "detail", "errors", "request_id"}


@pytest.mark.parametrize("kind", ANSWERS)
def test_is_a_problem(kind: str) -> None:
    answer = ANSWERS[kind]
    document = json.loads(answer["ResponseTemplates"]["application/json"])
    title = TITLES[answer["StatusCode"]]
    assert document.keys() == MEMBERS
    assert document["status"] == answer["StatusCode"]
    assert document["title"] == title
    slug = title.lower().replace(" ", "-")
    assert document["type"] == f"urn:stockwarden:problem:{slug}"
    assert document["request_id"] == "$context.requestId"
    headers = answer["ResponseParameters"]["Headers"]
    assert headers["Content-Type"] == f"'{CONTENT_TYPE}'"


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


@pytest.mark.parametrize("kind", ["UNAUTHORIZED", "ACCESS_DENIED"])
def test_whoever_is_unknown_is_told_to_send_a_token(kind: str) -> None:
    headers = ANSWERS[kind]["ResponseParameters"]["Headers"]
    assert headers["WWW-Authenticate"].startswith("'Bearer")
