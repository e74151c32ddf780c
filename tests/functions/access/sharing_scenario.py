"""A shared warehouse, and requests for its resources as one of its members."""

import importlib
import json
from functools import cache
from typing import Any

from stockwarden.bootstrap import repositories
from stockwarden.core.ids import new_id
from stockwarden.http.paths import BASE_PATH
from stockwarden.identity.access import Caller
from tests.functions.access.decisions import (
    CALLERS,
    CONSUMPTION,
    COUNT,
    MANAGER,
    OPERATOR,
    ORDER,
    PART,
    RECEIPT,
    RECEIVED,
    RESERVATION,
    SUPPRESSION,
    UNIT,
    VIEWER,
    route_path,
)
from tests.support.aws import forget_services, renew
from tests.support.gateway import ADMIN, USER, Response, call
from tests.support.openapi import required_headers
from tests.support.reports import create_warehouse, share
from tests.support.saved import Saved, restore, save
from tests.support.snapshots import snapshot
from tools.template import resources, routes

HANDLERS = {
    name: importlib.import_module(definition["Properties"]["Handler"].rpartition(".")[0]).handler
    for name, definition in resources("AWS::Serverless::Function").items()
    if name in {function for function, _ in routes().values()}
}
EVERYONE = [*CALLERS.values(), ADMIN]


@cache
def _people() -> Saved:
    renew()
    for username in ("alice", "bob", "vera", "oscar", "mary", "nina", "root.admin"):
        repositories.user_repository().add(username, "no password")
    return save()


def people() -> None:
    """Restores the account to the users only."""
    restore(_people())
    forget_services()


def world() -> dict[str, str]:
    """Restores alice's warehouse with members of each role, two snapshots, an anomaly and an
    export of the newer one, a second warehouse of the same people, the catalog with some stock,
    and the users; nothing else. Returns the ids by name."""
    ids, saved = _world()
    restore(saved)
    forget_services()
    return dict(ids)


@cache
def _world() -> tuple[dict[str, str], Saved]:
    """Builds the shared warehouse once per process (two analyses)."""
    people()
    warehouse_id, empty_id = create_warehouse()["id"], create_warehouse()["id"]
    for role in (VIEWER, OPERATOR, MANAGER):
        for each in (warehouse_id, empty_id):
            share(each, CALLERS[role].username, role.label)
    share(warehouse_id, "nina", "viewer")
    older, newer = (snapshot(warehouse_id, [age], day)["id"] for age, day in ((20, 6), (44, 7)))
    ids = {"report_id": newer}
    (anomaly,) = ask("GET", "/anomalies?report_id={report_id}", None, USER, ids).json["anomalies"]
    export = ask("POST", "/reports/{report_id}/exports", {"format": "csv"}, USER, ids)
    suppression = {**SUPPRESSION, "warehouse_id": warehouse_id}
    ids_by_name = {
        "warehouse_id": warehouse_id,
        "empty_id": empty_id,
        "report_id": newer,
        "older_id": older,
        "anomaly_id": anomaly["id"],
        "username": "nina",
        "export_id": export.json["id"],
        "code": "stagnant-pallet",
        "pallet_id": "P-0000",
        "suppression_id": ask("POST", "/suppressions", suppression, USER).json["id"],
        **_catalog(warehouse_id),
    }
    return ids_by_name, save()


def _catalog(warehouse_id: str) -> dict[str, str]:
    """One of each kind of master data, of the company, and stock in the warehouse; returns their
    ids."""
    ids = {"unit_code": ask("POST", "/units", UNIT, ADMIN).json["code"], "lot": "LOT-0007"}
    ids["item_id"] = ask("POST", "/items", {"name": "Nut", "sku": "NUT-1"}, ADMIN).json["id"]
    ids |= _stock({**ids, "warehouse_id": warehouse_id})
    for name, path in (
        ("category_id", "/categories"),
        ("supplier_id", "/suppliers"),
        ("type_id", "/inventory-types"),
    ):
        ids[name] = ask("POST", path, {"name": "Nuts"}, ADMIN).json["id"]
    announced = ask("POST", "/items/imports", {"filename": "items.xlsx"}, ADMIN)
    ids["import_id"] = announced.json["id"]
    part = ask("PUT", "/suppliers/{supplier_id}/parts/{item_id}", PART, ADMIN, ids)
    assert part.status == 200, part.body
    return {**ids, "order_id": _order({**ids, "warehouse_id": warehouse_id})}


def _order(ids: dict[str, str]) -> str:
    """A purchase of which one piece of two has come."""
    order = ask("POST", "/orders", ORDER, ADMIN, ids)
    assert order.status == 201, order.body
    own = {**ids, "order_id": str(order.json["id"])}
    for step, body in (("place", None), ("receive", RECEIVED)):
        answer = ask("POST", f"/orders/{{order_id}}/{step}", body, ADMIN, own)
        assert answer.status == 200, answer.body
    return own["order_id"]


def _stock(ids: dict[str, str]) -> dict[str, str]:
    # Of what is consumed, so that the receipt beside it can still be undone.
    elsewhere = {**RECEIPT, "location": "B-01", "lot": None}
    assert ask("POST", "/movements", elsewhere, ADMIN, ids).status == 201
    made = {
        "movement_id": ask("POST", "/movements", RECEIPT, ADMIN, ids),
        "reservation_id": ask("POST", "/reservations", RESERVATION, ADMIN, ids),
        "count_id": ask("POST", "/counts", COUNT, ADMIN, ids),
        "consumption_id": ask("POST", "/consumption", CONSUMPTION, ADMIN, ids),
    }
    _make_kit(ids)
    for answer in made.values():
        assert answer.status == 201, answer.body
    return {name: answer.json["id"] for name, answer in made.items()}


def _make_kit(ids: dict[str, str]) -> None:
    """The item is one of another, of which there is some."""
    washer = ask("POST", "/items", {"name": "Washer"}, ADMIN).json["id"]
    received = ask("POST", "/movements", {**RECEIPT, "item_id": washer, "lot": None}, ADMIN, ids)
    assert received.status == 201, received.body
    components = {"components": [{"item_id": washer, "quantity": 1}]}
    assert ask("PUT", "/items/{item_id}/components", components, ADMIN, ids).status == 200


def ask(
    method: str, path: str, body: Any, caller: Caller | None, ids: dict[str, str] | None = None
) -> Response:
    """Sends a request with `ids` substituted in path and body."""
    return ask_raw(method, path, None if body is None else json.dumps(body), caller, ids)


def ask_raw(
    method: str, path: str, text: str | None, caller: Caller | None, ids: dict[str, str] | None
) -> Response:
    """Like `ask`, with the body as raw text."""
    function, _ = routes()[method, BASE_PATH + route_path(path)]
    needed = required_headers(method, route_path(path))
    for name, value in (ids or {}).items():
        path = path.replace(f"{{{name}}}", value)
        text = text and text.replace(f"{{{name}}}", value)
    headers = {} if text is None else {"Content-Type": "application/json"}
    if method in {"PUT", "PATCH", "DELETE"}:
        headers["If-Match"] = "*"
    if "Idempotency-Key" in needed:
        headers["Idempotency-Key"] = new_id("key")
    return call(HANDLERS[function], method, path, body=text, headers=headers, caller=caller)
