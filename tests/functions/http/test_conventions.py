"""Each case of conventions.yaml, on every route of docs/openapi.json that it applies to."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from stockwarden.core.ids import new_id
from stockwarden.http.paths import BASE_PATH
from tests.functions.access.sharing_scenario import HANDLERS
from tests.support.gateway import USER, Response, call
from tests.support.openapi import DOCUMENT, required_headers
from tests.support.problems import problem
from tools.template import routes

CASES = yaml.safe_load(Path(__file__).with_name("conventions.yaml").read_text(encoding="utf-8"))
PADDING = "x" * 2_200_000


def operations(case: dict[str, Any]) -> list[tuple[str, str]]:
    """Method and path of the routes that a case applies to."""
    return [
        (method.upper(), path)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        if method.upper() in case.get("methods", [method.upper()])
        and ("reads" not in case or case["reads"] in content(operation))
        and case.get("key_required", needs_key(method, path)) == needs_key(method, path)
        and f"{method.upper()} {path}" not in case.get("except", [])
    ]


def needs_key(method: str, path: str) -> bool:
    return "Idempotency-Key" in required_headers(method, path)


def content(operation: dict[str, Any]) -> dict[str, Any]:
    bodies: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return bodies


def send(case: dict[str, Any], method: str, path: str) -> Response:
    function, _ = routes()[method, BASE_PATH + path]
    options = dict(case["request"])
    if method in {"PUT", "PATCH", "DELETE"}:
        options["headers"] = {"If-Match": "*", **options.get("headers", {})}
    if needs_key(method, path):
        key = {"Idempotency-Key": new_id("key")}
        options["headers"] = {**key, **options.get("headers", {})}
    if "body" in options:
        options["body"] = options["body"].replace("{padding}", PADDING)
    return call(HANDLERS[function], method, re.sub(r"\{\w+\}", "x", path), caller=USER, **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_on_every_route(case: dict[str, Any]) -> None:
    applicable = operations(case)
    assert applicable
    for method, path in applicable:
        response = send(case, method, path)
        route = f"{method} {path}: {response.status} {response.body}"
        if isinstance(case["answer"], str):
            assert response.status != int(case["answer"].removeprefix("not ")), route
            assert response.status < 500, route
            continue
        assert response.status == case["answer"], route
        document = problem(response, case["answer"])
        assert case.get("detail", "") in document["detail"], route
        pointers = [error["pointer"] for error in document["errors"]]
        assert sorted(pointers) == case.get("errors", []), route
        for name, value in case.get("headers", {}).items():
            assert value in response.headers[name].split(", "), route
