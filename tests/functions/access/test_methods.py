"""An unsupported method is 405 with the path's methods in Allow."""

import re

import pytest

from stockwarden.http.paths import BASE_PATH
from tests.functions.access.sharing_scenario import HANDLERS
from tests.support.gateway import USER, call
from tests.support.problems import problem
from tools.template import routes

PATHS: dict[tuple[str, str], set[str]] = {}
for (_method, _path), (_function, _) in routes().items():
    PATHS.setdefault((_function, _path.removeprefix(BASE_PATH)), set()).add(_method)
KNOWN = ["GET", "POST", "PUT", "PATCH", "DELETE"]
OTHERS = ["TRACE", "CONNECT", "HEAD", "OPTIONS", "PROPFIND", "PURGE", "FOO"]


def methods_at(function: str, request_path: str) -> set[str]:
    """Of all routes whose path this may be: `/anomalies/status` could be an anomaly, too."""
    return {
        method
        for (owner, path), methods in PATHS.items()
        if owner == function and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request_path)
        for method in methods
    }


@pytest.mark.parametrize("method", [*KNOWN, *OTHERS])
def test_methods(method: str) -> None:
    for function, path in PATHS:
        request_path = re.sub(r"\{\w+\}", "x", path)
        methods = methods_at(function, request_path)
        if method not in methods:
            answer = call(HANDLERS[function], method, request_path, caller=USER)
            problem(answer, 405)
            assert set(answer.headers["allow"].split(", ")) == methods


@pytest.mark.parametrize("method", ["GET", "TRACE", "FOO"])
def test_a_path_of_nobody(method: str) -> None:
    for handler in HANDLERS.values():
        problem(call(handler, method, "/nothing", caller=USER), 404)
