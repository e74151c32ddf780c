"""Items over HTTP, as clients of the first contract know them, and what came with the second."""

import pytest

from tests.functions.catalog.conftest import MANAGER, VIEWER
from tests.support.gateway import USER
from tests.support.problems import problem

GTIN = "6291041500213"


@pytest.fixture
def movements(ask):
    def read(item_id):
        answer = ask("GET", f"/items/{item_id}/movements", caller=VIEWER)
        assert answer.status == 200, answer.body
        return answer.json["movements"]

    return read


def pointers(answer):
    return [error["pointer"] for error in problem(answer, 422)["errors"]]


def test_a_name_is_enough(ask):
    answer = ask("POST", "/items", json={"name": " Flour "})
    assert answer.status == 201
    item = answer.json
    assert answer.headers["location"] == f"/api/v1/items/{item['id']}"
    assert (item["name"], item["status"], item["unit"]) == ("Flour", "active", "pcs")
    assert (item["quantity"], item["version"], item["low_stock"]) == (0, 1, False)
    assert item["created_at"] == item["updated_at"]
    assert item["sku"].startswith("SKU-")
    read = ask("GET", f"/items/{item['id']}", caller=VIEWER)
    assert (read.json, read.version) == (item, 1)


def test_everything_that_an_item_may_have(ask, create):
    body = {
        "name": "Flour",
        "sku": "fl-1",
        "description": "White.\nFine.",
        "status": "pending",
        "unit": "kg",
        "category": create("/categories", name="Food")["id"],
        "supplier": create("/suppliers", name="Acme")["id"],
        "inventory_type": create("/inventory-types", name="Lots")["id"],
        "reorder_point": 2.5,
        "reorder_quantity": 25,
        "unit_cost": "1.25",
        "currency": "EUR",
        "gtin": GTIN,
        "storage_class": "ambient",
        "shelf_life_days": 180,
        "attributes": {"colour": "white", "grade": 405, "organic": True},
    }
    item = create("/items", **body)
    expected = {**body, "sku": "FL-1", "gtin": f"0{GTIN}", "low_stock": True}
    assert item.items() >= expected.items()
    assert ask("GET", f"/items/{item['id']}").json == item


def test_the_first_contract(ask, create, movements):
    item = create("/items", name="Flour", quantity=20)
    path = f"/items/{item['id']}"
    assert item["quantity"] == 20
    (receipt,) = movements(item["id"])
    assert (receipt["kind"], receipt["warehouse_id"]) == ("receipt", "wh_main")
    assert [each["id"] for each in ask("GET", "/items?status=active").json["items"]] == [item["id"]]
    done = ask("PUT", path, json={"status": "completed"})
    assert (done.status, done.json["status"], done.json["quantity"]) == (200, "completed", 20)
    assert ask("GET", "/items?status=active").json["items"] == []
    counted = ask("PUT", path, json={"quantity": 18})
    assert counted.json["quantity"] == 18
    assert ask("PUT", path, json={"quantity": 18}).json == counted.json
    count, _ = movements(item["id"])
    assert (count["kind"], count["quantity"], count["balance_after"]) == ("count", -2, 18)
    assert ask("PUT", path, json={"status": "pending", "quantity": 7.0}).json["quantity"] == 7
    assert "archive" in problem(ask("DELETE", path), 409)["detail"].lower()
    other = create("/items", name="Salt")["id"]
    answer = ask("DELETE", f"/items/{other}")
    assert (answer.status, answer.body) == (204, "")
    problem(ask("GET", f"/items/{other}"), 404)
    problem(ask("DELETE", f"/items/{other}"), 404)
    problem(ask("PUT", f"/items/{other}", json={"status": "active"}), 404)


def test_the_main_warehouse_is_made_once(ask, create, movements):
    problem(ask("GET", "/warehouses/wh_main"), 404)
    first = create("/items", name="Flour", quantity=1)["id"]
    second = create("/items", name="Salt")["id"]
    ask("PUT", f"/items/{second}", json={"quantity": 3})
    assert ask("GET", "/warehouses/wh_main").status == 200
    warehouses = {movements(each)[0]["warehouse_id"] for each in (first, second)}
    assert warehouses == {"wh_main"}
    assert len(ask("GET", "/warehouses").json["warehouses"]) == 1


def test_a_quantity_goes_where_it_is_said_or_where_the_item_is(ask, create, movements):
    yard, hall = (create("/warehouses", name=name)["id"] for name in ("Yard", "Hall"))
    item = create("/items", name="Flour", quantity=2, warehouse_id=yard)
    path = f"/items/{item['id']}"
    ask("PUT", path, json={"quantity": 5})
    assert {each["warehouse_id"] for each in movements(item["id"])} == {yard}
    ask("PUT", path, json={"quantity": 1, "warehouse_id": hall})
    refused = problem(ask("PUT", path, json={"quantity": 9}), 409)["detail"]
    assert yard in refused
    assert hall in refused
    assert ask("PUT", path, json={"quantity": 4, "warehouse_id": hall}).json["quantity"] == 9
    problem(ask("PUT", path, json={"quantity": 1, "warehouse_id": "wh_none"}), 404)
    body = {"name": "Salt", "quantity": 1, "warehouse_id": "wh_none"}
    problem(ask("POST", "/items", json=body), 404)
    assert ask("GET", "/items?q=salt").json["items"] == []


@pytest.mark.parametrize("kind", ["sku", "gtin"])
def test_a_code_is_of_one_item(ask, create, kind):
    codes = {"sku": ("a-1", "A-2"), "gtin": (GTIN, "02345673")}[kind]
    first = create("/items", name="Flour", **{kind: codes[0]})
    taken = {"name": "Salt", kind: f" {codes[0]} " if kind == "sku" else codes[0]}
    for body in (taken, {**taken, "quantity": 3}):
        assert first["id"] in problem(ask("POST", "/items", json=body), 409)["detail"]
    salt = create("/items", name="Salt")["id"]
    problem(ask("PUT", f"/items/{salt}", json={kind: codes[0]}), 409)
    problem(ask("PUT", f"/items/{salt}", json={kind: codes[0], "quantity": 3}), 409)
    assert ask("GET", f"/items/{salt}").json["quantity"] == 0
    assert ask("PUT", f"/items/{first['id']}", json={kind: codes[1]}).status == 200
    assert ask("PUT", f"/items/{salt}", json={kind: codes[0]}).status == 200
    assert ask("DELETE", f"/items/{first['id']}").status == 204
    create("/items", name="Flour", **{kind: codes[1]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 201),
        ("name", "Fl\u202eour"),
        ("name", 5),
        ("name", None),
        ("sku", "x" * 65),
        ("description", "x" * 2001),
        ("status", "deleted"),
        ("quantity", -1),
        ("quantity", "5"),
        ("quantity", 1.5),
        ("unit", "stone"),
        ("unit", "a b"),
        ("category", "cat_none"),
        ("supplier", "sup_none"),
        ("inventory_type", "typ_none"),
        ("reorder_point", -1),
        ("unit_cost", 1.5),
        ("unit_cost", "-1"),
        ("currency", "euro"),
        ("gtin", "6291041500214"),
        ("gtin", "123"),
        ("storage_class", "warm"),
        ("shelf_life_days", 0),
        ("attributes", {"a": [1]}),
        ("attributes", {str(number): 1 for number in range(31)}),
        ("colour", "red"),
    ],
)
def test_a_wrong_field_is_named(ask, field, value):
    answer = ask("POST", "/items", json={"name": "Flour", field: value})
    assert {"/".join(each.split("/")[:2]) for each in pointers(answer)} == {f"/{field}"}
    assert ask("GET", "/items").json["items"] == []


@pytest.mark.parametrize(
    ("field", "path", "body"),
    [
        ("category", "/categories", {"name": "Food"}),
        ("supplier", "/suppliers", {"name": "Acme"}),
        ("inventory_type", "/inventory-types", {"name": "Lots"}),
    ],
)
def test_what_is_referred_to_is_not_deleted(ask, create, field, path, body):
    first, second = (create(path, **{**body, "name": f"N{number}"})["id"] for number in (1, 2))
    item = create("/items", name="Flour", **{field: first})["id"]
    problem(ask("DELETE", f"{path}/{first}"), 409)
    assert ask("PUT", f"/items/{item}", json={field: second}).status == 200
    assert ask("DELETE", f"{path}/{first}").status == 204
    assert pointers(ask("PUT", f"/items/{item}", json={field: first})) == [f"/{field}"]
    problem(ask("DELETE", f"{path}/{second}"), 409)
    taken = ask("PATCH", f"/items/{item}", json={field: None}, headers={"If-Match": '"2"'})
    assert (taken.status, taken.json[field]) == (200, None)
    assert ask("DELETE", f"{path}/{second}").status == 204


def test_a_unit_is_in_use_while_an_item_has_it(ask, create):
    create("/units", code="box", name="Box", dimension="count", factor="12", decimals=0)
    item = create("/items", name="Flour", unit="Box")
    assert item["unit"] == "box"
    problem(ask("DELETE", "/units/box"), 409)
    assert ask("PUT", f"/items/{item['id']}", json={"unit": "pcs"}).json["unit"] == "pcs"
    assert ask("DELETE", "/units/box").status == 204
    assert pointers(ask("PUT", f"/items/{item['id']}", json={"unit": "box"})) == ["/unit"]


def test_the_unit_of_a_history_stays(ask, create):
    item = create("/items", name="Flour", quantity=2)["id"]
    assert "unit" in problem(ask("PUT", f"/items/{item}", json={"unit": "dozen"}), 409)["detail"]
    other = create("/items", name="Salt")["id"]
    both = {"unit": "dozen", "quantity": 2}
    assert pointers(ask("PUT", f"/items/{other}", json=both)) == ["/unit"]


def test_who_may(ask, create):
    from dataclasses import replace

    from stockwarden.identity.access import Role

    operator = replace(MANAGER, role=Role.OPERATOR)
    item = create("/items", name="Flour", quantity=5)["id"]
    path, body = f"/items/{item}", {"name": "Salt"}
    for caller in (USER, VIEWER, operator):
        problem(ask("POST", "/items", json=body, caller=caller), 403)
        problem(ask("PUT", path, json=body, caller=caller), 403)
        problem(ask("PUT", path, json={}, caller=caller), 403)
        problem(ask("PUT", path, json={**body, "quantity": 3}, caller=caller), 403)
        problem(ask("PATCH", path, json=body, caller=caller, headers={"If-Match": '"1"'}), 403)
        problem(ask("DELETE", path, caller=caller), 403)
        status = 403 if caller == USER else 200
        for readable in (path, "/items", f"{path}/lots", f"{path}/movements", f"{path}/stock"):
            assert ask("GET", readable, caller=caller).status == status
    for caller in (USER, VIEWER):
        problem(ask("PUT", path, json={"quantity": 3}, caller=caller), 403)
    assert ask("PUT", path, json={"quantity": 3}, caller=operator).json["quantity"] == 3
