"""Requests of the anomalies function's tests."""

from typing import Any

from anomalies import app
from stockwarden.identity.access import Caller
from tests.support.gateway import USER, Response, call

# Write units of a change with a comment: 12 for the anomaly, 2 for its audit entry.
CHANGE_UNITS = 12 + 2
RANKS = {"Very High": 0, "High": 1, "Medium": 2, "Low": 3}


def get(path: str, *, caller: Caller | None = USER, **query: Any) -> Response:
    return call(app.handler, "GET", path, caller=caller, query=query)


def walk(**query: Any) -> tuple[list[list[Any]], list[Any]]:
    """(pages, anomalies) of a whole list."""
    pages, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = get("/anomalies", **query, **more).json
        pages.append(page["anomalies"])
        cursor = page["next_cursor"]
        if cursor is None:
            return pages, [anomaly for page in pages for anomaly in page]
        assert len(pages) < 100


def ids(anomalies: list[Any]) -> list[str]:
    return [anomaly["id"] for anomaly in anomalies]


def patch(path: str, *, caller: Caller = USER, headers: Any = None, **body: Any) -> Response:
    return call(app.handler, "PATCH", path, caller=caller, headers=headers, json=body)


def post(path: str, *, caller: Caller = USER, headers: Any = None, **body: Any) -> Response:
    return call(app.handler, "POST", path, caller=caller, headers=headers, json=body)
