"""What is read of the ledger: movements, stock at an instant, what is where; in pages."""

from dataclasses import replace

import pytest

from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import TokenLimits
from tests.functions.stock.conftest import GUEST, MANAGER
from tests.support.problems import problem


def pages(ask, path, name, **query):
    """All pages of a list: their entries."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = ask("GET", path, query={**query, **more})
        assert answer.status == 200, answer.body
        found.append(answer.json[name])
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return found


@pytest.fixture
def days(moved):
    """One more piece on each day of January 2026, recorded in another order."""
    for day in (1, 5, 4, 3, 2, *range(6, 13)):
        moved("receipt", 1, effective_at=f"2026-01-{day:02}T08:00:00Z")


def test_stock_at_instants(ask, days, flour):
    for moment, expected in (
        ("2026-01-01T07:59:59.999Z", 0),
        ("2026-01-01T08:00:00Z", 1),
        ("2026-01-03T12:00:00+02:00", 3),
        ("2026-01-12T08:00:00Z", 12),
    ):
        answer = ask("GET", f"/items/{flour}/stock", query={"at": moment}).json
        assert answer["quantity"] == expected
        assert sum(each["quantity"] for each in answer["movements"]) == expected
        assert sum(each["quantity"] for each in answer["balances"]) == expected
    assert ask("GET", f"/items/{flour}/stock").json["quantity"] == 12


@pytest.mark.parametrize("name", ["movements", "stock"])
@pytest.mark.parametrize("limit", [1, 5, 12])
def test_movements_are_paged_newest_first(*, ask, days, flour, hall, name, limit):
    path = f"/items/{flour}/{name}"
    for query in ({}, {"warehouse_id": hall}):
        found = pages(ask, path, "movements", limit=limit, **query)
        moments = [each["effective_at"] for page in found for each in page]
        assert len(moments) == 12
        assert moments == sorted(set(moments), reverse=True)
        assert {len(page) for page in found[:-1]} <= {limit}


def test_a_cursor_is_for_one_list(ask, days, flour):
    path = f"/items/{flour}/stock"
    cursor = ask("GET", path, query={"limit": 2}).json["next_cursor"]
    other = {"limit": 2, "cursor": cursor, "at": "2026-01-05T08:00:00Z"}
    problem(ask("GET", path, query=other), 400)
    problem(ask("GET", path, query={"cursor": f"{cursor}x"}), 400)


@pytest.mark.parametrize("moment", ["2026-01-01T08:00:00", "yesterday", "1999-01-01T00:00:00Z"])
def test_an_instant_has_an_offset(ask, flour, moment):
    (error,) = problem(ask("GET", f"/items/{flour}/stock", query={"at": moment}), 422)["errors"]
    assert (error["in"], error["pointer"]) == ("query", "/at")


def test_what_is_not_there(ask, hall):
    for name in ("stock", "movements"):
        for item_id in ("item_none", "x-y"):
            problem(ask("GET", f"/items/{item_id}/{name}"), 404)
    problem(ask("GET", "/warehouses/wh_none/stock"), 404)
    assert ask("GET", f"/warehouses/{hall}/stock").json == {"balances": [], "next_cursor": None}


@pytest.fixture
def shelves(create, moved):
    """Three items at four places of the hall each, and one place that is empty again."""
    items = [create("/items", name=name)["id"] for name in ("Oil", "Rice", "Salt")]
    for item_id in items:
        for location, lot in (("A", "L1"), ("A", "L2"), ("B", None), (None, None)):
            moved("receipt", 2, item_id=item_id, location=location, lot=lot)
    moved("receipt", 1, item_id=items[0], location="C")
    moved("issue", 1, item_id=items[0], location="C")
    return items


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_what_is_where(ask, shelves, hall, limit):
    path = f"/warehouses/{hall}/stock"

    def read(**query):
        found = pages(ask, path, "balances", limit=limit, **query)
        return [(each["item_id"], each["location"], each["lot"]) for page in found for each in page]

    everything = read()
    assert len(everything) == len(set(everything)) == 12
    assert [where for _, where, _ in everything] == ["A"] * 6 + ["B"] * 3 + [None] * 3
    rice = [each for each in everything if each[0] == shelves[1]]
    assert read(item_id=shelves[1]) == rice
    assert set(read(location="a")) == {each for each in everything if each[1] == "A"}
    at = read(location="A", item_id=shelves[2])
    assert at == [(shelves[2], "A", "L1"), (shelves[2], "A", "L2")]
    assert read(location="C") == read(location="Z") == []


def test_a_line_says_what_it_is(ask, moved, hall, flour):
    moved("receipt", 5, location="A#1", lot="50%")
    (line,) = ask("GET", f"/warehouses/{hall}/stock", query={"location": "a#1"}).json["balances"]
    assert (line["item_name"], line["unit"], line["quantity"]) == ("Flour", "pcs", 5)
    assert (line["location"], line["lot"], line["reserved"]) == ("A#1", "50%", 0)


def test_a_token_of_one_warehouse_sees_only_that(ask, create, moved, hall, flour):
    yard = create("/warehouses", name="Yard")["id"]
    moved("receipt", 5)
    moved("receipt", 7, warehouse_id=yard)
    places = [{"item_id": flour, "warehouse_id": each} for each in (hall, yard)]
    count = create("/counts", lines=places)
    reserved = create("/reservations", **places[1], quantity=1)
    scopes = frozenset({"items:read", "stock:read", "warehouses:read"})
    bound = replace(MANAGER, limits=TokenLimits("tok_1", scopes, frozenset({hall})))
    stock = ask("GET", f"/items/{flour}/stock", caller=bound).json
    assert (stock["quantity"], len(stock["movements"])) == (5, 1)
    assert len(ask("GET", f"/items/{flour}/movements", caller=bound).json["movements"]) == 1
    problem(ask("GET", f"/warehouses/{yard}/stock", caller=bound), 404)
    problem(ask("GET", f"/counts/{count['id']}", caller=bound), 404)
    problem(ask("GET", f"/reservations/{reserved['id']}", caller=bound), 404)


def test_a_movement_names_who_made_it(ask, hall, share, move, flour):
    """By name for as long as there is the account, and by its id for good."""
    share(hall, "operator")
    user_id = user_repository().find(GUEST.username).user_id
    made = move("receipt", 1, caller=replace(GUEST, user_id=user_id)).json
    assert (made["by"], made["by_name"]) == (user_id, GUEST.username)
    assert move("issue", 1).json["by_name"] == MANAGER.username
    for path in ("movements", "stock"):
        listed = ask("GET", f"/items/{flour}/{path}").json["movements"]
        assert [each["by_name"] for each in listed] == [None, GUEST.username]
