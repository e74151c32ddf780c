"""Each type of error maps to one status, wherever it is raised."""

import pytest
from aws_lambda_powertools.event_handler.exceptions import BadRequestError, ServiceError

from stockwarden.core import errors
from stockwarden.core.quotas import Quota
from stockwarden.http import problems
from tests.support.gateway import call
from tests.support.problems import problem

INVALID_TOKEN = 'Bearer realm="stockwarden", error="invalid_token"'
CASES = [
    (errors.BadRequest("why"), 400, {}),
    (errors.Unauthenticated("why"), 401, {"www-authenticate": 'Bearer realm="stockwarden"'}),
    (errors.InvalidToken("why"), 401, {"www-authenticate": INVALID_TOKEN}),
    (errors.OtpRequired("why"), 401, {"www-authenticate": 'Bearer realm="stockwarden"'}),
    (errors.Forbidden("why"), 403, {}),
    (
        errors.InsufficientScope("why", "reports:read"),
        403,
        {
            "www-authenticate": 'Bearer realm="stockwarden", error="insufficient_scope", '
            'scope="reports:read"'
        },
    ),
    (errors.NotFound("why"), 404, {}),
    (errors.Conflict("why"), 409, {}),
    (errors.StillOwns("why", errors.Owned(reports=2)), 409, {}),
    (errors.StockConflict("why", {"item_id": "item_2", "quantity": 3}), 409, {}),
    (errors.OrderConflict("why", {"status": "draft", "possible": ["place"]}), 409, {}),
    (errors.ComponentsShort("why", [{"item_id": "item_2", "short": 3}]), 409, {}),
    (errors.Taken("why", "name", "sup_2"), 409, {}),
    (errors.InUse("why", {"items": 3}), 409, {}),
    (errors.Superseded("why", {"report_id": "rep_2"}), 409, {}),
    (errors.PreconditionFailed("why"), 412, {}),
    (errors.TooLarge("why"), 413, {}),
    (errors.Gone("why"), 410, {}),
    (errors.UnsupportedMedia("why", ["a/b", "c/d"]), 415, {"accept": "a/b, c/d"}),
    (errors.Invalid("why"), 422, {}),
    (errors.UnreadableFile("encrypted", "why"), 422, {}),
    (
        errors.RateLimited("why", Quota("login", size=10, window=900, remaining=0, reset=17)),
        429,
        {
            "retry-after": "17",
            "ratelimit-policy": '"login";q=10;w=900',
            "ratelimit": '"login";r=0;t=17',
        },
    ),
    (errors.Unavailable("why"), 503, {"retry-after": "5"}),
    (BadRequestError("why"), 400, {}),
    (ServiceError(413, "why"), 413, {}),
]


@pytest.mark.parametrize("path", ["/raise", "/raise-in-dependency"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: type(case[0]).__name__)
def test_expected(handler, raised, path, case):
    error, status, headers = case
    raised.append(error)
    response = call(handler, "GET", path)
    body = problem(response, status)
    assert body["detail"] == "why"
    assert headers.items() <= response.headers.items()


CONFLICTS = [
    (
        errors.Taken("why", "sku", "item_2"),
        "taken",
        {
            "taken": {"field": "sku", "by": "item_2"},
            "errors": [{"pointer": "/sku", "detail": "why"}],
        },
    ),
    (errors.Taken("why", "name"), "taken", {"taken": {"field": "name"}}),
    (errors.InUse("why", {"items": 3}), "in-use", {"used_by": {"items": 3}}),
    (
        errors.OrderConflict("why", {"status": "draft", "possible": ["place"]}),
        "order-conflict",
        {"order": {"status": "draft", "possible": ["place"]}},
    ),
    (
        errors.ComponentsShort("why", [{"item_id": "item_2", "short": 3}]),
        "components-short",
        {"short": [{"item_id": "item_2", "short": 3}]},
    ),
]


@pytest.mark.parametrize(("error", "kind", "members"), CONFLICTS)
def test_a_conflict_says_what_it_is_with(handler, raised, error, kind, members):
    raised.append(error)
    body = problem(call(handler, "GET", "/raise"), 409)
    assert body["type"] == f"urn:stockwarden:problem:{kind}"
    assert members.items() <= body.items()


def test_a_used_up_quota_is_named(handler, raised):
    quota = Quota("login", size=10, window=900, remaining=0, reset=17)
    raised.append(errors.RateLimited("why", quota))
    body = problem(call(handler, "GET", "/raise"), 429)
    assert body["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert body["violated-policies"] == ["login"]


def test_a_service_that_does_not_answer_has_a_registered_type(handler, raised):
    raised.append(errors.Unavailable("why"))
    body = problem(call(handler, "GET", "/raise"), 503)
    assert body["type"].endswith("http-problem-types#temporary-reduced-capacity")


def test_every_error_has_its_status():
    def below(kind):
        return [kind, *(leaf for child in kind.__subclasses__() for leaf in below(child))]

    own_errors = [
        kind for kind in below(errors.StockwardenError) if kind.__module__ == errors.__name__
    ]
    tested = {type(error) for error, _, _ in CASES}
    assert set(own_errors) - tested == {errors.StockwardenError}
    assert set(problems.TITLES) >= {status for _, status, _ in CASES}


def test_fields_are_named(handler, raised):
    raised.append(errors.Invalid.field("/layout/3/capacity", "Use a whole number."))
    body = problem(call(handler, "GET", "/raise"), 422)
    assert body["errors"] == [{"pointer": "/layout/3/capacity", "detail": "Use a whole number."}]


def test_an_unreadable_file_names_its_reason(handler, raised):
    raised.append(errors.UnreadableFile("encrypted", "The workbook is protected."))
    body = problem(call(handler, "GET", "/raise"), 422)
    assert (body["reason"], body["type"]) == (
        "encrypted",
        "urn:stockwarden:problem:unreadable-file",
    )


def test_a_superseded_error_names_the_newer_resource(handler, raised):
    raised.append(errors.Superseded("There is a newer one.", {"report_id": "rep_2"}))
    body = problem(call(handler, "GET", "/raise"), 409)
    assert (body["newer"], body["type"]) == (
        {"report_id": "rep_2"},
        "urn:stockwarden:problem:superseded",
    )


@pytest.mark.parametrize("path", ["/raise", "/raise-in-dependency"])
@pytest.mark.parametrize("error", [KeyError("hunter2"), errors.StockwardenError("hunter2")])
def test_an_unexpected_error_is_logged_and_not_exposed(handler, raised, logged, path, error):
    raised.append(error)
    response = call(handler, "GET", path)
    problem(response, 500)
    assert "hunter2" not in response.body
    (entry,) = [line for line in logged() if line["level"] == "ERROR"]
    assert "Traceback" in entry["exception"]
    assert entry["correlation_id"] == response.headers["x-request-id"]
