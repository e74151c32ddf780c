"""Figures of orders and of suppliers, over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analytics import order_figures_service
from stockwarden.core.clock import iso, utc_now
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.tables import write
from tests.functions.stock.conftest import STRANGER
from tests.support.problems import problem
from tests.support.projections import content, rebuilt

ORDERS, SUPPLIERS = "/analytics/orders", "/analytics/suppliers"


@pytest.fixture
def read(ask):
    def get(path, **query):
        answer = ask("GET", path, query=query)
        assert answer.status == 200, answer.body
        return answer.json

    return get


@pytest.fixture
def acme(create):
    return create("/suppliers", name="Acme", lead_time_days=10)["id"]


@pytest.fixture
def order(create, ask, acme, flour, hall):
    """`order("place", "receive", price="2")`: an order, and what was done with it."""

    def make(*acts, quantity=10, price="2.00", lines=None, **facts):
        line = {"item_id": flour, "quantity": quantity, "price": price}
        body = {"type": "purchase", "warehouse_id": hall, "lines": lines or [line], **facts}
        if body["type"] == "purchase":
            body.setdefault("supplier_id", acme)
        made = create("/orders", **body)
        for act in acts:
            json = {"lines": []} if act in {"receive", "ship"} else None
            answer = ask("POST", f"/orders/{made['id']}/{act}", json=json)
            assert answer.status == 200, answer.body
        return made["id"]

    return make


def test_by_status_and_month(order, stream, read):
    order()
    order("place")
    order("place", price="3.00")
    order("place", "receive")
    order("place", "cancel")
    stream()
    figures = read(ORDERS)
    assert figures["open"] == {"orders": 2, "value": "50.00"}
    statuses = {each["status"]: each["orders"] for each in figures["statuses"]}
    assert statuses == {"draft": 1, "placed": 2, "completed": 1, "cancelled": 1}
    (month,) = figures["months"]
    assert month["month"] == f"{utc_now():%Y-%m}"
    assert (month["orders"], month["value"], month["completed"]) == (3, "70.00", 1)
    assert (figures["currency"], figures["currencies"]) == ("EUR", ["EUR"])
    sales = read(ORDERS, type="sales")
    assert (sales["open"], sales["months"], sales["currency"]) == (
        {"orders": 0, "value": "0.00"},
        [],
        None,
    )
    assert content(1) == rebuilt()


def test_months_are_the_last_ones(order, stream, read, monkeypatch):
    made = order("place")
    change = "SET #placed_at = :placed_at ADD #version :one"
    placed = {"placed_at": "2026-01-31T12:00:00.000Z", "one": 1}
    write(stores.stock_table().update(keys.order(made), change, **placed))
    stream()
    day = datetime(2026, 3, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(order_figures_service(), "clock", lambda: day)
    months = {number: read(ORDERS, months=number)["months"] for number in (1, 2, 3)}
    assert {number: len(found) for number, found in months.items()} == {1: 0, 2: 0, 3: 1}
    assert months[3][0]["month"] == "2026-01"


def test_what_is_late(order, stream, read, monkeypatch):
    now = utc_now()
    order("place", expected_at=iso(now + timedelta(days=1)))
    order("place", expected_at=iso(now + timedelta(days=2)), price="5.00")
    order("place", "receive", expected_at=iso(now + timedelta(days=1)))
    order(expected_at=iso(now + timedelta(days=1)))
    stream()
    assert read(ORDERS)["late"] == {"orders": 0, "value": "0.00"}
    service = order_figures_service()
    monkeypatch.setattr(service, "clock", lambda: now + timedelta(days=2))
    assert read(ORDERS)["late"] == {"orders": 1, "value": "20.00"}
    monkeypatch.setattr(service, "clock", lambda: now + timedelta(days=3))
    assert read(ORDERS)["late"] == {"orders": 2, "value": "70.00"}


def test_how_a_supplier_does(*, create, ask, order, stream, read, acme, flour, hall):
    """One in time after two days, one late after twelve, short of one line of two; one open."""
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    eggs = create("/items", name="Eggs")["id"]
    line = {"quantity": 1, "price": "5.00"}
    in_time = order("place", "receive")
    late = order("place", lines=[{**line, "item_id": flour}, {**line, "item_id": eggs}])
    half = [{"line_id": "0001", "quantity": 1}]
    assert ask("POST", f"/orders/{late}/receive", json={"lines": half}).status == 200
    assert ask("POST", f"/orders/{late}/cancel").status == 200
    order("place")
    order()
    # As if they had taken so long.
    for each, days in ((in_time, 2), (late, 12)):
        times = {
            "placed_at": iso(now),
            "expected_at": iso(now + timedelta(days=10)),
            "completed_at": iso(now + timedelta(days=days)),
        }
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in times)
        table = stores.stock_table()
        write(table.update(keys.order(each), f"{change} ADD #version :one", one=1, **times))
    stream()
    (found,) = read(SUPPLIERS)["suppliers"]
    assert (found["id"], found["name"]) == (acme, "Acme")
    assert (found["orders"], found["open"], found["completed"]) == (3, 1, 2)
    assert found["value"] == "50.00"
    assert (found["in_time"], found["filled"]) == (0.5, 0.6667)
    assert (found["measured_lead_time_days"], found["promised_lead_time_days"]) == (7.0, 10.0)
    assert found["usual_lead_time_days"] == 10
    assert content(1) == rebuilt()


def test_suppliers_by_value_in_pages(create, order, stream, read):
    made = [create("/suppliers", name=f"S{number}")["id"] for number in range(3)]
    for number, supplier in enumerate(made):
        order("place", supplier_id=supplier, price=f"{number + 1}.00")
    stream()
    first = read(SUPPLIERS, limit=2)
    rest = read(SUPPLIERS, limit=2, cursor=first["next_cursor"])
    found = [each["id"] for page in (first, rest) for each in page["suppliers"]]
    assert found == made[::-1]


def test_of_a_warehouse_and_a_currency(*, create, order, stream, read, ask, hall):
    yard = create("/warehouses", name="Yard")["id"]
    dollars = create("/suppliers", name="Far", currency="USD")["id"]
    salt = create("/items", name="Salt")["id"]
    line = {"item_id": salt, "quantity": 1, "price": "7.00"}
    order("place")
    order("place", warehouse_id=yard)
    order("place", supplier_id=dollars, lines=[line], currency="USD")
    stream()
    assert read(ORDERS)["currencies"] == ["EUR", "USD"]
    assert read(ORDERS, currency="USD")["open"] == {"orders": 1, "value": "7.00"}
    assert read(ORDERS, warehouse_id=yard)["open"] == {"orders": 1, "value": "20.00"}
    assert [each["id"] for each in read(SUPPLIERS, currency="USD")["suppliers"]] == [dollars]
    for path in (ORDERS, SUPPLIERS):
        problem(ask("GET", path, query={"warehouse_id": hall}, caller=STRANGER), 404)


def test_what_goes_back_to_a_supplier_was_not_used(order, views, read, ask):
    bought = order("place", "receive")
    back = [{"line_id": "0001", "quantity": 4}]
    assert ask("POST", f"/orders/{bought}/return", json={"lines": back}).status == 200
    views()
    assert read("/analytics/consumption")["items"] == []
    sold = order("place", "ship", type="sales", customer="Ana", quantity=3)
    views()
    (used,) = read("/analytics/consumption")["items"]
    assert used["quantity"] == 3
    one = [{"line_id": "0001", "quantity": 1}]
    assert ask("POST", f"/orders/{sold}/return", json={"lines": one}).status == 200
    views()
    assert read("/analytics/consumption")["items"][0]["quantity"] == 2


@pytest.mark.parametrize("query", ["orders?type=loan", "orders?months=0", "suppliers?currency=x"])
def test_other_queries_are_refused(ask, query):
    problem(ask("GET", f"/analytics/{query}"), 422)
