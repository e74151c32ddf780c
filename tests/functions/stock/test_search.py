"""GET /search finds orders and kits."""

from dataclasses import replace

import pytest

from stockwarden.bootstrap.search_index import search_log
from stockwarden.identity.access import TokenLimits
from tests.functions.stock.conftest import VIEWER
from tests.functions.stock.test_orders import acme, draw_up
from tests.support.search import streams

__all__ = ["acme", "draw_up", "streams"]


@pytest.fixture
def find(ask):
    def search(q, caller=VIEWER, **query):
        answer = ask("GET", "/search", query={"q": q, **query}, caller=caller)
        assert answer.status == 200, answer.body
        return [(each["type"], each["title"]) for each in answer.json["results"]]

    return search


def test_orders_by_their_number_its_parts_and_the_other_party(draw_up, streams, find, ask, hall):
    first, second = draw_up(), draw_up()
    number = first["internal_number"]
    streams.deliver()
    for text in (number, number.lower().replace("-", ""), number.partition("-")[2]):
        assert find(text) == [("order", number)]
    both = {("order", number), ("order", second["internal_number"])}
    assert set(find("acme", type="order")) == both
    assert set(find("acme")) == both | {("supplier", "Acme")}
    assert ask("POST", f"/orders/{first['id']}/place").status == 200
    streams.deliver()
    (result,) = ask("GET", "/search", query={"q": number}, caller=VIEWER).json["results"]
    assert (result["status"], result["subtitle"]) == ("placed", "Acme")
    assert (result["id"], result["warehouse_id"]) == (first["id"], hall)


def test_a_token_finds_the_orders_of_its_warehouses(draw_up, streams, find, hall):
    number = draw_up()["internal_number"]
    streams.deliver()
    for warehouses, found in (({hall}, [("order", number)]), ({"wh_elsewhere"}, []), (set(), [])):
        limits = TokenLimits("tok_1", frozenset({"items:read"}), frozenset(warehouses))
        assert find(number, replace(VIEWER, limits=limits)) == found


def test_an_item_with_components_is_a_kit(create, streams, find, ask, flour):
    cake = create("/items", name="Cake")["id"]
    streams.deliver()
    assert find("cake") == [("item", "Cake")]

    def compose(*components):
        body = {"components": [{"item_id": each, "quantity": 2} for each in components]}
        headers = {"If-Match": "*"}
        answer = ask("PUT", f"/items/{cake}/components", json=body, headers=headers)
        assert answer.status == 200, answer.body
        streams.deliver()

    for _ in range(2):
        compose(flour)
        assert find("cake") == [("kit", "Cake")]
        assert find("cake", type="item") == [("item", "Cake")]
        compose()
        assert find("cake") == [("item", "Cake")]
    compose(flour)
    changed = ask("PATCH", f"/items/{cake}", json={"name": "Pie"}, headers={"If-Match": "*"})
    assert changed.status == 200
    streams.deliver()
    assert find("pie") == [("kit", "Pie")]
    assert find("cake") == []


def test_movements_of_a_kit_change_nothing_of_what_is_found(create, streams, ask, flour, move):
    streams.deliver()
    before = len(streams.changes())
    move(kind="receipt", quantity=2)
    seq = search_log().last_seq()
    assert streams.deliver()
    assert (before, search_log().last_seq()) == (0, seq)
