"""The consumption log: what was used leaves stock, is corrected once, and makes rates."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.consumption import rate_service
from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import TokenLimits
from stockwarden.stock.verification import LedgerVerification
from tests.functions.stock.conftest import MANAGER, VIEWER
from tests.support.problems import problem

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def use(ask, hall, flour):
    """`use(2, purpose="Cake")` answers."""

    def post(quantity, **more):
        options = {name: more.pop(name) for name in ("key", "caller") if name in more}
        body = {"item_id": flour, "warehouse_id": hall, "quantity": quantity, **more}
        body = {name: value for name, value in body.items() if value is not None}
        return ask("POST", "/consumption", json=body, **options)

    return post


@pytest.fixture
def used(use):
    def post(quantity, **more):
        answer = use(quantity, **more)
        assert answer.status == 201, answer.body
        return answer.json

    return post


@pytest.fixture
def correct(ask):
    def post(entry, body=None, **options):
        return ask("POST", f"/consumption/{entry['id']}/correction", json=body or {}, **options)

    return post


@pytest.fixture
def listed(ask):
    def read(**query):
        answer = ask("GET", "/consumption", query=query)
        assert answer.status == 200, answer.body
        return answer.json["consumption"]

    return read


@pytest.fixture
def rates(ask, flour):
    def read(**query):
        answer = ask("GET", "/consumption/rates", query=query or {"item_id": flour})
        assert answer.status == 200, answer.body
        return answer.json

    return read


@pytest.fixture
def now(clock, monkeypatch):
    def set_to(moment):
        clock(moment)
        monkeypatch.setattr(rate_service(), "clock", lambda: moment)

    return set_to


def test_what_was_used_leaves_stock(moved, used, movements, quantity, listed):
    moved("receipt", 10, location="A", unit_cost="2.50")
    entry = used(3, purpose="  Birthday cakes ", note="For Ana")
    assert (entry["quantity"], entry["standing"], entry["value"]) == (3, 3, "7.50")
    assert (entry["purpose"], entry["note"]) == ("Birthday cakes", "For Ana")
    assert (entry["by"], entry["by_name"]) == (MANAGER.user_id, None)
    (part,) = entry["parts"]
    assert (part["location"], part["quantity"], part["value"]) == ("A", 3, "7.50")
    movement = movements()[0]
    assert (movement["kind"], movement["quantity"]) == ("consumption", -3)
    assert movement["consumption_id"] == entry["id"]
    assert movement["id"] == part["movement_id"]
    assert quantity() == 7
    assert listed() == [entry]


def test_a_mistake_is_corrected_once_and_rates_are_as_if_once(
    *, moved, used, correct, listed, rates, quantity, flour, movements
):
    """C19."""
    moved("receipt", 20)
    first, twice = used(5), used(5)
    answer = correct(twice, {"note": "Logged twice"})
    assert answer.status == 201
    counter = answer.json
    assert (counter["corrects"], counter["quantity"], counter["standing"]) == (twice["id"], -5, 0)
    assert "already" in problem(correct(twice), 409)["detail"]
    assert "Nothing is left" in problem(correct(counter), 409)["detail"]
    assert quantity() == 15
    entries = {entry["id"]: entry for entry in listed()}
    assert entries[twice["id"]]["corrected_by"] == counter["id"]
    assert entries[first["id"]]["corrected_by"] is None
    assert sum(entry["quantity"] for entry in entries.values()) == 5
    (rate,) = rates()["rates"]
    assert (rate["quantity"], rate["entries"], rate["per_week"]) == (5, 1, 35)
    assert {each["kind"] for each in movements()} == {"receipt", "consumption", "reversal"}
    assert LedgerVerification(stores.stock_table()).differences(flour) == []


@pytest.mark.parametrize("right", [2, 7])
def test_corrected_to_another_quantity_and_again(
    *, moved, used, correct, rates, quantity, movements, right
):
    moved("receipt", 10, unit_cost="1.10")
    entry = used(5, purpose="Cake")
    correction = correct(entry, {"quantity": right}).json
    assert (correction["quantity"], correction["standing"]) == (right - 5, right)
    assert (correction["purpose"], correction["day"]) == ("Cake", entry["day"])
    assert quantity() == 10 - right
    again = correct(correction, {"quantity": 1}).json
    assert (again["quantity"], again["corrects"]) == (1 - right, correction["id"])
    assert quantity() == 9
    (rate,) = rates()["rates"]
    assert (rate["quantity"], rate["entries"], rate["value"]) == (1, 1, "1.10")
    (error,) = problem(correct(again, {"quantity": 1}), 422)["errors"]
    assert error["pointer"] == "/quantity"
    problem(correct(again, {"quantity": 11}), 409)
    assert quantity() == 9


def test_a_movement_of_the_log_is_not_undone_alone(ask, moved, used):
    moved("receipt", 10)
    entry = used(5)
    path = f"/movements/{entry['parts'][0]['movement_id']}/reversal"
    detail = problem(ask("POST", path, json={}), 409)["detail"]
    assert f"/consumption/{entry['id']}/correction" in detail


def test_a_repetition_logs_it_once(moved, use, correct, quantity, listed):
    moved("receipt", 5)
    first = use(5, key="once")
    assert use(5, key="once").json == first.json
    problem(use(4, key="once"), 422)
    problem(use(5, key=None), 400)
    counter = correct(first.json, key="undo")
    assert correct(first.json, key="undo").json == counter.json
    assert quantity() == 5
    assert len(listed()) == 2


def test_from_where_it_is_taken(moved, use, used):
    moved("receipt", 2, location="A")
    moved("receipt", 2, location="B", lot="L9", expiry_date="2099-09-01")
    moved("receipt", 2, location="C", lot="L8", expiry_date="2099-08-01")
    places = [(part["location"], part["quantity"]) for part in used(5)["parts"]]
    assert places == [("C", 2), ("B", 2), ("A", 1)]
    refused = problem(use(2), 409)["stock"]
    assert (refused["reason"], refused["available"]) == ("too_little", 1)
    problem(use(1, location="B"), 409)
    assert used(1, location="a")["parts"][0]["location"] == "A"


def test_a_kit_is_used_as_itself_or_as_its_components(
    *, item, kit, moved, use, used, correct, quantity, listed, rates, movements
):
    bolt, nut = item("Bolt"), item("Nut")
    box = kit("Box", (bolt, 2), (nut, 1))
    moved("receipt", 9, item_id=bolt, location="A", unit_cost="1")
    moved("receipt", 1, item_id=bolt, location="B", unit_cost="1")
    moved("receipt", 9, item_id=nut, unit_cost="2")
    problem(use(1, item_id=box), 409)
    moved("receipt", 1, item_id=box)
    assert used(1, item_id=box)["of_components"] is False
    entry = used(5, item_id=box, components=True, purpose="Shelf")
    assert (entry["item_id"], entry["quantity"], entry["value"]) == (box, 5, "20.00")
    assert [(part["item_id"], part["quantity"]) for part in entry["parts"]] == [
        (bolt, 9),
        (bolt, 1),
        (nut, 5),
    ]
    assert movements(nut)[0]["kit_id"] == box
    assert [each["id"] for each in listed(item_id=nut)] == [entry["id"]]
    assert rates(item_id=nut)["rates"][0]["quantity"] == 5
    by_purpose = rates(purpose="shelf")["rates"]
    assert {each["item_id"]: each["quantity"] for each in by_purpose} == {bolt: 10, nut: 5}
    refused = problem(use(1, item_id=box, components=True), 409)
    assert [each["item_name"] for each in refused["short"]] == ["Bolt"]
    correction = correct(entry, {"quantity": 2}).json
    assert (correction["quantity"], correction["value"]) == (-3, "-12.00")
    assert (quantity(bolt), quantity(nut)) == (6, 7)
    assert rates(item_id=bolt)["rates"][0]["quantity"] == 4
    problem(use(1, item_id=bolt, components=True), 422)


def test_by_a_scanned_code(create, ask, moved, used, use):
    milk = create("/items", name="Milk", gtin="09501101530003")["id"]
    moved("receipt", 5, item_id=milk, lot="L-7", expiry_date="2099-01-01")
    moved("receipt", 5, item_id=milk, lot="L-6", expiry_date="2098-01-01")
    label = "(01)09501101530003(10)L-7"
    assert used(1, item_id=None, code=label)["parts"][0]["lot"] == "L-7"
    assert used(1, item_id=None, code="09501101530003")["parts"][0]["lot"] == "L-6"
    (error,) = problem(use(1, item_id=None, code=label, lot="L-6"), 422)["errors"]
    assert error["pointer"] == "/lot"
    (error,) = problem(use(1, item_id=None, code="NONE-SUCH"), 422)["errors"]
    assert error["pointer"] == "/code"


def test_in_another_unit_and_exact(*, moved, used, quantity, correct, create, movements):
    syrup = create("/items", name="Syrup", unit="l")["id"]
    moved("receipt", 1, item_id=syrup)
    entry = used(330, item_id=syrup, unit="ml")
    assert (entry["quantity"], entry["given_quantity"], entry["given_unit"]) == (0.33, 330, "ml")
    assert correct(entry, {"quantity": 250}).json["given_quantity"] == 250
    assert quantity(syrup) == 0.75


def test_pieces_are_corrected_as_a_whole(create, moved, used, use, correct):
    kind = create("/inventory-types", name="Tools", demands_serial=True)["id"]
    drill = create("/items", name="Drill", inventory_type=kind)["id"]
    moved("receipt", 2, item_id=drill, serials=["S1", "S2"])
    problem(use(2, item_id=drill), 422)
    entry = used(2, item_id=drill, serials=["S1", "S2"])
    problem(correct(entry, {"quantity": 1}), 422)
    assert correct(entry).status == 201
    assert used(1, item_id=drill, serials=["S2"])["standing"] == 1


def test_somebody_else_used_it(ask, moved, use, used, listed):
    user_repository().add("oscar", "no password")
    moved("receipt", 5)
    entry = used(1, by="Oscar")
    assert (entry["by_name"], entry["logged_by"]) == ("oscar", MANAGER.user_id)
    used(1)
    assert [each["id"] for each in listed(by="oscar")] == [entry["id"]]
    assert listed(by="nobody") == []
    (error,) = problem(use(1, by="nobody"), 422)["errors"]
    assert error["pointer"] == "/by"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"quantity": 0}, "/quantity"),
        ({"quantity": -1}, "/quantity"),
        ({"quantity": 0.5}, "/quantity"),
        ({"unit": "kg"}, "/unit"),
        ({"item_id": "item_none"}, "/item_id"),
        ({"item_id": "no id!"}, "/item_id"),
        ({"item_id": None}, ""),
        ({"purpose": ""}, "/purpose"),
        ({"purpose": "x" * 101}, "/purpose"),
        ({"effective_at": "2999-01-01T00:00:00Z"}, "/effective_at"),
        ({"components": True, "location": "A"}, ""),
        ({"for": "x"}, "/for"),
    ],
)
def test_a_wrong_field_is_named(moved, use, change, pointer):
    moved("receipt", 5)
    errors = problem(use(**{"quantity": 1, **change}), 422)["errors"]
    assert [error["pointer"] for error in errors] == [pointer]


def test_who_may_log(ask, moved, use, used, correct):
    moved("receipt", 5)
    problem(use(1, caller=VIEWER), 403)
    problem(use(1, warehouse_id="wh_none"), 404)
    problem(correct({"id": "use_none"}), 404)
    problem(correct({"id": "no id!"}), 404)
    entry = used(1)
    problem(correct(entry, caller=VIEWER), 403)
    assert ask("GET", "/consumption", caller=VIEWER).status == 200


def test_components_in_a_unit_that_is_no_longer_theirs_are_not_used(
    *, ask, item, kit, moved, use, quantity
):
    """Five kilograms of salt were meant, and five grams would be taken."""
    salt = item("Salt", unit="kg")
    box = kit("Box", (salt, 5))
    change = {"json": {"unit": "g"}, "headers": {"If-Match": "*"}}
    assert ask("PATCH", f"/items/{salt}", **change).status == 200
    moved("receipt", 9000, item_id=salt)
    refused = problem(use(1, item_id=box, components=True), 409)
    assert refused["detail"].startswith("Salt is kept in g now")
    assert quantity(salt) == 9000


def test_a_token_sees_its_warehouses(ask, moved, used, hall, flour):
    moved("receipt", 5)
    used(1, purpose="Cake")
    for warehouses, count in (({hall}, 1), ({"wh_other"}, 0)):
        limits = TokenLimits("tok", frozenset({"stock:read"}), frozenset(warehouses))
        caller = replace(MANAGER, limits=limits)
        for query in ({}, {"item_id": flour}):
            answer = ask("GET", "/consumption", query=query, caller=caller)
            assert len(answer.json["consumption"]) == count
        for query in ({"purpose": "Cake"}, {"item_id": flour}):
            answer = ask("GET", "/consumption/rates", query=query, caller=caller)
            assert len(answer.json["rates"]) == count


def test_the_list_is_paged_newest_first_over_months(ask, moved, used, flour, hall):
    moved("receipt", 100, effective_at="2025-01-01T00:00:00Z")
    for month in (1, 3, 2, 12, 11):
        for day in (5, 20):
            purpose = "Cake" if day == 5 else "Bread"
            used(1, effective_at=f"2025-{month:02}-{day:02}T08:00:00Z", purpose=purpose)

    def pages(**query):
        found, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = ask("GET", "/consumption", query={"limit": 3, **query, **more}).json
            found += page["consumption"]
            cursor = page["next_cursor"]
            if cursor is None:
                return [each["effective_at"][:10] for each in found]

    everything = pages()
    assert len(everything) == 10
    assert everything == sorted(everything, reverse=True)
    assert pages(item_id=flour) == everything
    assert pages(warehouse_id=hall) == everything
    assert pages(purpose="CAKE") == [day for day in everything if day.endswith("05")]
    assert pages(**{"from": "2025-02-01T00:00:00Z", "to": "2025-11-05T08:00:00Z"}) == [
        "2025-11-05",
        "2025-03-20",
        "2025-03-05",
        "2025-02-20",
        "2025-02-05",
    ]
    assert pages(item_id=flour, to="2025-01-31T00:00:00Z") == ["2025-01-20", "2025-01-05"]
    problem(ask("GET", "/consumption", query={"warehouse_id": "wh_none"}), 404)
    problem(ask("GET", "/consumption", query={"cursor": "x"}), 400)


def test_rates_by_day_and_week(*, ask, now, moved, used, rates, flour, hall):
    now(NOON - timedelta(days=60))
    moved("receipt", 100)
    for days, quantity in ((20, 4), (10, 3), (10, 1), (0, 6)):
        now(NOON - timedelta(days=days))
        used(quantity, purpose="Cake" if days else "Bread")
    now(NOON)
    answer = rates()
    (rate,) = answer["rates"]
    assert (answer["days"], answer["too_little_data"]) == (21, False)
    assert (rate["quantity"], rate["entries"]) == (14, 4)
    assert (rate["per_day"], rate["per_week"]) == (0.666666666666667, 4.66666666666667)
    assert [(each["day"], each["quantity"]) for each in rate["by_day"]] == [
        ("2026-02-10", 4),
        ("2026-02-20", 4),
        ("2026-03-02", 6),
    ]
    week = rates(item_id=flour, **{"from": "2026-02-15", "to": "2026-02-24"})
    assert (week["days"], week["rates"][0]["quantity"]) == (10, 4)
    (cake,) = rates(purpose=" cake", item_id=flour)["rates"]
    assert cake["quantity"] == 8
    none = rates(item_id=flour, **{"from": "2026-01-01", "to": "2026-01-31"})
    assert (none["days"], none["rates"], none["too_little_data"]) == (0, [], True)
    later = rates(item_id=flour, **{"from": "2026-02-26"})
    assert (later["days"], later["too_little_data"]) == (5, True)
    assert rates(item_id=flour, warehouse_id=hall)["rates"] == answer["rates"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"item_id": "item_none"}, 404),
        ({"purpose": "Cake", "warehouse_id": "wh_none"}, 404),
        ({"purpose": "Cake", "from": "2026-03-02", "to": "2026-03-01"}, 422),
        ({"purpose": "Cake", "from": "2020-01-01", "to": "2026-03-01"}, 422),
        ({"purpose": "Cake", "from": "x"}, 422),
    ],
)
def test_rates_that_cannot_be(ask, query, status):
    problem(ask("GET", "/consumption/rates", query=query), status)
