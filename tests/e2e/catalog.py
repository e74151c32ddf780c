"""The first days of whoever keeps the master data."""

import secrets

from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Table
from tests.e2e.administration import sign_in_admin
from tests.e2e.conftest import Deployment
from tests.e2e.visitor import Visitor


def keep_catalog(visit: Visitor, deployment: Deployment) -> None:
    boss, mark = sign_in_admin(visit, deployment), secrets.token_hex(6)
    unit = define_unit(visit, boss, f"box-{mark}")
    grow_categories(visit, boss, mark)
    supplier = f"/suppliers/{add_supplier(visit, boss, mark)}"
    item_id = f"itm_{mark}"
    with deployment.aws("dynamodb") as client:
        table = Table(client, deployment.outputs["CatalogTableName"])
        table.put_all([{**keys.item(item_id), "id": item_id, "name": "Nut"}])
        path = f"{supplier}/parts/{item_id}"
        part = {"part_number": "N-1", "unit": f"box-{mark}", "pack_size": 2, "price": "12.50"}
        assert visit("PUT", path, expect=200, headers=boss, json=part)["version"] == 1
        assert visit("PUT", path, expect=200, headers=boss, json={**part, "unit": "pcs"})
        assert visit("GET", path, expect=200, headers=boss)["unit"] == "pcs"
        (listed,) = visit("GET", f"{supplier}/parts", expect=200, headers=boss)["parts"]
        assert listed["item_id"] == item_id
        visit("DELETE", supplier, expect=409, headers=boss)
        visit("DELETE", path, expect=204, headers=boss)
        table.delete_all([keys.item(item_id)])
    visit("DELETE", supplier, expect=204, headers=boss)
    visit("DELETE", unit, expect=204, headers=boss)
    demand_lots(visit, boss, mark)


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
