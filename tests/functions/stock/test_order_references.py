"""What orders refer to stays; how long suppliers take; and what is on order."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from stockwarden.bootstrap import orders as bootstrap
from stockwarden.catalog.lead_times import COUNTED
from stockwarden.storage.keys import orders as keys
from tests.support.problems import problem


@pytest.fixture
def acme(create):
    return create("/suppliers", name="Acme", lead_time_days=3)["id"]


@pytest.fixture
def draw_up(create, acme, flour, hall):
    def make(*quantities, **more):
        lines = [{"item_id": flour, "quantity": each, "price": "1"} for each in quantities or (10,)]
        body = {"type": "purchase", "supplier_id": acme, "warehouse_id": hall, "lines": lines}
        return create("/orders", **{**body, **more})

    return make


@pytest.fixture
def act(ask):
    def post(order, verb, body=None):
        answer = ask("POST", f"/orders/{order['id']}/{verb}", json=body)
        assert answer.status == 200, answer.body
        return answer.json

    return post


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` sets the clock of orders and of their movements."""

    def set_to(moment):
        reader = bootstrap.order_reader()
        monkeypatch.setattr(reader, "clock", lambda: moment)
        monkeypatch.setattr(reader.repository, "clock", lambda: moment)
        monkeypatch.setattr(bootstrap.fulfilment_service().ledger, "clock", lambda: moment)

    return set_to


def test_an_item_of_an_order_is_not_deleted(ask, draw_up, flour):
    draw_up(1, 2)
    draw_up()
    refused = problem(ask("DELETE", f"/items/{flour}"), 409)
    assert refused["used_by"] == {"orders": 2}
    assert "archived" in refused["detail"]
    archived = ask(
        "PATCH", f"/items/{flour}", json={"status": "archived"}, headers={"If-Match": "*"}
    )
    assert archived.status == 200


def test_the_warehouse_of_an_order_is_not_deleted(ask, create, act, draw_up, hall):
    """Nobody could receive there, or cancel the order."""
    there = create("/warehouses", name="There")["id"]
    order = draw_up()
    moved = draw_up()
    change = {"json": {"warehouse_id": there}, "headers": {"If-Match": "*"}}
    assert ask("PATCH", f"/orders/{moved['id']}", **change).status == 200
    act(order, "cancel")
    for warehouse_id in (hall, there):
        refused = ask("DELETE", f"/warehouses/{warehouse_id}", headers={"If-Match": "*"})
        assert "which an order names" in problem(refused, 409)["detail"]


def test_no_order_is_drawn_up_for_a_warehouse_that_is_deleted_meanwhile(
    ask, acme, flour, hall, monkeypatch
):
    drafter = bootstrap.order_service().drafter
    draw = drafter.draw_up

    def delete_meanwhile(*args):
        path = f"/warehouses/{hall}"
        assert ask("DELETE", path, headers={"If-Match": "*"}).status == 204
        return draw(*args)

    monkeypatch.setattr(drafter, "draw_up", delete_meanwhile)
    lines = [{"item_id": flour, "quantity": 1}]
    order = {"type": "purchase", "supplier_id": acme, "warehouse_id": hall, "lines": lines}
    assert ask("POST", "/orders", json=order).status == 404
    assert ask("GET", "/orders").json["orders"] == []


def test_lines_that_the_next_change_is_about_to_name_stay(ask, draw_up, flour, monkeypatch):
    """A change can be seen before it has removed the lines that it replaced."""
    path = f"/orders/{draw_up()['id']}"
    repository, removals = bootstrap.order_reader().repository, []
    remove, write = repository.table.delete_all, repository.change_operations

    def change(quantity):
        lines = [{"item_id": flour, "quantity": quantity}]
        answer = ask("PATCH", path, json={"lines": lines}, headers={"If-Match": "*"})
        assert answer.status == 200

    def write_late(*args):
        remove(removals.pop())
        return write(*args)

    with monkeypatch.context() as patch:
        patch.setattr(repository.table, "delete_all", removals.append)
        change(2)
    with monkeypatch.context() as patch:
        patch.setattr(repository, "change_operations", write_late)
        change(3)
    assert [each["quantity"] for each in ask("GET", path).json["lines"]] == [3]
    assert len(list(repository.table.query_all(keys.lines(path.rpartition("/")[2])))) == 1


def test_an_item_of_an_order_keeps_its_unit(ask, create, draw_up, monkeypatch):
    """Its lines have quantities in that unit: five kilograms would come in as five grams."""
    salt = create("/items", name="Salt", unit="kg")["id"]
    lines, path = [{"item_id": salt, "quantity": 5}], f"/items/{salt}"
    drafter = bootstrap.order_service().drafter
    draw = drafter.draw_up

    def change(unit):
        return ask("PATCH", path, json={"unit": unit}, headers={"If-Match": "*"})

    def draw_too_early(*args):
        draft = draw(*args)
        assert change("g").status == 200
        return draft

    supplier = draw_up()["supplier_id"]
    with monkeypatch.context() as patch:
        patch.setattr(drafter, "draw_up", draw_too_early)
        body = {"type": "purchase", "supplier_id": supplier, "lines": lines}
        refused = ask("POST", "/orders", json=body)
    assert (refused.status, "another unit" in refused.json["detail"]) == (422, True)
    assert change("kg").status == 200
    draw_up(lines=lines)
    refused = problem(change("g"), 409)
    assert refused["detail"] == "Salt stands in orders in kg; its unit cannot be changed."


def test_a_supplier_with_orders_is_not_deleted(ask, draw_up, acme, create, act):
    order = draw_up()
    assert ask("GET", f"/suppliers/{acme}").json["orders"] == 1
    refused = problem(ask("DELETE", f"/suppliers/{acme}"), 409)
    assert refused["used_by"] == {"orders": 1}
    other = create("/suppliers", name="Best")["id"]
    path, match = f"/orders/{order['id']}", {"If-Match": "*"}
    changed = ask("PATCH", path, json={"supplier_id": other}, headers=match)
    assert changed.json["supplier_name"] == "Best", changed.body
    assert ask("GET", f"/suppliers/{acme}").json["orders"] == 0
    assert ask("DELETE", f"/suppliers/{acme}").status == 204
    listed = ask("GET", "/orders", query={"supplier_id": other}).json["orders"]
    assert [each["id"] for each in listed] == [order["id"]]
    assert ask("GET", "/orders", query={"supplier_id": acme}).json["orders"] == []


def test_a_supplier_or_item_that_is_archived_by_now(ask, draw_up, acme, flour):
    order = draw_up()
    patch = {"status": "archived"}
    assert ask("PATCH", f"/items/{flour}", json=patch, headers={"If-Match": "*"}).status == 200
    refused = problem(ask("POST", f"/orders/{order['id']}/place"), 409)
    assert "Flour" in refused["detail"]
    assert ask("PATCH", f"/suppliers/{acme}", json={"archived": True}).status == 200
    line = {"item_id": flour, "quantity": 1}
    body = {"type": "purchase", "supplier_id": acme, "lines": [line]}
    (error,) = problem(ask("POST", "/orders", json=body), 422)["errors"]
    assert error["pointer"] == "/supplier_id"


def test_numbers(draw_up, ask, flour, acme):
    year = datetime.now(UTC).year
    assert draw_up(internal_number=f"po-{year}-0002")["internal_number"] == f"po-{year}-0002"
    given = {draw_up()["internal_number"] for _ in range(2)}
    assert given == {f"PO-{year}-0001", f"PO-{year}-0003"}
    line = {"item_id": flour, "quantity": 1}
    body = {"type": "purchase", "supplier_id": acme, "lines": [line]}
    taken = ask("POST", "/orders", json={**body, "internal_number": f"PO-{year}-0003"})
    assert problem(taken, 409)["taken"] == {"field": "internal_number"}
    sold = draw_up(type="sales", supplier_id=None, customer="Ana")
    assert sold["internal_number"] == f"SO-{year}-0001"


def test_the_lead_time_is_measured(ask, draw_up, act, at, acme):
    told = ask("GET", f"/suppliers/{acme}").json
    assert (told["measured_lead_time_days"], told["measured_orders"]) == (None, 0)
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for days in (2, 4, 9):
        order = draw_up()
        at(start)
        placed = act(order, "place")
        assert placed["expected_at"] == "2026-03-05T12:00:00.000Z"
        at(start + timedelta(days=1))
        act(order, "receive", {"lines": [{"line_id": "0001", "quantity": 1}]})
        at(start + timedelta(days=days))
        act(order, "receive", {})
    short = draw_up()
    act(short, "place")
    act(short, "receive", {"lines": [{"line_id": "0001", "quantity": 1}]})
    act(short, "cancel")
    told = ask("GET", f"/suppliers/{acme}").json
    assert (told["measured_lead_time_days"], told["measured_orders"]) == (4.0, 3)
    assert told["lead_time_days"] == 3
    (listed,) = ask("GET", "/suppliers").json["suppliers"]
    assert listed["measured_lead_time_days"] == 4.0


def test_only_the_newest_orders_are_measured(ask, draw_up, act, at, acme):
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for number in range(2 * COUNTED + 1):
        order = draw_up()
        at(start)
        act(order, "place")
        at(start + timedelta(days=9 if number <= COUNTED else 2))
        act(order, "receive", {})
    told = ask("GET", f"/suppliers/{acme}").json
    assert (told["measured_lead_time_days"], told["measured_orders"]) == (2.0, COUNTED)
    supplier = bootstrap.supplier_repository().find(acme)
    assert len(supplier["lead_times"]) < 2 * COUNTED


def test_what_is_on_order(create, draw_up, act, flour, acme):
    salt = create("/items", name="Salt")["id"]
    reader = bootstrap.on_order_reader()
    draw_up(99)
    cancelled, later = draw_up(7), draw_up(5, 1, expected_at="2099-01-01T00:00:00Z")
    first = draw_up(10, expected_at="2098-01-01T00:00:00Z")
    for order in (cancelled, later, first):
        act(order, "place")
    act(cancelled, "cancel")
    act(first, "receive", {"lines": [{"line_id": "0001", "quantity": 4}]})
    found = reader.of_items([flour, salt])
    assert list(found) == [flour]
    told = [(each.order_id, each.quantity, each.supplier_id) for each in found[flour]]
    assert told == [(first["id"], Fraction(6), acme), (later["id"], Fraction(6), acme)]
    assert found[flour][0].expected_at == "2098-01-01T00:00:00.000Z"
    act(first, "receive", {})
    act(later, "receive", {"lines": [{"line_id": "0001", "quantity": 2}]})
    act(later, "cancel")
    assert reader.of_items([flour]) == {}


def test_lines_that_were_changed_are_not_on_order(create, ask, draw_up, act, flour):
    """What a placing that did not get to its end has written, before or after the change."""
    salt = create("/items", name="Salt")["id"]
    repository, reader = bootstrap.order_reader().repository, bootstrap.on_order_reader()
    order = draw_up(lines=[{"item_id": each, "quantity": 10} for each in (flour, salt)])
    before = repository.find(order["id"])
    lines = repository.lines(before)
    repository.add_on_order(before, lines)
    path, patch = f"/orders/{order['id']}", {"lines": [{"item_id": flour, "quantity": 3}]}
    assert ask("PATCH", path, json=patch, headers={"If-Match": "*"}).status == 200
    act(order, "place")
    repository.add_on_order(before, lines)
    found = reader.of_items([flour, salt])
    assert {each: [one.quantity for one in found[each]] for each in found} == {flour: [3]}
    act(order, "receive", {})
    assert reader.of_items([flour, salt]) == {}


def test_a_movement_of_an_order_is_returned_not_reversed(ask, draw_up, act):
    order = draw_up()
    act(order, "place")
    act(order, "receive", {})
    (movement,) = ask("GET", f"/orders/{order['id']}/movements").json["movements"]
    refused = problem(ask("POST", f"/movements/{movement['id']}/reversal", json={}), 409)
    assert refused["stock"]["reason"] == "order"
    assert refused["stock"]["order_id"] == order["id"]


def test_the_movements_of_an_order_come_in_pages(ask, draw_up, act):
    order = draw_up(3, 4, 5)
    act(order, "place")
    act(
        order, "receive", {"lines": [{"line_id": each, "quantity": 1} for each in ("0001", "0002")]}
    )
    act(order, "receive", {})
    path, found, cursor = f"/orders/{order['id']}/movements", [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", path, query=query).json
        found += [(each["order_line"], each["quantity"]) for each in page["movements"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [("0001", 2), ("0002", 3), ("0003", 5), ("0001", 1), ("0002", 1)]


def test_the_main_warehouse_is_meant_where_none_is_named(draw_up, act, quantity):
    order = draw_up(warehouse_id=None)
    assert order["warehouse_id"] == "wh_main"
    act(order, "place")
    act(order, "receive", {})
    assert quantity() == 10


def test_what_is_bad_goes_back_to_its_supplier(ask, draw_up, act, flour):
    """A lot in quarantine cannot be issued to anybody else."""
    order = draw_up()
    act(order, "place")
    act(order, "receive", {"lines": [{"line_id": "0001", "lot": "L-1"}]})
    lot = f"/items/{flour}/lots/L-1"
    assert ask("PATCH", lot, json={"status": "quarantined"}).status == 200
    back = act(order, "return", {"lines": [{"line_id": "0001", "quantity": 10, "lot": "L-1"}]})
    assert back["lines"][0]["returned"] == 10
