"""Requests of the rules function's tests."""

from typing import Any

from stockwarden.identity.access import Caller
from tests.support import routing
from tests.support.gateway import USER, Response


def ask(method: str, path: str, *, caller: Caller | None = USER, **options: Any) -> Response:
    return routing.ask(method, path, caller=caller, **options)


def put(code: str, warehouse_id: str, version: int | None = None, **change: Any) -> Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    path = f"/rules/{code}?warehouse_id={warehouse_id}"
    return ask("PUT", path, json=change, headers=headers)
