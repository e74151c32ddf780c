"""What the stock is worth, over HTTP: as the projections have it after the stream."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap.projections import generations, refresh
from stockwarden.core.clock import iso
from stockwarden.identity.access import Role, TokenLimits
from tests.functions.stock.conftest import GUEST, MANAGER, STRANGER
from tests.support.gateway import USER
from tests.support.problems import problem

PATH = "/analytics/stock-value"


@pytest.fixture
def value(ask):
    def read(**query):
        answer = ask("GET", PATH, query=query)
        assert answer.status == 200, answer.body
        return answer.json

    return read


@pytest.fixture
def goods(create, ask, hall):
    """`goods(category=…, unit_cost="2")` makes an item, and brings ten of it into a warehouse."""

    def make(quantity=10, warehouse_id=hall, **facts):
        item = create("/items", **{"name": "Thing", "currency": "EUR", **facts})
        line = {"item_id": item["id"], "warehouse_id": warehouse_id, "kind": "receipt"}
        answer = ask("POST", "/movements", json={**line, "quantity": quantity})
        assert answer.status == 201, answer.body
        return item["id"]

    return make


def groups(answer):
    return {(each["id"], each["name"]): (each["value"], each["items"]) for each in answer["groups"]}


def test_nothing_is_worth_nothing(value, stream):
    assert value() == {
        "as_of": None,
        "day": None,
        "by": "warehouse",
        "warehouse_id": None,
        "currency": None,
        "currencies": [],
        "groups": [],
        "next_cursor": None,
        "history": [],
    }
    stream()
    assert value()["groups"] == []
    assert value()["as_of"] == "2026-03-02T12:00:00.000Z"


def test_by_category_supplier_type_and_warehouse(create, goods, stream, value, hall):
    bolts = create("/categories", name="Bolts")["id"]
    acme = create("/suppliers", name="Acme")["id"]
    food = create("/inventory-types", name="Food")["id"]
    yard = create("/warehouses", name="Yard")["id"]
    goods(category=bolts, supplier=acme, unit_cost="2.50")
    goods(category=bolts, unit_cost="0.10", warehouse_id=yard)
    goods(inventory_type=food, unit_cost="1.00")
    stream()
    assert groups(value(by="category")) == {
        (bolts, "Bolts"): ("26.00", 2),
        (None, None): ("10.00", 1),
    }
    assert groups(value(by="supplier")) == {
        (acme, "Acme"): ("25.00", 1),
        (None, None): ("11.00", 2),
    }
    assert groups(value(by="type")) == {(None, None): ("26.00", 2), (food, "Food"): ("10.00", 1)}
    assert groups(value()) == {(hall, "Hall"): ("35.00", 2), (yard, "Yard"): ("1.00", 1)}
    there = value(by="category", warehouse_id=yard)
    assert groups(there) == {(bolts, "Bolts"): ("1.00", 1)}
    assert there["currencies"] == [{"currency": "EUR", "value": "1.00", "items": 1}]
    assert [each["share"] for each in value()["groups"]] == [0.9722, 0.0278]


def test_what_moves_and_what_is_described_anew_changes_it(
    *, ask, create, goods, stream, value, hall
):
    bolts, nuts = (create("/categories", name=name)["id"] for name in ("Bolts", "Nuts"))
    yard = create("/warehouses", name="Yard")["id"]
    item = goods(category=bolts, unit_cost="2.50")
    stream()
    line = {"item_id": item, "warehouse_id": hall, "kind": "transfer", "quantity": 4}
    assert ask("POST", "/movements", json={**line, "to": {"warehouse_id": yard}}).status == 201
    assert ask("PUT", f"/items/{item}", json={"category": nuts}).status == 200
    stream()
    assert groups(value(by="category")) == {(nuts, "Nuts"): ("25.00", 1)}
    assert groups(value()) == {(hall, "Hall"): ("15.00", 1), (yard, "Yard"): ("10.00", 1)}
    assert groups(value(by="category", warehouse_id=yard)) == {(nuts, "Nuts"): ("10.00", 1)}


def test_currencies_are_never_added(goods, stream, value):
    goods(unit_cost="2.00")
    goods(unit_cost="3.00")
    goods(unit_cost="100.00", currency="USD")
    goods(unit_cost="7.00", currency=None)
    stream()
    euros = value()
    assert euros["currency"] == "EUR"
    assert [tuple(each.values()) for each in euros["currencies"]] == [
        ("EUR", "50.00", 2),
        ("USD", "1000.00", 1),
        (None, "70.00", 1),
    ]
    assert [each["value"] for each in euros["groups"]] == ["50.00"]
    assert [each["value"] for each in value(currency="USD")["groups"]] == ["1000.00"]
    assert value(currency="CHF")["groups"] == []


def test_the_kit_that_was_not_assembled_counts_nothing(goods, stream, value):
    """A component of 10 is 10: the kit that could be made of it adds nothing."""
    goods(quantity=1, unit_cost="10.00")
    goods(quantity=0.5, unit_cost="0.00", unit="kg", name="Kit")
    stream()
    assert value()["currencies"] == [{"currency": "EUR", "value": "10.00", "items": 2}]


def test_pages_by_value(create, goods, stream, value):
    made = [create("/categories", name=f"C{number}")["id"] for number in range(5)]
    for number, category in enumerate(made):
        goods(quantity=number + 1, category=category, unit_cost="1.00")
    stream()
    found, cursor = [], None
    while True:
        page = value(by="category", limit=2, **({"cursor": cursor} if cursor else {}))
        found += [each["id"] for each in page["groups"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == made[::-1]


def test_the_ends_of_days_are_kept(*, goods, stream, value, ask, monkeypatch, hall):
    item = goods(unit_cost="2.00")
    stream()
    monkeypatch.setattr(refresh().day_ends, "clock", lambda: datetime(2026, 3, 3, 0, 5, tzinfo=UTC))
    assert refresh().day_ends.keep_if_due(generations()) is True
    assert refresh().day_ends.keep_if_due(generations()) is False
    line = {"item_id": item, "warehouse_id": hall, "kind": "issue", "quantity": 9}
    assert ask("POST", "/movements", json=line).status == 201
    stream()
    assert value()["groups"][0]["value"] == "2.00"
    then = value(day="2026-03-02", by="category")
    assert (then["day"], then["as_of"]) == ("2026-03-02", "2026-03-03T00:05:00.000Z")
    assert groups(then) == {(None, None): ("20.00", 1)}
    assert then["currencies"] == [{"currency": "EUR", "value": "20.00", "items": 1}]
    problem(ask("GET", PATH, query={"day": "2026-03-01"}), 404)


def test_its_history_is_by_when_things_happened(*, goods, views, value, ask, hall, monkeypatch):
    item = goods(quantity=1, unit_cost="2.00")
    now = datetime.now(UTC)
    for age, kind, quantity in ((9, "receipt", 10), (3, "issue", 5)):
        moment = iso(now - timedelta(days=age))
        line = {"item_id": item, "warehouse_id": hall, "kind": kind, "quantity": quantity}
        assert ask("POST", "/movements", json={**line, "effective_at": moment}).status == 201
    monkeypatch.setattr(refresh(), "clock", lambda: now)
    views()
    history = value(history_days=12)["history"]
    assert [each["value"] for each in history] == [
        *["0.00"] * 2,
        *["20.00"] * 6,
        *["10.00"] * 3,
        "12.00",
    ]
    assert history[-1]["day"] == now.date().isoformat()
    assert len(value()["history"]) == 90
    assert value(history_days=0)["history"] == []
    assert value(currency="CHF")["history"] == []


def test_who_may_read_it(ask, goods, stream, share, hall):
    goods(unit_cost="2.00")
    stream()
    problem(ask("GET", PATH, caller=replace(USER, role=Role.MEMBER)), 403)
    foreign = ask("GET", PATH, caller=STRANGER)
    # The figures are the company's; the name is of a warehouse that this one does not see.
    assert [(each["id"], each["name"]) for each in foreign.json["groups"]] == [(hall, None)]
    problem(ask("GET", PATH, query={"warehouse_id": hall}, caller=STRANGER), 404)
    share(hall, "viewer")
    there = ask("GET", PATH, query={"warehouse_id": hall}, caller=GUEST)
    assert there.json["currencies"][0]["value"] == "20.00"
    limits = TokenLimits("tok_1", frozenset({"stock:read"}), frozenset({hall}))
    bound = replace(MANAGER, limits=limits)
    assert "name one" in problem(ask("GET", PATH, caller=bound), 403)["detail"]
    assert ask("GET", PATH, query={"warehouse_id": hall}, caller=bound).status == 200


@pytest.mark.parametrize("query", ["by=colour", "currency=euro", "day=yesterday", "limit=0"])
def test_other_queries_are_refused(ask, query):
    problem(ask("GET", f"{PATH}?{query}"), 422)
