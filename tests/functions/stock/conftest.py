"""A warehouse, items in it, and requests of a manager who may work there."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

import pytest

from projections import app as projections_app
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.kits import free_stock
from stockwarden.bootstrap.ledger import ledger
from stockwarden.bootstrap.repositories import user_repository
from stockwarden.bootstrap.stock import stock_reading_service
from stockwarden.identity.access import Role
from tests.support.accounts import _account, _shared_account
from tests.support.gateway import OTHER, USER, Context, Response
from tests.support.reports import send
from tests.support.streams import Stream, event

__all__ = ["_account", "_shared_account"]

MANAGER = replace(USER, role=Role.MANAGER)
VIEWER = replace(USER, role=Role.VIEWER)
OPERATOR = replace(USER, role=Role.OPERATOR)
GUEST = replace(OTHER, role=Role.OPERATOR)
STRANGER = replace(OTHER, role=Role.MANAGER)
_keys = count(1)


@pytest.fixture
def ask():
    """`ask("POST", "/movements", json=…)` as a manager, with a key of its own if it is a POST."""

    def send_with_key(method: str, path: str, **options: Any) -> Response:
        headers = dict(options.pop("headers", {}))
        key = options.pop("key", f"key-{next(_keys)}")
        if method == "POST" and key:
            headers.setdefault("Idempotency-Key", key)
        return send(method, path, headers=headers, **options)

    return partial(send_with_key, caller=MANAGER)


@pytest.fixture
def create(ask):
    """`create("/items", name="Flour")` returns what was made."""

    def make(path: str, **body: Any) -> Any:
        answer = ask("POST", path, json=body)
        assert answer.status == 201, answer.body
        return answer.json

    return make


@pytest.fixture
def hall(create):
    """The id of a warehouse of the manager."""
    return create("/warehouses", name="Hall")["id"]


@pytest.fixture
def flour(create):
    """The id of an item that is kept in pieces."""
    return create("/items", name="Flour")["id"]


@pytest.fixture
def move(ask, hall, flour):
    """`move("receipt", 5)` answers a movement of flour in the hall."""

    def post(kind: str, quantity: Any, **more: Any) -> Response:
        options = {name: more.pop(name) for name in ("key", "caller") if name in more}
        body = {"item_id": flour, "warehouse_id": hall, "kind": kind, "quantity": quantity, **more}
        return ask("POST", "/movements", json=body, **options)

    return post


@pytest.fixture
def moved(move):
    """As `move`, of one that succeeds: its body."""

    def post(kind: str, quantity: Any, **more: Any) -> Any:
        answer = move(kind, quantity, **more)
        assert answer.status == 201, answer.body
        return answer.json

    return post


@pytest.fixture
def movements(ask, flour):
    """The movements of an item, newest first."""

    def read(item_id: str = flour, **query: Any) -> Any:
        answer = ask("GET", f"/items/{item_id}/movements", query=query)
        assert answer.status == 200, answer.body
        return answer.json["movements"]

    return read


@pytest.fixture
def quantity(ask, flour):
    """What there is of an item: in the list's head, and by replay, which must agree."""

    def read(item_id: str = flour) -> Any:
        told = ask("GET", f"/items/{item_id}").json["quantity"]
        replayed = ask("GET", f"/items/{item_id}/stock").json
        assert replayed["quantity"] == told
        return told

    return read


@pytest.fixture
def share(ask):
    """`share(warehouse_id, "viewer")` gives the guest a role there."""
    user_repository().add(GUEST.username, "no password")

    def put(warehouse_id: str, role: str) -> None:
        path = f"/warehouses/{warehouse_id}/members/{GUEST.username}"
        answer = ask("PUT", path, json={"role": role})
        assert answer.status in {200, 201}, answer.body

    return put


@pytest.fixture
def clock(monkeypatch):
    """`clock(moment)` sets the clock of everything that moves or reads stock."""

    def set_to(moment: datetime) -> None:
        for service in (ledger(), stock_reading_service(), free_stock()):
            monkeypatch.setattr(service, "clock", lambda: moment)

    return set_to


@pytest.fixture
def stream(flour, hall):
    """`stream()` lets the projections take in what was done since it was called last."""
    source = Stream(stores.stock_table(), stores.catalog_table(), seen={})

    def deliver() -> None:
        answer = projections_app.handler(event(source.records()), Context())
        assert answer == {"batchItemFailures": []}

    return deliver


@pytest.fixture
def views(stream):
    """`views()` takes in what was done, and makes the ranked lists."""

    def make() -> None:
        stream()
        projections_app.handler({"task": "views", "now": True}, Context())

    return make


@pytest.fixture
def item(create):
    """`item("B")` makes an item and gives its id."""

    def make(name, **more):
        return create("/items", name=name, **more)["id"]

    return make


@pytest.fixture
def put_components(ask):
    """`put_components(kit, (component, 2), …)` sets the components over whatever version."""

    def send(kit, *components, version="*", **options):
        lines = [
            {"item_id": item_id, "quantity": quantity, **(more[0] if more else {})}
            for item_id, quantity, *more in components
        ]
        path, headers = f"/items/{kit}/components", {"If-Match": version} if version else {}
        return ask("PUT", path, json={"components": lines}, headers=headers, **options)

    return send


@pytest.fixture
def kit(item, put_components):
    """`kit("A", (component, 2), …)` makes a kit and gives its id."""

    def make(name, *components, **more):
        made = item(name, **more)
        answer = put_components(made, *components)
        assert answer.status == 200, answer.body
        return made

    return make
