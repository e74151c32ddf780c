"""Requests as somebody with a role in the company."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from stockwarden.bootstrap import stores
from stockwarden.identity.access import Role
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import write
from tests.support.accounts import _account, _shared_account
from tests.support.gateway import USER, Response
from tests.support.reports import send

__all__ = ["_account", "_shared_account"]

MANAGER = replace(USER, role=Role.MANAGER)
VIEWER = replace(USER, role=Role.VIEWER)


@pytest.fixture
def ask():
    """`ask("POST", "/units", json=…)` as a manager of the company."""
    return partial(send, caller=MANAGER)


@pytest.fixture
def create(ask):
    """`create("/units", code="box")` returns what was made."""

    def make(path: str, **body: Any) -> Any:
        answer: Response = ask("POST", path, json=body)
        assert answer.status == 201, answer.body
        return answer.json

    return make


@pytest.fixture
def item():
    """Puts the least that an item is into the table; returns its id."""

    def put(item_id: str = "itm_1", **facts: Any) -> str:
        stores.catalog_table().put_all([{**keys.item(item_id), "id": item_id, **facts}])
        return item_id

    return put


@pytest.fixture
def refer():
    """`refer(key, "items")` counts one more that refers to a record, as its own code will."""

    def count(key: dict[str, Any], counter: str, more: int = 1) -> None:
        table = stores.catalog_table()
        write(table.update(key, f"ADD #{counter} :more", more=more))

    return count
