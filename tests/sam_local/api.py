"""Calls the API behind SAM and collects the figures of a run."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

FIGURES: list[str] = []


def note(figure: str) -> None:
    """Adds a line to the summary at the end of the run."""
    FIGURES.append(figure)


@dataclass
class Api:
    """A client of `sam local start-api` that records response times."""

    client: httpx.Client
    token: str = field(default="", repr=False)

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.client.request(method, f"/api/v1{path}", **{"headers": headers, **options})
        milliseconds = answer.elapsed.total_seconds() * 1000
        route = re.sub(r"(rep|wh)_\w+", "…", path)
        note(f"{method} {route}: {answer.status_code} in {milliseconds:.0f} ms")
        return answer
