"""Purchase and sales orders over HTTP: drawn up, placed, received, shipped, returned, cancelled."""

from datetime import datetime, timedelta

import pytest

from tests.functions.stock.conftest import OPERATOR, VIEWER
from tests.support.problems import problem


@pytest.fixture
def acme(create):
    """The id of a supplier who delivers in 10 days."""
    return create("/suppliers", name="Acme", lead_time_days=10)["id"]


@pytest.fixture
def draw_up(create, acme, flour, hall):
    """`draw_up(quantity=10, price="2.50")` returns a purchase order of one line; other fields of
    the order in `order`."""

    def make(order=None, **line):
        line = {"item_id": flour, "quantity": 10, "price": "2.50", **line}
        body = {"type": "purchase", "supplier_id": acme, "warehouse_id": hall, "lines": [line]}
        return create("/orders", **{**body, **(order or {})})

    return make


@pytest.fixture
def act(ask):
    """`act(order, "receive", {"0001": 4})` answers a transition of it."""

    def post(order, verb, quantities=None, **options):
        lines = [{"line_id": each, "quantity": n} for each, n in (quantities or {}).items()]
        body = None if verb in {"place", "cancel"} else {"lines": lines}
        return ask("POST", f"/orders/{order['id']}/{verb}", json=body, **options)

    return post


@pytest.fixture
def acted(act):
    """As `act`, of a transition that succeeds: the order after it."""

    def post(order, verb, quantities=None, **options):
        answer = act(order, verb, quantities, **options)
        assert answer.status == 200, answer.body
        return answer.json

    return post


def test_an_order_is_drawn_up_placed_received_and_completed(*, ask, draw_up, acted, quantity, hall):
    order = draw_up()
    assert (order["status"], order["possible"]) == ("draft", ["place", "cancel"])
    assert order["internal_number"] == f"PO-{order['created_at'][:4]}-0001"
    assert (order["subtotal"], order["total"], order["currency"]) == ("25.00", "25.00", "EUR")
    placed = acted(order, "place")
    assert (placed["status"], placed["version"]) == ("placed", 2)
    expected, since = map(datetime.fromisoformat, (placed["expected_at"], placed["placed_at"]))
    assert expected - since == timedelta(days=10)
    half = acted(order, "receive", {"0001": 4})
    (line,) = half["lines"]
    assert (half["status"], line["received"], line["open"]) == ("partially_received", 4, 6)
    assert (line["shipped"], line["returned"]) == (None, 0)
    assert quantity() == 4
    done = acted(order, "receive")
    assert (done["status"], done["open_lines"], quantity()) == ("completed", 0, 10)
    assert ask("GET", f"/orders/{order['id']}").json == done
    movements = ask("GET", f"/orders/{order['id']}/movements").json["movements"]
    assert [each["quantity"] for each in movements] == [6, 4]
    assert {each["order_id"] for each in movements} == {order["id"]}
    assert {each["unit_cost"] for each in movements} == {"2.50"}
    assert {each["warehouse_id"] for each in movements} == {hall}


def test_more_than_is_open_is_refused(draw_up, act, acted, quantity):
    order = draw_up()
    acted(order, "place")
    refused = problem(act(order, "receive", {"0001": 11}), 409)
    assert "0 of 10 received" in refused["detail"]
    acted(order, "receive", {"0001": 10})
    refused = problem(act(order, "receive", {"0001": 10}), 409)
    assert refused["order"] == {"status": "completed", "possible": ["return"]}
    assert quantity() == 10


def test_ten_of_ten_are_received(draw_up, act, acted, create):
    """While another line is still open."""
    salt = create("/items", name="Salt")["id"]
    order = draw_up()
    lines = [{"item_id": order["lines"][0]["item_id"], "quantity": 10}]
    lines.append({"item_id": salt, "quantity": 1})
    order = draw_up({"lines": lines})
    acted(order, "place")
    acted(order, "receive", {"0001": 10})
    refused = problem(act(order, "receive", {"0001": 10}), 409)
    assert "10 of 10 received" in refused["detail"]
    (line,) = refused["order"]["lines"]
    assert (line["line_id"], line["ordered"], line["done"], line["open"]) == ("0001", 10, 10, 0)
    assert line["unit"] == "pcs"


def test_a_tolerance_lets_some_more_in(draw_up, act, acted):
    order = draw_up({"over_receipt_percent": 10})
    acted(order, "place")
    problem(act(order, "receive", {"0001": 12}), 409)
    done = acted(order, "receive", {"0001": 11})
    assert (done["status"], done["lines"][0]["received"], done["lines"][0]["open"]) == (
        "completed",
        11,
        0,
    )


def test_a_sales_order_is_shipped_and_comes_back(*, ask, draw_up, act, acted, moved, quantity):
    order = draw_up({"type": "sales", "supplier_id": None, "customer": "Bakery"}, quantity=5)
    assert order["internal_number"].startswith("SO-")
    acted(order, "place")
    refused = problem(act(order, "ship"), 409)
    assert refused["stock"]["reason"] == "short"
    problem(act(order, "receive"), 409)
    moved("receipt", 7)
    assert acted(order, "ship", {"0001": 2})["status"] == "partially_shipped"
    assert acted(order, "ship")["status"] == "completed"
    assert quantity() == 2
    back = acted(order, "return", {"0001": 1})
    assert (back["status"], back["lines"][0]["returned"], quantity()) == ("completed", 1, 3)
    refused = problem(act(order, "return", {"0001": 5}), 409)
    assert "5 of 5 shipped, of which 4 can be returned" in refused["detail"]


def test_what_was_received_goes_back(*, draw_up, act, acted, quantity, ask, flour):
    order = draw_up()
    acted(order, "place")
    acted(order, "receive", {"0001": 6})
    after = acted(order, "return", {"0001": 2})
    assert (after["status"], quantity()) == ("partially_received", 4)
    assert (after["lines"][0]["received"], after["lines"][0]["open"]) == (6, 4)
    (issue, _) = ask("GET", f"/items/{flour}/movements").json["movements"]
    assert (issue["kind"], issue["order_line"]) == ("issue", "0001")


# By status: what is not possible there, of a purchase order.
IMPOSSIBLE = {
    "draft": ["receive", "ship", "return"],
    "placed": ["place", "ship", "return"],
    "partially_received": ["place", "ship"],
    "completed": ["place", "receive", "ship", "cancel"],
    "cancelled": ["place", "receive", "ship", "return", "cancel"],
}
STEPS = {
    "draft": [],
    "placed": ["place"],
    "partially_received": ["place", "half"],
    "completed": ["place", "receive"],
    "cancelled": ["cancel"],
}


@pytest.mark.parametrize("status", IMPOSSIBLE)
def test_only_what_is_drawn_is_possible(draw_up, act, acted, status):
    order = draw_up()
    after = order
    for step in STEPS[status]:
        verb, quantities = ("receive", {"0001": 5}) if step == "half" else (step, None)
        after = acted(order, verb, quantities)
    assert after["status"] == status
    for verb in IMPOSSIBLE[status]:
        told = problem(act(order, verb), 409)["order"]
        assert told == {"status": status, "possible": after["possible"]}
        assert verb not in told["possible"]


def test_cancelling(draw_up, act, acted, quantity):
    placed = draw_up()
    acted(placed, "place")
    cancelled = acted(placed, "cancel")
    assert (cancelled["status"], cancelled["closed_short"]) == ("cancelled", False)
    short = draw_up()
    acted(short, "place")
    acted(short, "receive", {"0001": 3})
    closed = acted(short, "cancel")
    assert (closed["status"], closed["closed_short"], quantity()) == ("completed", True, 3)
    assert closed["lines"][0]["open"] == 7


def test_a_transition_is_done_once(ask, draw_up, acted, quantity):
    order = draw_up()
    for verb, quantities in (("place", None), ("receive", {"0001": 4}), ("cancel", None)):
        first = acted(order, verb, quantities, key=f"once-{verb}")
        assert acted(order, verb, quantities, key=f"once-{verb}") == first
    assert quantity() == 4


def test_packs_are_ordered_and_received(*, ask, create, draw_up, act, acted, acme, flour, quantity):
    create("/units", code="bag", name="Bag", dimension="count", factor="4")
    part = {"part_number": "F-12", "unit": "bag", "pack_size": 3, "price": "30"}
    assert ask("PUT", f"/suppliers/{acme}/parts/{flour}", json=part).status == 200
    order = draw_up(quantity=5, packs=True, price=None)
    (line,) = order["lines"]
    assert (line["packs"], line["pack_size"], line["unit"], line["price"]) == (True, 3, "bag", "30")
    assert (line["base_quantity"], line["amount"], order["total"]) == (60, "150.00", "150.00")
    part["pack_size"] = 99
    assert ask("PUT", f"/suppliers/{acme}/parts/{flour}", json=part).status == 200
    acted(order, "place")
    problem(act(order, "receive", {"0001": 0.5}), 422)
    after = acted(order, "receive", {"0001": 2})
    assert (after["lines"][0]["received"], quantity()) == (2, 24)
    in_pieces = {"lines": [{"line_id": "0001", "quantity": 6, "unit": "pcs"}]}
    answer = ask("POST", f"/orders/{order['id']}/receive", json=in_pieces)
    assert (answer.json["lines"][0]["received"], quantity()) == (2.5, 30)
    assert acted(order, "receive")["status"] == "completed"
    assert quantity() == 60
    movements = ask("GET", f"/orders/{order['id']}/movements").json["movements"]
    given = [(each["given_quantity"], each["given_unit"]) for each in movements]
    assert given == [(30, "pcs"), (6, "pcs"), (6, "bag")]
    assert {each["unit_cost"] for each in movements} == {"2.50"}


def test_costs_are_shared_by_value_to_the_cent(create, draw_up, acted, ask):
    items = [create("/items", name=f"Thing {number}")["id"] for number in range(3)]
    order = draw_up(
        {
            "lines": [{"item_id": each, "quantity": 3, "price": "1"} for each in items],
            "costs": [{"name": "Freight", "amount": "10.00"}],
        }
    )
    assert [line["costs"] for line in order["lines"]] == ["3.34", "3.33", "3.33"]
    assert (order["subtotal"], order["costs_total"], order["total"]) == ("9.00", "10.00", "19.00")
    acted(order, "place")
    for _ in range(3):
        acted(order, "receive", {line["line_id"]: 1 for line in order["lines"]})
    values = [
        sum(
            float(each["value"])
            for each in ask("GET", f"/items/{item}/movements").json["movements"]
        )
        for item in items
    ]
    assert values == pytest.approx([6.34, 6.33, 6.33])


def test_a_draft_is_changed(*, ask, create, draw_up, act, acted, flour):
    order = draw_up()
    salt = create("/items", name="Salt")["id"]
    path, match = f"/orders/{order['id']}", {"If-Match": '"1"'}
    problem(ask("PATCH", path, json={"note": "x"}), 428)
    lines = [{"item_id": flour, "quantity": 2, "price": "3"}, {"item_id": salt, "quantity": 1}]
    changed = ask("PATCH", path, json={"lines": lines, "note": "Soon"}, headers=match)
    assert changed.status == 200, changed.body
    assert [line["item_name"] for line in changed.json["lines"]] == ["Flour", "Salt"]
    assert (changed.json["total"], changed.json["version"]) == ("6.00", 2)
    assert changed.json["internal_number"] == order["internal_number"]
    problem(ask("PATCH", path, json={"note": None}, headers=match), 412)
    with_costs = {"costs": [{"name": "Freight", "amount": "1.50"}]}
    again = ask("PATCH", path, json=with_costs, headers={"If-Match": "*"}).json
    assert (again["total"], len(again["lines"]), again["note"]) == ("7.50", 2, "Soon")
    acted(order, "place")
    refused = problem(ask("PATCH", path, json={"lines": lines}, headers={"If-Match": "*"}), 409)
    assert "lines" in refused["detail"]
    moved = {"expected_at": "2030-01-31T12:00:00+02:00", "note": None}
    after = ask("PATCH", path, json=moved, headers={"If-Match": "*"}).json
    assert (after["expected_at"], after["note"]) == ("2030-01-31T10:00:00.000Z", None)


def test_who_may_do_what(*, ask, draw_up, act, acted, hall):
    order = draw_up()
    problem(act(order, "place", caller=OPERATOR), 403)
    acted(order, "place")
    problem(act(order, "receive", caller=VIEWER), 403)
    assert act(order, "receive", {"0001": 1}, caller=OPERATOR).status == 200
    assert ask("GET", f"/orders/{order['id']}", caller=VIEWER).status == 200
