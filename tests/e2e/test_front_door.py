"""Responses at the distribution's address without signing in."""

import httpx
import pytest

from tests.e2e.conftest import Deployment

PROBLEM = "application/problem+json"
HARDENED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith(PROBLEM)
    problem = answer.json()
    assert problem["status"] == status
    assert problem["request_id"]
    assert problem["type"].startswith("urn:stockwarden:problem:")


def test_health(web: httpx.Client) -> None:
    answer = web.get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "healthy", "version": "0.1.0"}


def test_ready(web: httpx.Client) -> None:
    answer = web.get("/api/v1/health/ready")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/api/v1/reports", "/api/v1/nothing"])
def test_every_answer_is_hardened(web: httpx.Client, path: str) -> None:
    headers = web.get(path).headers
    assert {name: headers.get(name) for name in HARDENED} == HARDENED
    assert "default-src" in headers["content-security-policy"]


@pytest.mark.parametrize("token", [None, "Bearer not-a-token", "Basic YTpi", "Bearer a.b.c"])
def test_without_a_valid_token(web: httpx.Client, token: str | None) -> None:
    headers = {"Authorization": token} if token else {}
    answer = web.get("/api/v1/reports", headers=headers)
    assert_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/nothing"), ("DELETE", "/api/v1/health")]
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer whatever"}])
def test_unknown_routes(web: httpx.Client, method: str, path: str, headers: dict[str, str]) -> None:
    assert_problem(web.request(method, path, headers=headers), 404)


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "FOO"])
def test_methods_that_nobody_has(web: httpx.Client, deployment: Deployment, method: str) -> None:
    """The gateway answers as for an unknown path. The distribution lets seven methods through and
    refuses all others itself, before anything of ours; AWS has no place to write that answer."""
    for path in ("/health", "/reports"):
        assert_problem(httpx.request(method, deployment.stack.api_url + path, timeout=60), 404)
        assert web.request(method, f"/api/v1{path}").status_code == 403


def test_the_gateway_alone_answers_the_same(deployment: Deployment) -> None:
    answer = httpx.get(f"{deployment.stack.api_url}/health", timeout=60)
    assert answer.json()["status"] == "healthy"
