"""Kits: what they are made of, without cycles, and how many of them there are."""

import itertools
from dataclasses import replace

import pytest

from stockwarden.bootstrap.stores import stock_table
from stockwarden.identity.access import TokenLimits
from stockwarden.storage.keys import stock as keys
from tests.functions.stock.conftest import MANAGER, OPERATOR, VIEWER
from tests.support.problems import problem


@pytest.fixture
def available(ask, hall):
    def read(kit, **query):
        path = f"/items/{kit}/availability"
        answer = ask("GET", path, query={"warehouse_id": hall, **query})
        assert answer.status == 200, answer.body
        return answer.json

    return read


def test_an_item_with_components_is_a_kit(ask, item, put_components):
    box, bolt = item("Box"), item("Bolt")
    path = f"/items/{box}/components"
    before = ask("GET", path)
    assert (before.json["components"], before.json["version"]) == ([], 0)
    answer = put_components(box, (bolt, 2, {"unit": "dozen"}), version=before.headers["etag"])
    assert (answer.status, answer.json["version"]) == (200, 1)
    (line,) = answer.json["components"]
    assert (line["quantity"], line["unit"], line["base_quantity"]) == (2, "dozen", 24)
    assert (line["name"], line["is_kit"]) == ("Bolt", False)
    assert ask("GET", path).json == answer.json
    assert ask("GET", f"/items/{bolt}/components").json["used_in"] == [
        {"item_id": box, "name": "Box"}
    ]
    assert put_components(box, (bolt, 2, {"unit": "dozen"})).json["version"] == 1
    problem(put_components(box, (bolt, 3), version='"0"'), 412)
    problem(put_components(box, (bolt, 3), version=None), 428)
    assert put_components(box).json["components"] == []
    assert ask("GET", "/kits").json["kits"] == []
    assert ask("GET", f"/items/{bolt}/components").json["used_in"] == []


def test_only_managers_draw_up_kits(ask, item, put_components):
    box, bolt = item("Box"), item("Bolt")
    problem(put_components(box, (bolt, 1), caller=OPERATOR), 403)
    assert ask("GET", f"/items/{box}/components", caller=VIEWER).status == 200


@pytest.mark.parametrize(
    ("component", "pointer"),
    [
        ({"quantity": 0}, "/components/1/quantity"),
        ({"quantity": -1}, "/components/1/quantity"),
        ({"quantity": 1.5}, "/components/1/quantity"),
        ({"unit": "kg"}, "/components/1/unit"),
        ({"unit": "none"}, "/components/1/unit"),
        ({"item_id": "item_none"}, "/components/1/item_id"),
        ({"item_id": "no id!"}, "/components/1/item_id"),
        ({"price": 1}, "/components/1/price"),
    ],
)
def test_a_wrong_component_is_named(ask, item, component, pointer):
    box, bolt = item("Box"), item("Bolt")
    line = {"item_id": bolt, "quantity": 1}
    body = {"components": [line, {**line, **component}]}
    answer = ask("PUT", f"/items/{box}/components", json=body, headers={"If-Match": "*"})
    assert [error["pointer"] for error in problem(answer, 422)["errors"]] == [pointer]


def test_no_kit_contains_itself(item, kit, put_components):
    a = item("A")
    answer = problem(put_components(a, (a, 1)), 422)
    assert "A → A" in answer["detail"]
    c = item("C")
    b = kit("B", (c, 1))
    assert put_components(a, (b, 1)).status == 200
    nut = item("Nut")
    answer = problem(put_components(c, (nut, 1), (a, 1)), 422)
    assert "C → A → B → C" in answer["detail"]
    assert answer["errors"][0]["pointer"] == "/components/1/item_id"
    assert put_components(c, (nut, 1)).status == 200


def test_fifty_deep(item, put_components, available, move):
    chain = [item(f"Level {number}") for number in range(51)]
    for outer, inner in itertools.pairwise(chain):
        assert put_components(outer, (inner, 1)).status == 200
    assert move("receipt", 3, item_id=chain[-1]).status == 201
    assert available(chain[0])["can_be_assembled"] == 3
    problem(put_components(chain[-1], (chain[0], 1)), 422)


@pytest.mark.parametrize(
    ("kits", "stock", "expected"),
    [
        ({"A": {"B": [2]}}, {"B": 3}, 1),
        ({"A": {"B": [1]}, "B": {"C": [2]}}, {"C": 20}, 10),
        ({"A": {"B": [1], "C": [1]}, "B": {"C": [2]}}, {"C": 20}, 6),
        ({"A": {"B": [1], "C": [1]}, "B": {"C": [2]}}, {"B": 4, "C": 20}, 9),
        ({"A": {"P": [3, 2]}}, {"P": 9}, 1),
        ({"A": {"P": [3]}}, {}, 0),
    ],
)
def test_how_many_there_are(*, item, put_components, move, available, kits, stock, expected):
    """C14."""
    ids = {name: item(name) for name in ("A", "B", "C", "P")}
    for name, parts in reversed(kits.items()):
        lines = [(ids[part], each) for part, several in parts.items() for each in several]
        assert put_components(ids[name], *lines).status == 200
    for name, quantity in stock.items():
        assert move("receipt", quantity, item_id=ids[name]).status == 201
    answer = available(ids["A"])
    assert (answer["can_be_assembled"], answer["available"]) == (expected, expected)
    assert answer["in_stock"] == 0
    assert available(ids["A"], quantity=expected or 1)["short_items"] == (0 if expected else 1)
    short = available(ids["A"], quantity=expected + 1)["short"]
    assert len(short) == 1
    assert short[0]["short"] > 0


def test_what_is_not_free_does_not_count(*, ask, create, kit, move, hall, available, flour):
    box = kit("Box", (flour, 1))
    places = {"item_id": flour, "warehouse_id": hall}
    for lot, expiry in (("NEW", "2099-01-01"), ("OLD", "2020-01-01"), ("BAD", "2099-01-01")):
        assert move("receipt", 10, lot=lot, expiry_date=expiry).status == 201
    patch = {"status": "quarantined"}
    assert ask("PATCH", f"/items/{flour}/lots/BAD", json=patch).status == 200
    create("/reservations", **places, lot="NEW", quantity=4)
    answer = available(box)
    assert answer["can_be_assembled"] == 6
    assert answer["components"][0]["free"] == 6
    yard = create("/warehouses", name="Yard")["id"]
    assert available(box, warehouse_id=yard)["can_be_assembled"] == 0
    everywhere = ask("GET", f"/items/{box}/availability").json
    assert (everywhere["warehouse_id"], everywhere["can_be_assembled"]) == (None, 6)


def test_what_is_short_from_whom_and_when(*, ask, create, item, kit, move, available):
    bolt, nut = item("Bolt"), item("Nut")
    pair = kit("Pair", (bolt, 1), (nut, 1))
    box = kit("Box", (pair, 2))
    assert move("receipt", 1, item_id=pair).status == 201
    assert move("receipt", 30, item_id=nut).status == 201
    offers = {"Slow": ("5.00", 9, 10), "Quick": ("9.00", 2, 10), "Dear": ("9.50", 2, 10)}
    for name, (price, days, size) in offers.items():
        supplier = create("/suppliers", name=name)["id"]
        part = {"part_number": "B", "unit": "pcs", "pack_size": size, "price": price}
        path = f"/suppliers/{supplier}/parts/{bolt}"
        assert ask("PUT", path, json={**part, "lead_time_days": days}).status == 200
    answer = available(box, quantity=10)
    (short,) = answer["short"]
    assert (short["name"], short["needed"], short["short"]) == ("Bolt", 19, 19)
    assert (short["source"]["supplier"], short["source"]["packs"]) == ("Quick", 2)
    assert short["source"]["lead_time_days"] == 2
    assert short["source"]["expected_at"] is not None
    assert short["on_order"] == []
    assert [(each["name"], each["quantity"]) for each in answer["sub_kits"]] == [("Pair", 19)]


def test_what_is_on_order_is_told(*, ask, create, item, kit, hall, available):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 2))
    supplier = create("/suppliers", name="Acme")["id"]
    order = create(
        "/orders",
        type="purchase",
        supplier_id=supplier,
        warehouse_id=hall,
        expected_at="2099-01-31T00:00:00Z",
        lines=[{"item_id": bolt, "quantity": 1, "unit": "dozen", "price": "1"}],
    )
    assert available(box, quantity=3)["short"][0]["on_order"] == []
    assert ask("POST", f"/orders/{order['id']}/place", json={}).status == 200
    (expected,) = available(box, quantity=3)["short"][0]["on_order"]
    assert (expected["quantity"], expected["order_id"]) == (12, order["id"])
    assert expected["expected_at"].startswith("2099-01-31")


def test_a_token_sees_what_is_on_order_for_its_warehouses(*, ask, create, item, kit, hall):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    supplier = create("/suppliers", name="Acme")["id"]
    for warehouse_id in (hall, create("/warehouses", name="There")["id"]):
        lines = [{"item_id": bolt, "quantity": 1}]
        order = {"type": "purchase", "supplier_id": supplier, "warehouse_id": warehouse_id}
        order_id = create("/orders", **order, lines=lines)["id"]
        assert ask("POST", f"/orders/{order_id}/place").status == 200
    limits = TokenLimits("tok", frozenset({"items:read"}), frozenset({hall}))
    query = {"quantity": "3", "warehouse_id": hall}
    answer = ask(
        "GET", f"/items/{box}/availability", query=query, caller=replace(MANAGER, limits=limits)
    )
    (short,) = answer.json["short"]
    assert [each["warehouse_id"] for each in short["on_order"]] == [hall]


def test_a_component_that_was_just_made_is_told(*, ask, item, put_components, monkeypatch):
    """Reads that are not consistent may miss it for a moment."""
    bolt = item("Bolt")
    box, table = item("Box"), stock_table()
    get_many, new = table.get_many, keys.head(bolt)

    def get_what_is_old(wanted, *, consistent=False):
        return get_many([key for key in wanted if consistent or key != new], consistent=consistent)

    monkeypatch.setattr(table, "get_many", get_what_is_old)
    assert put_components(box, (bolt, 2)).status == 200
    (line,) = ask("GET", f"/items/{box}/components").json["components"]
    assert line["name"] == "Bolt"
    (component,) = ask("GET", f"/items/{box}/availability").json["components"]
    assert component["name"] == "Bolt"


def test_a_kit_keeps_its_unit(ask, item, kit, put_components):
    """Its components are those of one in that unit: of a dozen, a twelfth would be taken."""
    bolt = item("Bolt")
    box = kit("Box", (bolt, 2))
    change = {"json": {"unit": "dozen"}, "headers": {"If-Match": "*"}}
    refused = problem(ask("PATCH", f"/items/{box}", **change), 409)
    assert "Box is a kit that is counted in pcs" in refused["detail"]
    assert put_components(box).status == 200
    assert ask("PATCH", f"/items/{box}", **change).status == 200


def test_of_something_that_is_no_kit(moved, available, flour):
    moved("receipt", 5)
    answer = available(flour, quantity=3)
    assert (answer["is_kit"], answer["in_stock"], answer["available"]) == (False, 5, 5)
    assert answer["short"] == []


def test_a_kit_that_is_not_assembled_is_worth_nothing(item, kit, moved, movements, ask):
    """C17."""
    part = item("Part")
    moved("receipt", 10, item_id=part, unit_cost="1.00")
    box = kit("Box", (part, 1))
    assert ask("GET", f"/items/{box}").json["quantity"] == 0
    assert movements(box) == []
    assert [each["value"] for each in movements(part)] == ["10.00"]


def test_kits_are_listed_by_name(ask, item, kit):
    bolt = item("Bolt")
    for name in ("Écrin", "box", "Zip", "Dose"):
        kit(name, (bolt, 1), (bolt, 2), sku=f"K-{name.upper()}")
    found, cursor = [], None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", "/kits", query=query).json
        found += page["kits"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [each["name"] for each in found] == ["box", "Dose", "Écrin", "Zip"]
    assert {each["components"] for each in found} == {2}
    for text, name in (("ecr", "Écrin"), ("k-zip", "Zip")):
        assert [each["name"] for each in ask("GET", "/kits", query={"q": text}).json["kits"]] == [
            name
        ]
    ask("PATCH", f"/items/{found[0]['id']}", json={"name": "Yard"}, headers={"If-Match": "*"})
    names = [each["name"] for each in ask("GET", "/kits").json["kits"]]
    assert names == ["Dose", "Écrin", "Yard", "Zip"]


def test_kits_and_components_are_not_deleted(ask, item, kit, put_components):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    refused = problem(ask("DELETE", f"/items/{bolt}"), 409)
    assert "Box" in refused["detail"]
    assert refused["used_by"] == {"kits": 1}
    assert problem(ask("DELETE", f"/items/{box}"), 409)["used_by"] == {"kits": 1}
    assert put_components(box).status == 200
    assert ask("DELETE", f"/items/{bolt}").status == 204
    assert ask("DELETE", f"/items/{box}").status == 204


def test_a_component_whose_unit_is_another_by_now(ask, create, item, kit):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    change = {"unit": "dozen"}
    assert ask("PATCH", f"/items/{bolt}", json=change, headers={"If-Match": "*"}).status == 200
    assert "dozen" in problem(ask("GET", f"/items/{box}/availability"), 409)["detail"]


def test_what_is_not_there(ask, put_components):
    for path in ("/items/item_none/components", "/items/no id/availability"):
        problem(ask("GET", path), 404)
    problem(put_components("item_none"), 404)
