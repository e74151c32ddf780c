"""The API behind SAM, as its users call it, and the figures of a run."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

FIGURES: list[str] = []


def note(figure: str) -> None:
    """A line for the end of the run."""
    FIGURES.append(figure)


@dataclass
class Api:
    """`sam local start-api`, and each answer's time."""

    client: httpx.Client
    token: str = field(default="", repr=False)

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.client.request(method, f"/api/v1{path}", **{"headers": headers, **options})
        milliseconds = answer.elapsed.total_seconds() * 1000
        route = re.sub(r"(rep|wh)_\w+", "…", path)
        note(f"{method} {route}: {answer.status_code} in {milliseconds:.0f} ms")
        return answer
