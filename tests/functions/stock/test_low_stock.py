"""What is low, and what to order of it, over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.analytics import low_stock
from stockwarden.bootstrap import stores
from stockwarden.core.clock import iso
from stockwarden.identity.access import Role, TokenLimits
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.tables import write
from tests.functions.stock.conftest import MANAGER, STRANGER
from tests.support.gateway import USER
from tests.support.problems import problem

PATH = "/analytics/low-stock"


@pytest.fixture
def low(ask):
    def read(**query):
        answer = ask("GET", PATH, query=query)
        assert answer.status == 200, answer.body
        return answer.json

    return read


@pytest.fixture
def acme(create):
    return create("/suppliers", name="Acme", lead_time_days=10)["id"]


@pytest.fixture
def item(create, ask, hall):
    """`item("Bolt", 5, reorder_point=10)`: an item of which there are five."""

    def make(name, quantity=0, warehouse_id=hall, **facts):
        made = create("/items", **{"name": name, "currency": "EUR", **facts})["id"]
        if quantity:
            line = {"item_id": made, "warehouse_id": warehouse_id, "kind": "receipt"}
            answer = ask("POST", "/movements", json={**line, "quantity": quantity})
            assert answer.status == 201, answer.body
        return made

    return make


@pytest.fixture
def sold(ask):
    """`sold(item, supplier, pack_size=12)` makes it a part of a supplier."""

    def put(item_id, supplier_id, **part):
        body = {"part_number": "N-1", "unit": "pcs", "pack_size": 1, "price": "1.00", **part}
        answer = ask("PUT", f"/suppliers/{supplier_id}/parts/{item_id}", json=body)
        assert answer.status == 200, answer.body

    return put


def names(page):
    return [each["name"] for each in page["items"]]


def test_the_emptiest_comes_first(item, stream, low, ask, hall):
    item("Half", 5, reorder_point=10)
    item("At it", 10, reorder_point=10)
    item("Above", 11, reorder_point=10)
    item("None", reorder_point=3)
    item("Without a point")
    nothing = item("Of nothing", reorder_point=0)
    stream()
    assert sorted(names(low())[:2]) == ["None", "Of nothing"]
    assert names(low())[2:] == ["Half", "At it"]
    line = {"item_id": nothing, "warehouse_id": hall, "kind": "receipt", "quantity": 1}
    assert ask("POST", "/movements", json=line).status == 201
    stream()
    assert names(low()) == ["None", "Half", "At it"]


def test_what_to_order_of_it(*, item, sold, acme, stream, low, ask, hall):
    bolt = item("Bolt", 24, reorder_point=10, supplier=acme)
    sold(bolt, acme, pack_size=12, price="6.00")
    line = {"item_id": bolt, "warehouse_id": hall}
    used = {**line, "kind": "issue", "quantity": 18}
    assert ask("POST", "/movements", json=used).status == 201
    assert ask("POST", "/reservations", json={**line, "quantity": 2}).status == 201
    stream()
    (found,) = low()["items"]
    assert (found["quantity"], found["reserved"], found["free"]) == (6, 2, 4)
    # Eighteen on its first day: what there is lasts no day, and a month takes 540.
    assert (found["daily_use"], found["days_left"]) == (18, 0)
    assert (found["suggested_quantity"], found["is_late"]) == (552, True)
    offer = found["offer"]
    assert (offer["supplier_name"], offer["chosen"], offer["packs"]) == ("Acme", "preferred", 46)
    assert (offer["lead_time_days"], offer["lead_time_from"]) == (10, "supplier")
    assert found["unknown"] == []


def test_what_to_order_until_when(*, create, item, sold, acme, stream, low, ask, hall):
    """Two a day are used: ninety in the 45 days that there is the item. Eighty are left, of which
    fifty are free; forty come in twenty days. So it lasts for 45, and an order takes 13 of them."""
    today = datetime.now(UTC)

    def days(number):
        return iso(today + timedelta(days=number))

    bolt = item("Bolt", reorder_point=100, reorder_quantity=150, supplier=acme)
    sold(bolt, acme, pack_size=24, price="12.00", minimum_packs=6, lead_time_days=20)
    taken = {"order_id": "ord_1", "days": 12.4}
    key = catalog_keys.suppliers().key(acme)
    write(stores.catalog_table().update(key, "SET #lead_times = :taken", taken=[taken]))
    line = {"item_id": bolt, "warehouse_id": hall}
    for kind, quantity, day in (("receipt", 170, -44), ("issue", 60, -30), ("issue", 30, -3)):
        moved = {**line, "kind": kind, "quantity": quantity, "effective_at": days(day)}
        assert ask("POST", "/movements", json=moved).status == 201
    assert ask("POST", "/reservations", json={**line, "quantity": 30}).status == 201
    lines = [{"item_id": bolt, "quantity": 40, "price": "0.50"}]
    order = {"type": "purchase", "supplier_id": acme, "warehouse_id": hall, "lines": lines}
    made = create("/orders", **order, expected_at=days(20))
    assert ask("POST", f"/orders/{made['id']}/place").status == 200
    stream()
    (found,) = low()["items"]
    assert (found["quantity"], found["free"], found["on_order"]) == (80, 50, 40)
    assert (found["daily_use"], found["days_left"]) == (2, 45)
    # 90 with what comes: ten short of the point, so once the reorder quantity, in seven packs.
    assert (found["suggested_quantity"], found["offer"]["packs"]) == (168, 7)
    offer = found["offer"]
    assert (offer["lead_time_days"], offer["lead_time_from"]) == (12.4, "measured")
    assert (found["runs_out_on"], found["order_by"]) == (days(45)[:10], days(32)[:10])
    assert (found["is_late"], found["unknown"]) == (False, [])


def test_an_order_that_was_just_placed_counts(*, create, item, sold, acme, stream, low, ask, hall):
    bolt = item("Bolt", 4, reorder_point=10, reorder_quantity=20)
    sold(bolt, acme)
    stream()
    (before,) = low()["items"]
    assert (before["on_order"], before["suggested_quantity"]) == (0, 20)
    assert before["offer"]["chosen"] == "cheapest"
    line = {"item_id": bolt, "quantity": 20, "price": "1.00"}
    order = {"type": "purchase", "supplier_id": acme, "warehouse_id": hall, "lines": [line]}
    made = create("/orders", **order)
    assert low()["items"][0]["on_order"] == 0
    assert ask("POST", f"/orders/{made['id']}/place").status == 200
    (after,) = low()["items"]
    assert (after["on_order"], after["suggested_quantity"]) == (20, 0)
    assert after["expected_at"]
    assert after["unknown"] == ["no_use", "on_order"]
    assert (after["order_by"], after["is_late"]) == (None, False)


def test_filters_and_pages(*, create, item, stream, low, ask, hall, acme, monkeypatch):
    bolts = create("/categories", name="Bolts")["id"]
    food = create("/inventory-types", name="Food")["id"]
    yard = create("/warehouses", name="Yard")["id"]
    for number in range(1, 8):
        item(f"Of {number}", number, reorder_point=10)
    item("Bolt", 9, reorder_point=10, category=bolts, warehouse_id=yard)
    item("Nut", 8, reorder_point=10, supplier=acme, inventory_type=food)
    stream()
    for query, expected in (
        ({"category": bolts}, ["Bolt"]),
        ({"supplier": acme}, ["Nut"]),
        ({"type": food}, ["Nut"]),
        ({"warehouse_id": yard}, ["Bolt"]),
        ({"category": bolts, "supplier": acme}, []),
    ):
        assert names(low(**query)) == expected
    found, cursor = [], None
    while True:
        page = low(limit=2, **({"cursor": cursor} if cursor else {}))
        found, cursor = found + names(page), page["next_cursor"]
        if cursor is None:
            break
    assert found == [*(f"Of {number}" for number in range(1, 8)), "Nut", "Bolt"]
    monkeypatch.setattr(low_stock, "_MOST_EXAMINED", 4)
    page = low(category=bolts, limit=2)
    assert (names(page), bool(page["next_cursor"])) == ([], True)
    assert names(low(category=bolts, limit=5, cursor=page["next_cursor"])) == ["Bolt"]
    problem(ask("GET", PATH, query={"cursor": page["next_cursor"]}), 400)


def test_who_may_read_it(ask, item, stream, hall):
    item("Bolt", 4, reorder_point=10)
    stream()
    problem(ask("GET", PATH, caller=replace(USER, role=Role.MEMBER)), 403)
    assert names(ask("GET", PATH, caller=STRANGER).json) == ["Bolt"]
    problem(ask("GET", PATH, query={"warehouse_id": hall}, caller=STRANGER), 404)
    limits = TokenLimits("tok_1", frozenset({"stock:read"}), frozenset({hall}))
    problem(ask("GET", PATH, caller=replace(MANAGER, limits=limits)), 403)


def test_an_archived_item_is_not_ordered(ask, item, stream, low):
    bolt = item("Bolt", 4, reorder_point=10)
    assert ask("PUT", f"/items/{bolt}", json={"status": "archived"}).status == 200
    stream()
    assert low()["items"] == []
