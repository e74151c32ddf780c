"""The first days of whoever keeps the master data."""

import secrets
from typing import Any

from tests.e2e.administration import sign_in_admin
from tests.e2e.conftest import Deployment
from tests.e2e.visitor import Visitor


def keep_catalog(visit: Visitor, deployment: Deployment) -> None:
    boss, mark = sign_in_admin(visit, deployment), secrets.token_hex(6)
    move_stock(visit, boss, mark)
    unit = define_unit(visit, boss, f"box-{mark}")
    grow_categories(visit, boss, mark)
    supplier = f"/suppliers/{add_supplier(visit, boss, mark)}"
    item = make_item(visit, boss, mark)
    path = f"{supplier}/parts/{item.rpartition('/')[2]}"
    part = {"part_number": "N-1", "unit": f"box-{mark}", "pack_size": 2, "price": "12.50"}
    assert visit("PUT", path, expect=200, headers=boss, json=part)["version"] == 1
    assert visit("PUT", path, expect=200, headers=boss, json={**part, "unit": "pcs"})
    assert visit("GET", path, expect=200, headers=boss)["unit"] == "pcs"
    (listed,) = visit("GET", f"{supplier}/parts", expect=200, headers=boss)["parts"]
    assert listed["item_id"] == item.rpartition("/")[2]
    visit("DELETE", supplier, expect=409, headers=boss)
    visit("DELETE", item, expect=409, headers=boss)
    visit("DELETE", path, expect=204, headers=boss)
    visit("DELETE", item, expect=204, headers=boss)
    visit("DELETE", supplier, expect=204, headers=boss)
    visit("DELETE", unit, expect=204, headers=boss)
    demand_lots(visit, boss, mark)


def make_item(visit: Visitor, boss: dict[str, str], mark: str) -> str:
    """The path of an item without stock."""
    created = visit("POST", "/items", expect=201, headers=boss, json={"name": f"Nut {mark}"})
    path = f"/items/{created['id']}"
    latest = {**boss, "If-Match": "*"}
    visit("PATCH", path, expect=200, headers=latest, json={"description": "M8"})
    asked = {"q": mark, "status": "active"}
    (listed,) = visit("GET", "/items", expect=200, headers=boss, params=asked)["items"]
    assert listed["id"] == created["id"]
    return path


def move_stock(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    """An item through the ledger: received, reserved, issued, counted, and set right."""
    item = {"name": f"Milk {mark}", "quantity": 5}
    item_id = visit("POST", "/items", expect=201, headers=boss, json=item)["id"]
    path, where = f"/items/{item_id}", {"item_id": item_id, "warehouse_id": "wh_main"}

    def post(route: str, body: dict[str, Any] | None, expect: int = 201) -> Any:
        key = {**boss, "Idempotency-Key": secrets.token_hex(8)}
        return visit("POST", route, expect=expect, headers=key, json=body)

    lot = {**where, "location": "A-01", "lot": "L-1"}
    receipt = {"kind": "receipt", "quantity": 10, "expiry_date": "2099-01-31", "unit_cost": "1.20"}
    received = post("/movements", {**lot, **receipt})
    reserved = post("/reservations", {**lot, "quantity": 8})
    short = post("/movements", {**lot, "kind": "issue", "quantity": 3}, 409)
    assert short["stock"]["available"] == 2
    assert visit("GET", f"/reservations/{reserved['id']}", expect=200, headers=boss)
    assert post(f"/reservations/{reserved['id']}/post", None)["quantity"] == -8
    another = post("/reservations", {**lot, "quantity": 1})
    assert post(f"/reservations/{another['id']}/void", None, 200)["status"] == "void"
    lots = f"{path}/lots"
    hold = {"status": "quarantined"}
    assert visit("PATCH", f"{lots}/L-1", expect=200, headers=boss, json=hold)["version"] == 2
    assert visit("GET", f"{lots}/L-1", expect=200, headers=boss)["status"] == "quarantined"
    assert len(visit("GET", lots, expect=200, headers=boss)["lots"]) == 1
    post("/movements", {**lot, "kind": "issue", "quantity": 1}, 409)
    post(f"/movements/{received['id']}/reversal", {}, 409)
    count = post("/counts", {"lines": [where]})
    counted = {"lines": [{"line": 1, "quantity": 4}]}
    done = post(f"/counts/{count['id']}/post", counted, 200)
    assert done["lines"][0]["difference"] == -1
    assert visit("GET", f"/counts/{count['id']}", expect=200, headers=boss)["status"] == "posted"
    stock = visit("GET", f"{path}/stock", expect=200, headers=boss)
    assert (stock["quantity"], len(stock["balances"])) == (6, 2)
    assert len(visit("GET", f"{path}/movements", expect=200, headers=boss)["movements"]) == 4
    there = visit("GET", "/warehouses/wh_main/stock", expect=200, headers=boss)["balances"]
    assert item_id in {line["item_id"] for line in there}
    visit("PUT", path, expect=409, headers=boss, json={"quantity": 3})
    archived = visit("PUT", path, expect=200, headers=boss, json={"status": "archived"})
    assert (archived["status"], archived["quantity"]) == ("archived", 6)
    assert visit("GET", path, expect=200, headers=boss)["version"] == 2
    visit("DELETE", path, expect=409, headers=boss)


def define_unit(visit: Visitor, boss: dict[str, str], code: str) -> str:
    """The path of the unit."""
    unit = {"code": code, "name": "Box", "dimension": "count", "factor": "10"}
    once = {**boss, "Idempotency-Key": code}
    created = visit("POST", "/units", expect=201, headers=once, json=unit)
    assert visit("POST", "/units", expect=201, headers=once, json=unit) == created
    path = f"/units/{code}"
    assert visit("PATCH", path, expect=200, headers=boss, json={"factor": "12"})["factor"] == "12"
    assert visit("GET", path, expect=200, headers=boss)["version"] == 2
    assert visit("GET", "/units", expect=200, headers=boss)["units"]
    asked = {"quantity": "5", "from": code, "to": "pcs"}
    converted = visit("GET", "/units/convert", expect=200, headers=boss, params=asked)
    assert converted["quantity"] == 60
    return path


def grow_categories(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    root = {"name": f"Fasteners {mark}"}
    parent = visit("POST", "/categories", expect=201, headers=boss, json=root)["id"]
    below = {"name": "Nuts", "parent_id": parent}
    child = visit("POST", "/categories", expect=201, headers=boss, json=below)["id"]
    cycle = {"parent_id": child}
    visit("PATCH", f"/categories/{parent}", expect=422, headers=boss, json=cycle)
    visit("PATCH", f"/categories/{child}", expect=200, headers=boss, json={"archived": True})
    assert visit("GET", f"/categories/{child}", expect=200, headers=boss)["archived"]
    only = {"parent_id": parent}
    listed = visit("GET", "/categories", expect=200, headers=boss, params=only)["categories"]
    assert [category["path"] for category in listed] == [[root["name"], "Nuts"]]
    for category in (child, parent):
        visit("DELETE", f"/categories/{category}", expect=204, headers=boss)


def add_supplier(visit: Visitor, boss: dict[str, str], mark: str) -> str:
    order = {"name": f"Bolts & Co {mark}", "lead_time_days": 14}
    supplier = visit("POST", "/suppliers", expect=201, headers=boss, json=order)["id"]
    visit("PATCH", f"/suppliers/{supplier}", expect=200, headers=boss, json={"notes": "Closed."})
    assert visit("GET", f"/suppliers/{supplier}", expect=200, headers=boss)["notes"] == "Closed."
    assert visit("GET", "/suppliers", expect=200, headers=boss)["suppliers"]
    return str(supplier)


def demand_lots(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    order = {"name": f"Food {mark}", "demands_lot": True, "demands_expiry": True}
    created = visit("POST", "/inventory-types", expect=201, headers=boss, json=order)["id"]
    path = f"/inventory-types/{created}"
    visit("PATCH", path, expect=200, headers=boss, json={"demands_serial": True})
    assert visit("GET", path, expect=200, headers=boss)["demands_serial"]
    assert visit("GET", "/inventory-types", expect=200, headers=boss)["inventory_types"]
    visit("DELETE", path, expect=204, headers=boss)
