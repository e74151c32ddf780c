"""Checks the problem+json format of error responses."""

from typing import Any

from stockwarden.http.problems import type_of
from tests.support.gateway import Response

ALWAYS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def problem(response: Response, status: int) -> Any:
    """The body of an error response, after checking its problem+json format."""
    assert response.status == status, response.body
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json
    assert {"type", "title", "status", "detail", "errors", "request_id"} <= set(body)
    assert body["status"] == status
    own = type_of(status, body["type"].rpartition(":")[2])
    assert body["type"] in {own, type_of(status)}
    assert body["title"] and body["detail"]
    assert body["request_id"] == response.headers["x-request-id"] != ""
    for error in body["errors"]:
        assert error["pointer"] == "" or error["pointer"].startswith("/")
        assert error["detail"]
    assert ALWAYS.items() <= response.headers.items()
    return body
