"""What an order is refused for, field by field."""

import pytest

from tests.support.problems import problem

LINE = {"item_id": "{flour}", "quantity": 1, "price": "1.00"}
ORDER = {"type": "purchase", "supplier_id": "{acme}", "warehouse_id": "{hall}", "lines": [LINE]}


@pytest.fixture
def ids(create, hall, flour):
    create("/units", code="bag", name="Bag", dimension="count", factor="4")
    dollars = create("/items", name="Import", currency="USD")["id"]
    archived = create("/items", name="Old", status="archived")["id"]
    acme = create("/suppliers", name="Acme")["id"]
    return {"hall": hall, "flour": flour, "acme": acme, "dollars": dollars, "archived": archived}


def filled(value, ids):
    match value:
        case dict():
            return {name: filled(each, ids) for name, each in value.items()}
        case list():
            return [filled(each, ids) for each in value]
        case str():
            return value.format(**ids) if value.startswith("{") else value
        case _:
            return value


def line(**change):
    return {"lines": [{**LINE, **change}]}


REFUSED = [
    ({"type": "gift"}, "/type"),
    ({"supplier_id": None}, ""),
    ({"customer": "Ana"}, ""),
    ({"type": "sales"}, ""),
    ({"type": "sales", "supplier_id": None, "customer": " "}, "/customer"),
    ({"supplier_id": "spl_none"}, "/supplier_id"),
    ({"supplier_id": "x-y"}, "/supplier_id"),
    ({"internal_number": "#1"}, "/internal_number"),
    ({"internal_number": "x" * 41}, "/internal_number"),
    ({"currency": "euro"}, "/currency"),
    ({"expected_at": "2026-03-02T12:00:00"}, "/expected_at"),
    ({"expected_at": "0001-01-01T00:00:00+14:00"}, "/expected_at"),
    ({"expected_at": "9999-12-31T23:59:59-12:00"}, "/expected_at"),
    ({"over_receipt_percent": 101}, "/over_receipt_percent"),
    ({"over_receipt_percent": -1}, "/over_receipt_percent"),
    ({"note": "x" * 2001}, "/note"),
    ({"costs": [{"name": "Freight", "amount": "1.005"}]}, "/costs/0/amount"),
    ({"costs": [{"name": "Freight", "amount": "-1"}]}, "/costs/0/amount"),
    ({"costs": [{"name": "Freight", "amount": "1"}], **line(price=None)}, "/costs"),
    (
        {"currency": "JPY", "costs": [{"name": "Freight", "amount": "1.5"}]},
        "/costs/0/amount",
    ),
    ({"lines": []}, "/lines"),
    ({"lines": [LINE] * 501}, "/lines"),
    (line(item_id="item_none"), "/lines/0/item_id"),
    (line(item_id="x-y"), "/lines/0/item_id"),
    (line(item_id="{dollars}"), "/lines/0/item_id"),
    (line(item_id="{archived}"), "/lines/0/item_id"),
    (line(item_id=None), "/lines/0"),
    (line(code="NONE-1"), "/lines/0"),
    (line(code="NONE-1", item_id=None), "/lines/0/code"),
    (line(quantity=0), "/lines/0/quantity"),
    (line(quantity=-1), "/lines/0/quantity"),
    (line(quantity="1"), "/lines/0/quantity"),
    (line(quantity=0.5), "/lines/0/quantity"),
    (line(unit="kg"), "/lines/0/unit"),
    (line(unit="stone"), "/lines/0/unit"),
    (line(packs=True), "/lines/0/packs"),
    (line(packs=True, unit="pcs"), "/lines/0"),
    (line(price="-1"), "/lines/0/price"),
    (line(price=1), "/lines/0/price"),
    ({"lots": []}, "/lots"),
]


@pytest.mark.parametrize(("change", "pointer"), REFUSED)
def test_a_field_is_refused(ask, ids, change, pointer):
    answer = ask("POST", "/orders", json=filled({**ORDER, **change}, ids))
    assert pointer in [error["pointer"] for error in problem(answer, 422)["errors"]]
    assert ask("GET", "/orders").json["orders"] == []


def test_every_line_at_fault_is_named(ask, ids):
    lines = [LINE, {**LINE, "unit": "kg"}, LINE, {**LINE, "item_id": "item_none"}]
    refused = problem(ask("POST", "/orders", json=filled({**ORDER, "lines": lines}, ids)), 422)
    pointers = [error["pointer"] for error in refused["errors"]]
    assert pointers == ["/lines/1/unit", "/lines/3/item_id"]


def test_both_currencies_are_named(ask, ids):
    refused = problem(
        ask("POST", "/orders", json=filled({**ORDER, **line(item_id="{dollars}")}, ids)), 422
    )
    assert "USD" in refused["detail"]
    assert "EUR" in refused["detail"]


def test_a_warehouse_that_is_not_there(ask, ids):
    problem(ask("POST", "/orders", json=filled({**ORDER, "warehouse_id": "wh_none"}, ids)), 404)


def test_a_key_is_needed_and_is_for_one_request(ask, ids):
    body = filled(ORDER, ids)
    problem(ask("POST", "/orders", json=body, key=None), 400)
    made = ask("POST", "/orders", json=body, key="same")
    assert ask("POST", "/orders", json=body, key="same").json == made.json
    problem(ask("POST", "/orders", json={**body, "note": "x"}, key="same"), 422)
    for verb in ("place", "receive", "ship", "return", "cancel"):
        problem(ask("POST", f"/orders/{made.json['id']}/{verb}", json={}, key=None), 400)


@pytest.fixture
def placed(ask, ids):
    order = ask("POST", "/orders", json=filled({**ORDER, **line(quantity=10)}, ids)).json
    assert ask("POST", f"/orders/{order['id']}/place").status == 200
    return order


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"line_id": "1"}, "/lines/0/line_id"),
        ({"line_id": "0002"}, "/lines/0/line_id"),
        ({"quantity": 0}, "/lines/0/quantity"),
        ({"quantity": 0.5}, "/lines/0/quantity"),
        ({"unit": "kg"}, "/lines/0/unit"),
        ({"unit": "pcs", "quantity": None}, "/lines/0"),
        ({"expiry_date": "2030-01-01"}, "/lines/0/lot"),
        ({"serials": ["S1"]}, "/lines/0/serials"),
    ],
)
def test_what_is_received_is_refused(ask, placed, change, pointer):
    body = {"lines": [{"line_id": "0001", "quantity": 1, **change}]}
    answer = ask("POST", f"/orders/{placed['id']}/receive", json=body)
    assert pointer in [error["pointer"] for error in problem(answer, 422)["errors"]]


def test_one_line_is_received_in_several_lots(ask, placed, quantity):
    lots = [
        {"line_id": "0001", "quantity": 4, "lot": "L-1", "location": "A-1"},
        {"line_id": "0001", "lot": "L-2", "expiry_date": "2030-01-01"},
    ]
    answer = ask("POST", f"/orders/{placed['id']}/receive", json={"lines": lots})
    assert answer.json["status"] == "completed", answer.body
    assert quantity() == 10
    stock = ask("GET", f"/items/{placed['lines'][0]['item_id']}/stock").json["balances"]
    assert [(each["lot"], each["location"], each["quantity"]) for each in stock] == [
        ("L-1", "A-1", 4),
        ("L-2", None, 6),
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"customer": "Ana"}, "/customer"),
        ({"supplier_id": None}, "/supplier_id"),
        ({"lines": None}, "/lines"),
        ({"type": "sales"}, "/type"),
    ],
)
def test_a_change_is_refused(ask, ids, change, pointer):
    order = ask("POST", "/orders", json=filled(ORDER, ids)).json
    answer = ask("PATCH", f"/orders/{order['id']}", json=change, headers={"If-Match": "*"})
    assert pointer in [error["pointer"] for error in problem(answer, 422)["errors"]]


def test_what_is_not_there(ask):
    for order_id in ("ord_none", "x-y"):
        problem(ask("GET", f"/orders/{order_id}"), 404)
        problem(ask("GET", f"/orders/{order_id}/movements"), 404)
        problem(ask("PATCH", f"/orders/{order_id}", json={}, headers={"If-Match": "*"}), 404)
        for verb in ("place", "receive", "ship", "return", "cancel"):
            problem(ask("POST", f"/orders/{order_id}/{verb}", json={}), 404)
