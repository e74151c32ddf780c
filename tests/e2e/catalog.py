"""The first days of whoever keeps the master data."""

import csv
import io
import secrets
from typing import Any

import httpx

from tests.e2e.administration import sign_in_admin
from tests.e2e.conftest import Deployment
from tests.e2e.figures import read_figures
from tests.e2e.visitor import Visitor, eventually


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
    take_list(visit, boss, mark)
    import_items(visit, boss, mark)
    use_kits(visit, boss, mark)
    keep_orders(visit, boss, mark)
    read_figures(visit, deployment, boss)


def import_items(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    """A file with a fault, answered, and then one for good; and one by a form of the bucket."""
    header = "Ref;Name;Quantity;Unit;Location"
    wrong = f"{header}\nI-{mark}-1;Nut;2,5;pcs;A-01\nI-{mark}-2;Oil;3;l;A-02\n"
    parts = {"file": ("items.csv", wrong.encode(), "text/csv")}
    dry = {"dry_run": "true"}
    sent = visit("POST", "/items/imports", expect=201, headers=boss, files=parts, data=dry)
    path = f"/items/imports/{sent['id']}"
    checked = settled(visit, path, boss)
    assert [(each["row"], each["column"]) for each in checked["errors"]] == [(2, "Quantity")]
    assert visit.client.get(checked["errors_url"]).text.startswith("\ufeffrow,column")
    visit("DELETE", path, expect=204, headers=boss)
    announced = {"filename": "items.csv", "dry_run": True}
    made = visit("POST", "/items/imports", expect=201, headers=boss, json=announced)
    form, right = made["upload"], wrong.replace("2,5", "2")
    stored = visit.client.post(form["url"], data=form["fields"], files={"file": right.encode()})
    assert stored.is_success, stored.text
    path = f"/items/imports/{made['id']}"
    assert settled(visit, path, boss)["counts"]["to_create"] == 2
    visit("PUT", path, expect=202, headers=boss, json={"dry_run": False})
    done = settled(visit, path, boss)
    assert (done["status"], done["result"]["created"]) == ("done", 2)
    asked = {"q": f"I-{mark}-2".upper()}
    (oil,) = visit("GET", "/items", expect=200, headers=boss, params=asked)["items"]
    assert (oil["name"], oil["quantity"]) == ("Oil", 3)
    listed = visit("GET", "/items/imports", expect=200, headers=boss)["imports"]
    assert made["id"] in [each["id"] for each in listed]


def settled(visit: Visitor, path: str, boss: dict[str, str]) -> dict[str, Any]:
    """An import once it is at rest."""

    def look() -> dict[str, Any] | None:
        document: dict[str, Any] = visit("GET", path, expect=200, headers=boss)
        return document if document["status"] in {"checked", "done", "failed"} else None

    document: dict[str, Any] = eventually(path, look)
    return document


def make_item(visit: Visitor, boss: dict[str, str], mark: str) -> str:
    """The path of an item without stock."""
    created = visit("POST", "/items", expect=201, headers=boss, json={"name": f"Nut {mark}"})
    path = f"/items/{created['id']}"
    latest = {**boss, "If-Match": "*"}
    visit("PATCH", path, expect=200, headers=latest, json={"description": "M8"})
    asked = {"q": mark, "status": "active"}
    (listed,) = visit("GET", "/items", expect=200, headers=boss, params=asked)["items"]
    assert listed["id"] == created["id"]
    assert visit("GET", f"{path}/pallets", expect=200, headers=boss)["warehouses"] == []

    def search() -> list[Any]:
        results: list[Any] = visit(
            "GET", "/search", expect=200, headers=boss, params={"q": f"nut {mark}"}
        )["results"]
        return results

    (found,) = eventually("/search", search)
    assert (found["type"], found["id"], found["subtitle"]) == ("item", created["id"], "M8")
    return path


def keep_orders(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    """A purchase that is changed, placed and received, a sale that is shipped and comes back, and
    one that is cancelled."""
    item = {"name": f"Rice {mark}", "unit_cost": "1.00"}
    item_id = visit("POST", "/items", expect=201, headers=boss, json=item)["id"]
    supplier = {"name": f"Fields {mark}", "lead_time_days": 3}
    supplier_id = visit("POST", "/suppliers", expect=201, headers=boss, json=supplier)["id"]
    lines = [{"item_id": item_id, "quantity": 6, "price": "1.50"}]

    def post(route: str, body: dict[str, Any] | None, expect: int = 200) -> Any:
        key = {**boss, "Idempotency-Key": secrets.token_hex(8)}
        return visit("POST", route, expect=expect, headers=key, json=body)

    bought = {"type": "purchase", "supplier_id": supplier_id, "lines": lines}
    order = post("/orders", bought, 201)
    path, latest = f"/orders/{order['id']}", {**boss, "If-Match": "*"}
    assert order["total"] == "9.00"
    visit("PATCH", path, expect=200, headers=latest, json={"note": "By the gate."})
    assert post(f"{path}/place", None)["status"] == "placed"
    asked = {"supplier_id": supplier_id, "status": "open"}
    listed = visit("GET", "/orders", expect=200, headers=boss, params=asked)["orders"]
    assert [each["id"] for each in listed] == [order["id"]]
    assert post(f"{path}/receive", {})["status"] == "completed"
    post(f"{path}/receive", {}, 409)
    sold = {"type": "sales", "customer": f"Bakery {mark}"}
    sale = post("/orders", {**sold, "lines": [{"item_id": item_id, "quantity": 2}]}, 201)
    sale_path = f"/orders/{sale['id']}"
    post(f"{sale_path}/place", None)
    assert post(f"{sale_path}/ship", {})["status"] == "completed"
    back = {"lines": [{"line_id": "0001", "quantity": 1}]}
    assert post(f"{sale_path}/return", back)["lines"][0]["returned"] == 1
    assert visit("GET", f"/items/{item_id}", expect=200, headers=boss)["quantity"] == 5
    moved = visit("GET", f"{sale_path}/movements", expect=200, headers=boss)["movements"]
    assert [each["quantity"] for each in moved] == [1, -2]
    other = post("/orders", {**sold, "lines": [{"item_id": item_id, "quantity": 1}]}, 201)
    cancelled = post(f"/orders/{other['id']}/cancel", None)
    assert cancelled["status"] == "cancelled"
    found = visit("GET", f"/orders/{other['id']}", expect=200, headers=boss)
    assert found["version"] == cancelled["version"]
    measured = visit("GET", f"/suppliers/{supplier_id}", expect=200, headers=boss)
    assert measured["measured_orders"] == 1
    visit("DELETE", f"/suppliers/{supplier_id}", expect=409, headers=boss)


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
    asked = {"warehouse_id": where["warehouse_id"]}
    listed = visit("GET", "/counts", expect=200, headers=boss, params=asked)["counts"]
    assert count["id"] in {each["id"] for each in listed}
    stock = visit("GET", f"{path}/stock", expect=200, headers=boss)
    assert (stock["quantity"], len(stock["balances"])) == (6, 2)
    assert len(visit("GET", f"{path}/movements", expect=200, headers=boss)["movements"]) == 4
    there = visit("GET", "/warehouses/wh_main/stock", expect=200, headers=boss)["balances"]
    assert item_id in {line["item_id"] for line in there}
    sku = visit("GET", path, expect=200, headers=boss)["sku"]
    scanned = visit("GET", "/items/by-code", expect=200, headers=boss, params={"code": sku})
    assert scanned["item"]["id"] == item_id
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


def take_list(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    """The items that were made here, as a file."""
    order = {"list": "items", "format": "csv", "filters": {"q": mark}}
    asked = visit("POST", "/items/exports", expect=202, headers=boss, json=order)
    path = f"/items/exports/{asked['id']}"
    export = visit.until(path, "ready", "failed", headers=boss)
    assert (export["status"], export["truncated"]) == ("ready", False), export
    download = httpx.get(export["url"], timeout=60)
    lines = list(csv.DictReader(io.StringIO(download.content.decode("utf-8-sig"), newline="")))
    assert len(lines) == export["rows"] >= 1
    assert all(mark in line["Name"] for line in lines)


def use_kits(visit: Visitor, boss: dict[str, str], mark: str) -> None:
    """A kit of another item: drawn up, assembled, taken apart, used, and corrected."""

    def post(route: str, body: dict[str, Any], expect: int = 201) -> Any:
        key = {**boss, "Idempotency-Key": secrets.token_hex(8)}
        return visit("POST", route, expect=expect, headers=key, json=body)

    part = {"name": f"Part {mark}", "quantity": 5}
    part_id = visit("POST", "/items", expect=201, headers=boss, json=part)["id"]
    kit = visit("POST", "/items", expect=201, headers=boss, json={"name": f"Box {mark}"})
    path, where = f"/items/{kit['id']}", {"warehouse_id": "wh_main"}
    parts = {"components": [{"item_id": part_id, "quantity": 2}]}
    any_version = {**boss, "If-Match": "*"}
    visit("PUT", f"{path}/components", expect=200, headers=any_version, json=parts)
    assert len(visit("GET", f"{path}/components", expect=200, headers=boss)["components"]) == 1
    listed = visit("GET", "/kits", expect=200, headers=boss, params={"q": mark})["kits"]
    assert [each["id"] for each in listed] == [kit["id"]]
    told = visit("GET", f"{path}/availability", expect=200, headers=boss, params=where)
    assert told["can_be_assembled"] == 2
    post(f"{path}/assemble", {**where, "quantity": 3}, 409)
    made = post(f"{path}/assemble", {**where, "quantity": 2})
    assert post(f"{path}/disassemble", {**where, "quantity": 1})["kind"] == "disassembly"
    assert len(made["movements"]) == 2
    used = post("/consumption", {**where, "item_id": part_id, "quantity": 2, "purpose": mark})
    post(f"/consumption/{used['id']}/correction", {"quantity": 1})
    log = visit("GET", "/consumption", expect=200, headers=boss, params={"purpose": mark})
    assert [each["quantity"] for each in log["consumption"]] == [-1, 2]
    asked = {"item_id": part_id}
    rates = visit("GET", "/consumption/rates", expect=200, headers=boss, params=asked)
    assert rates["rates"][0]["quantity"] == 1
