"""What the distribution, the gateway and the functions answer together, as one API."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import httpx
import pytest

from stockwarden.http.problems import type_of
from tests.e2e.conftest import Deployment
from tools.local.deploy import OTHER_ORIGINS
from tools.local.session import Session
from tools.local.web import client

UNLISTED = "https://evil.example"
NO_TOKEN = 'Bearer realm="stockwarden"'
BAD_TOKEN = f'{NO_TOKEN}, error="invalid_token"'
TOKEN = "the token of a session"


class Case(NamedTuple):
    """A request, the status of its answer, and headers that this has. `None` is not sent."""

    method: str
    path: str
    token: str | None
    headers: dict[str, str]
    body: str | None
    status: int
    answered: dict[str, str]


JSON = {"Content-Type": "application/json"}
CASES = {
    # The gateway's own answers
    "no token": Case("GET", "/reports", None, {}, None, 401, {"www-authenticate": NO_TOKEN}),
    "no token of ours": Case(
        "GET", "/reports", "Bearer a.b.c", {}, None, 401, {"www-authenticate": BAD_TOKEN}
    ),
    "another scheme": Case(
        "GET", "/reports", "Basic YTpi", {}, None, 401, {"www-authenticate": BAD_TOKEN}
    ),
    "no such address": Case("GET", "/nothing", TOKEN, {}, None, 404, {}),
    "no such method": Case("PUT", "/reports", TOKEN, {}, None, 404, {}),
    # The functions'
    "no type": Case("GET", "/reports", TOKEN, {"Accept": "text/html"}, None, 406, {}),
    "no JSON": Case("POST", "/reports", TOKEN, JSON, '{"a":', 400, {}),
    "wrong fields": Case("POST", "/reports", TOKEN, JSON, "{}", 422, {}),
    "early data": Case("POST", "/reports", TOKEN, {**JSON, "Early-Data": "1"}, "{}", 425, {}),
    "text": Case(
        "POST",
        "/reports",
        TOKEN,
        {"Content-Type": "text/plain"},
        "{}",
        415,
        {"accept": "application/json, multipart/form-data"},
    ),
    "compressed": Case(
        "POST",
        "/reports",
        TOKEN,
        {**JSON, "Content-Encoding": "br"},
        "{}",
        415,
        {"accept-encoding": "identity"},
    ),
    "wrong password": Case(
        "POST",
        "/auth/login",
        None,
        JSON,
        '{"username": "nobody-here", "password": "wrong"}',
        401,
        {"ratelimit-policy": '"login";q=50;w=900', "www-authenticate": NO_TOKEN},
    ),
}


@pytest.fixture(params=["distribution", "gateway"])
def api(request: pytest.FixtureRequest, deployment: Deployment) -> Iterator[httpx.Client]:
    """The API at the address that its clients use, and at the gateway's own."""
    at_gateway = request.param == "gateway"
    with client(deployment.stack.api_url if at_gateway else deployment.api_url) as http:
        yield http


@pytest.fixture
def at_distribution(deployment: Deployment) -> Iterator[httpx.Client]:
    with client(deployment.api_url) as http:
        yield http


def send(api: httpx.Client, case: Case, alice: Session, **more: str) -> httpx.Response:
    headers: dict[str, Any] = {**case.headers, **more}
    if case.token:
        headers["Authorization"] = bearer(alice) if case.token == TOKEN else case.token
    return api.request(case.method, case.path.lstrip("/"), headers=headers, content=case.body)


def bearer(session: Session) -> str:
    token: str = session._client.headers["Authorization"]
    return token


@pytest.mark.parametrize("name", CASES)
def test_refusals(api: httpx.Client, alice: Session, name: str) -> None:
    case = CASES[name]
    answer = send(api, case, alice)
    assert answer.status_code == case.status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"] == type_of(case.status)
    assert case.answered.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("origin", OTHER_ORIGINS)
@pytest.mark.parametrize("name", CASES)
def test_a_listed_page_may_read_every_answer(
    at_distribution: httpx.Client, alice: Session, name: str, origin: str
) -> None:
    headers = send(at_distribution, CASES[name], alice, Origin=origin).headers
    assert headers.get_list("access-control-allow-origin") == [origin]
    assert headers["access-control-allow-credentials"] == "true"
    assert "RateLimit-Policy" in headers["access-control-expose-headers"]
    assert "Origin" in headers["vary"]


@pytest.mark.parametrize("name", CASES)
def test_another_page_may_read_none(api: httpx.Client, alice: Session, name: str) -> None:
    headers = send(api, CASES[name], alice, Origin=UNLISTED).headers
    assert not [header for header in headers if header.startswith("access-control")]


@pytest.mark.parametrize(
    ("origin", "allowed"), [(OTHER_ORIGINS[0], True), (OTHER_ORIGINS[1], True), (UNLISTED, False)]
)
@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("reports", "GET, POST"),
        ("reports/rep_0", "DELETE, GET, PATCH"),
        ("auth/login", "POST"),
    ],
)
def test_a_browser_asks_before_a_request(
    api: httpx.Client, path: str, methods: str, origin: str, *, allowed: bool
) -> None:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,if-none-match",
    }
    answer = api.options(path, headers=headers)
    assert answer.status_code == 204, answer.text
    assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
    if allowed:
        assert "If-None-Match" in answer.headers["access-control-allow-headers"]
        assert answer.headers["access-control-allow-methods"] == methods


def test_polling_costs_no_body(api: httpx.Client, alice: Session) -> None:
    headers = {"Authorization": bearer(alice)}
    first = api.get("warehouses", headers=headers)
    etag = first.headers["etag"]
    for sent in (etag, f"W/{etag}", f'"x", {etag}'):
        again = api.get("warehouses", headers={**headers, "If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag


def test_a_session_that_has_ended(deployment: Deployment, api: httpx.Client) -> None:
    """Its token is not cached, because nothing was asked with it."""
    with closing(deployment.register()) as session:
        session.call("POST", "/auth/logout")
        answer = api.get("reports", headers={"Authorization": bearer(session)})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, BAD_TOKEN)
