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
    COUNT,
    MANAGER,
    OPERATOR,
    PART,
    RECEIPT,
    RESERVATION,
    SUPPRESSION,
    UNIT,
    VIEWER,
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
    export of the newer one, and the users; nothing else. Returns the ids by name."""
    ids, saved = _world()
    restore(saved)
    forget_services()
    return dict(ids)


@cache
def _world() -> tuple[dict[str, str], Saved]:
    """Builds the shared warehouse once per process (two analyses)."""
    people()
    warehouse_id = create_warehouse()["id"]
    for role in (VIEWER, OPERATOR, MANAGER):
        share(warehouse_id, CALLERS[role].username, role.label)
    share(warehouse_id, "nina", "viewer")
    older, newer = (snapshot(warehouse_id, [age], day)["id"] for age, day in ((20, 6), (44, 7)))
    ids = {"report_id": newer}
    (anomaly,) = ask("GET", "/anomalies?report_id={report_id}", None, USER, ids).json["anomalies"]
    export = ask("POST", "/reports/{report_id}/exports", {"format": "csv"}, USER, ids)
    suppression = {**SUPPRESSION, "warehouse_id": warehouse_id}
    ids_by_name = {
        "warehouse_id": warehouse_id,
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
    ids["item_id"] = ask("POST", "/items", {"name": "Nut"}, ADMIN).json["id"]
    ids |= _stock({**ids, "warehouse_id": warehouse_id})
    for name, path in (
        ("category_id", "/categories"),
        ("supplier_id", "/suppliers"),
        ("type_id", "/inventory-types"),
    ):
        ids[name] = ask("POST", path, {"name": "Nuts"}, ADMIN).json["id"]
    part = ask("PUT", "/suppliers/{supplier_id}/parts/{item_id}", PART, ADMIN, ids)
    assert part.status == 200, part.body
    return ids


def _stock(ids: dict[str, str]) -> dict[str, str]:
    made = {
        "movement_id": ask("POST", "/movements", RECEIPT, ADMIN, ids),
        "reservation_id": ask("POST", "/reservations", RESERVATION, ADMIN, ids),
        "count_id": ask("POST", "/counts", COUNT, ADMIN, ids),
    }
    for answer in made.values():
        assert answer.status == 201, answer.body
    return {name: answer.json["id"] for name, answer in made.items()}


def ask(
    method: str, path: str, body: Any, caller: Caller | None, ids: dict[str, str] | None = None
) -> Response:
    """Sends a request with `ids` substituted in path and body."""
    return ask_raw(method, path, None if body is None else json.dumps(body), caller, ids)


def ask_raw(
    method: str, path: str, text: str | None, caller: Caller | None, ids: dict[str, str] | None
) -> Response:
    """Like `ask`, with the body as raw text."""
    function, _ = routes()[method, BASE_PATH + path.partition("?")[0]]
    needed = required_headers(method, path)
    for name, value in (ids or {}).items():
        path = path.replace(f"{{{name}}}", value)
        text = text and text.replace(f"{{{name}}}", value)
    headers = {} if text is None else {"Content-Type": "application/json"}
    if method in {"PUT", "PATCH", "DELETE"}:
        headers["If-Match"] = "*"
    if "Idempotency-Key" in needed:
        headers["Idempotency-Key"] = new_id("key")
    return call(HANDLERS[function], method, path, body=text, headers=headers, caller=caller)
