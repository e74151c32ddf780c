"""An API client that records which routes it has called."""

import re
import time
from collections.abc import Callable
from typing import Any

import httpx

from tools.template import routes

_WAIT_SECONDS = 90


class Visitor:
    """Calls the API through the distribution and remembers which routes it has used."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.used: set[tuple[str, str]] = set()

    def __call__(self, method: str, path: str, *, expect: int, **options: Any) -> Any:
        answer = self.client.request(method, path, **options)
        assert answer.status_code == expect, f"{method} {path}: {answer.text}"
        self.used.add((method, route_of(method, answer.request.url.path)))
        return answer.json() if answer.content else None

    def until(self, path: str, *settled: str, **options: Any) -> dict[str, Any]:
        """Polls the path until its `status` is one of `settled`; returns the document."""

        def look() -> dict[str, Any] | None:
            document: dict[str, Any] = self("GET", path, expect=200, **options)
            return document if document["status"] in settled else None

        document: dict[str, Any] = eventually(f"{path} {' or '.join(settled)}", look)
        return document


def route_of(method: str, path: str) -> str:
    """The route template that a path matches; fixed routes win over those with parameters."""
    for route in sorted(
        (path for route_method, path in routes() if route_method == method), key=lambda r: "{" in r
    ):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path):
            return route
    raise AssertionError(f"no route for {method} {path}")


def eventually(event: str, look: Callable[[], Any]) -> Any:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until:
        if result := look():
            return result
        time.sleep(0.2)
    raise AssertionError(f"{event}: it did not happen")
