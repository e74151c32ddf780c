"""Lists of orders: newest first, by what they are filtered by, page after page."""

from dataclasses import replace

import pytest

from stockwarden.bootstrap.stores import stock_table
from stockwarden.identity.access import TokenLimits
from stockwarden.storage import clients
from stockwarden.storage.keys import orders as keys
from tests.functions.stock.conftest import MANAGER, VIEWER
from tests.support.capacity import measure
from tests.support.problems import problem

PAST, FUTURE = "2026-01-05T08:00:00Z", "2099-01-05T08:00:00Z"


@pytest.fixture
def world(ask, create, hall, flour, moved):
    """Orders by a name of their own."""
    salt = create("/items", name="Salt")["id"]
    acme, best = (create("/suppliers", name=name)["id"] for name in ("Acme", "Best"))
    moved("receipt", 100)

    def draw_up(supplier_id, items, **more):
        lines = [{"item_id": each, "quantity": 4, "price": "1"} for each in items]
        body = {"type": "purchase", "supplier_id": supplier_id, "warehouse_id": hall}
        return create("/orders", **{**body, "lines": lines, **more})

    def act(order, verb, body=None):
        answer = ask("POST", f"/orders/{order['id']}/{verb}", json=body)
        assert answer.status == 200, answer.body
        return answer.json

    orders = {
        "draft": draw_up(acme, [flour]),
        "late": draw_up(acme, [flour, salt], expected_at=PAST),
        "soon": draw_up(best, [salt], expected_at=FUTURE, internal_number="x-77"),
        "done": draw_up(acme, [salt, salt], expected_at=PAST),
        "off": draw_up(best, [flour]),
        "sold": draw_up(None, [flour], type="sales", customer="Ana", expected_at=PAST),
    }
    for name in ("late", "soon", "done", "sold"):
        act(orders[name], "place")
    act(orders["off"], "cancel")
    act(orders["done"], "receive", {})
    act(orders["sold"], "ship", {"lines": [{"line_id": "0001", "quantity": 1}]})
    names = {order["id"]: name for name, order in orders.items()}
    ids = {"acme": acme, "best": best, "flour": flour, "salt": salt}
    return orders, names, ids


@pytest.fixture
def listed(ask, world):
    """The names of the orders that are listed, with pages of a size."""
    _, names, ids = world

    def read(limit=50, **query):
        filled = {name: ids.get(value, value) for name, value in query.items()}
        found, cursor = [], None
        while True:
            paged = {**filled, "limit": limit, **({"cursor": cursor} if cursor else {})}
            answer = ask("GET", "/orders", query=paged)
            assert answer.status == 200, answer.body
            assert len(answer.json["orders"]) <= limit
            found += [names[order["id"]] for order in answer.json["orders"]]
            cursor = answer.json["next_cursor"]
            if cursor is None:
                return found

    return read


CASES = [
    ({}, ["sold", "off", "done", "soon", "late", "draft"]),
    ({"type": "sales"}, ["sold"]),
    ({"type": "purchase", "status": "draft"}, ["draft"]),
    ({"status": "open"}, ["sold", "soon", "late"]),
    ({"status": "placed"}, ["soon", "late"]),
    ({"status": "partially_shipped"}, ["sold"]),
    ({"status": "completed"}, ["done"]),
    ({"status": "cancelled"}, ["off"]),
    ({"supplier_id": "acme"}, ["done", "late", "draft"]),
    ({"supplier_id": "acme", "status": "open"}, ["late"]),
    ({"item_id": "flour"}, ["sold", "off", "late", "draft"]),
    ({"item_id": "salt"}, ["done", "soon", "late"]),
    ({"item_id": "salt", "supplier_id": "best"}, ["soon"]),
    ({"late": True}, ["late", "sold"]),
    ({"late": True, "type": "purchase"}, ["late"]),
    ({"late": False, "status": "open"}, ["soon"]),
    ({"q": "X-7"}, ["soon"]),
    ({"q": "po-", "type": "purchase"}, ["off", "done", "late", "draft"]),
    ({"q": "SO-", "type": "purchase"}, []),
    ({"q": "zzz"}, []),
    ({"supplier_id": "spl_none"}, []),
]


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_what_is_listed(listed, limit):
    for query, expected in CASES:
        found = listed(limit, **query)
        assert sorted(found) == sorted(expected), query
        if "late" not in query or query.get("late") is False:
            assert found == expected, query


def test_late_ones_are_marked(ask, world):
    _, names, _ = world
    orders = ask("GET", "/orders").json["orders"]
    assert {names[order["id"]] for order in orders if order["late"]} == {"late", "sold"}


def test_a_line_of_the_list(ask, world):
    orders, _, _ = world
    found = ask("GET", "/orders", query={"status": "partially_shipped"}, caller=VIEWER).json
    (sold,) = found["orders"]
    assert (sold["customer"], sold["supplier_id"], sold["total"]) == ("Ana", None, "4.00")
    assert (sold["lines"], sold["open_lines"]) == (1, 1)
    (soon,) = ask("GET", "/orders", query={"q": "x-77"}).json["orders"]
    assert (soon["supplier_name"], soon["internal_number"]) == ("Best", "x-77")
    assert soon["id"] == orders["soon"]["id"]


def test_names_stay_those_at_that_time(ask, world):
    orders, _, ids = world
    assert ask("PATCH", f"/suppliers/{ids['acme']}", json={"name": "Zenith"}).status == 200
    patch = {"name": "Sea salt", "status": "archived"}
    path, match = f"/items/{ids['salt']}", {"If-Match": "*"}
    assert ask("PATCH", path, json=patch, headers=match).status == 200
    before = orders["done"]
    after = ask("GET", f"/orders/{before['id']}").json
    assert (after["supplier_name"], after["total"]) == (before["supplier_name"], before["total"])
    assert [line["item_name"] for line in after["lines"]] == ["Salt", "Salt"]


def test_a_cursor_is_of_its_list(ask, world):
    cursor = ask("GET", "/orders", query={"limit": 1}).json["next_cursor"]
    problem(ask("GET", "/orders", query={"limit": 1, "cursor": cursor, "status": "draft"}), 400)
    problem(ask("GET", "/orders", query={"cursor": f"{cursor}x"}), 400)


def test_a_token_of_one_warehouse_sees_its_orders(ask, create, world, hall):
    yard = create("/warehouses", name="Yard")["id"]
    scopes = frozenset({"orders:read", "orders:write"})
    bound = replace(MANAGER, limits=TokenLimits("tok_1", scopes, frozenset({yard})))
    orders, _, ids = world
    assert ask("GET", "/orders", caller=bound).json["orders"] == []
    problem(ask("GET", f"/orders/{orders['draft']['id']}", caller=bound), 404)
    problem(ask("POST", f"/orders/{orders['draft']['id']}/place", caller=bound), 404)
    line = {"item_id": ids["salt"], "quantity": 1}
    body = {"type": "sales", "customer": "Ana", "lines": [line]}
    problem(ask("POST", "/orders", json={**body, "warehouse_id": hall}, caller=bound), 404)
    own = ask("POST", "/orders", json={**body, "warehouse_id": yard}, caller=bound)
    assert own.status == 201, own.body
    assert len(ask("GET", "/orders", caller=bound).json["orders"]) == 1


@pytest.mark.parametrize("query", [{}, {"status": "draft"}, {"late": True}, {"q": "PO"}])
def test_a_page_costs_what_is_on_it(ask, create, world, hall, query):
    """However many orders there are."""
    ids = world[2]

    def cost():
        with measure(clients.dynamodb()) as units:
            assert ask("GET", "/orders", query={**query, "limit": 2}).status == 200
        return units.reads

    few = cost()
    for _ in range(12):
        line = {"item_id": ids["flour"], "quantity": 1, "price": "1"}
        body = {"supplier_id": ids["acme"], "warehouse_id": hall, "lines": [line]}
        create("/orders", type="purchase", **body)
    assert cost() <= few + 2


def test_a_page_of_movements_costs_what_is_on_it(ask, create, hall, flour):
    acme = create("/suppliers", name="Acme")["id"]
    lines = [{"item_id": flour, "quantity": 9, "price": "1"}]
    order = create("/orders", type="purchase", supplier_id=acme, warehouse_id=hall, lines=lines)
    path = f"/orders/{order['id']}"
    for verb, body in (("place", {}), ("receive", {"lines": [{"line_id": "0001", "quantity": 1}]})):
        assert ask("POST", f"{path}/{verb}", json=body).status == 200
    table = stock_table()
    (posted,) = table.query_all(keys.posted(order["id"]))
    # As many receipts of a hundred lines came before.
    table.put_all(
        {
            **posted,
            **keys.posting_of_order(order["id"], f"2020-01-01T00:00:00.{number:03}Z", "pst_1"),
            "movements": posted["movements"] * 100,
        }
        for number in range(40)
    )
    with measure(clients.dynamodb()) as units:
        page = ask("GET", f"{path}/movements", query={"limit": 1}).json
    assert len(page["movements"]) == 1
    assert page["next_cursor"]
    # Half a unit for each 4 KB of this receipt and the one before, the movement, the order.
    assert units.reads <= 4
