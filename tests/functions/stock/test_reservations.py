"""Reservations: they keep stock from being issued until they are posted, void, or over."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.problems import problem

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def reserve(ask, hall, flour):
    def post(quantity, **more):
        body = {"item_id": flour, "warehouse_id": hall, "quantity": quantity, **more}
        return ask("POST", "/reservations", json=body)

    return post


@pytest.fixture
def act(ask):
    def post(reservation, verb):
        return ask("POST", f"/reservations/{reservation['id']}/{verb}")

    return post


def test_a_reservation_is_kept_posted_and_then_over(ask, moved, reserve, act, quantity):
    moved("receipt", 10)
    answer = reserve(4, reason="For Ana", minutes=60)
    assert answer.status == 201
    reservation = answer.json
    assert (reservation["status"], reservation["quantity"]) == ("open", 4)
    path = f"/reservations/{reservation['id']}"
    assert ask("GET", path).json == reservation
    assert quantity() == 10
    issue = act(reservation, "post")
    assert issue.status == 201
    assert (issue.json["kind"], issue.json["quantity"]) == ("issue", -4)
    assert (issue.json["reservation_id"], issue.json["reason"]) == (reservation["id"], "For Ana")
    posted = ask("GET", path).json
    assert (posted["status"], posted["movement_id"]) == ("posted", issue.json["id"])
    assert "posted" in problem(act(reservation, "post"), 409)["detail"]
    assert "reverse" in problem(act(reservation, "void"), 409)["detail"]
    assert quantity() == 6


@pytest.mark.parametrize("kind", ["issue", "consumption", "transfer"])
def test_what_is_reserved_does_not_leave(*, ask, move, moved, reserve, hall, quantity, kind):
    moved("receipt", 10)
    reserve(4)
    to = {"to": {"warehouse_id": hall, "location": "B"}} if kind == "transfer" else {}
    refused = problem(move(kind, 7, **to), 409)
    assert (refused["stock"]["quantity"], refused["stock"]["available"]) == (10, 6)
    assert "4 are reserved" in refused["detail"]
    assert problem(reserve(7), 409)["stock"]["available"] == 6
    assert move(kind, 6, **to).status == 201
    problem(reserve(1), 409)


def test_corrections_take_what_is_reserved(move, moved, reserve, act):
    moved("receipt", 10)
    reservation = reserve(8).json
    assert move("count", 5).status == 201
    refused = problem(act(reservation, "post"), 409)
    assert refused["stock"]["quantity"] == 5
    assert move("adjustment", -5, reason="fire").status == 201


def test_a_void_reservation_is_free(ask, moved, reserve, act, move):
    moved("receipt", 10)
    reservation = reserve(10).json
    first = act(reservation, "void")
    assert (first.status, first.json["status"]) == (200, "void")
    assert act(reservation, "void").json == first.json
    assert "void" in problem(act(reservation, "post"), 409)["detail"]
    assert move("issue", 10).status == 201


def test_a_reservation_ends_by_itself(*, ask, moved, reserve, act, move, clock, hall):
    clock(NOON)
    moved("receipt", 10)
    reservation = reserve(10, minutes=30).json
    assert reservation["until"] == "2026-03-02T12:30:00.000Z"
    (line,) = ask("GET", f"/warehouses/{hall}/stock").json["balances"]
    assert (line["quantity"], line["reserved"]) == (10, 10)
    clock(NOON + timedelta(minutes=29))
    problem(move("issue", 1), 409)
    clock(NOON + timedelta(minutes=30))
    (line,) = ask("GET", f"/warehouses/{hall}/stock").json["balances"]
    assert line["reserved"] == 0
    path = f"/reservations/{reservation['id']}"
    assert ask("GET", path).json["status"] == "expired"
    assert "expired" in problem(act(reservation, "post"), 409)["detail"]
    assert move("issue", 10).status == 201
    assert act(reservation, "void").json["status"] == "void"


def test_a_reservation_is_in_its_own_unit(moved, reserve, act, quantity):
    moved("receipt", 30)
    reservation = reserve(2, unit="dozen").json
    assert reservation["quantity"] == 24
    movement = act(reservation, "post").json
    assert (movement["given_quantity"], movement["given_unit"]) == (2, "dozen")
    assert quantity() == 6


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"quantity": 0}, "/quantity"),
        ({"quantity": -1}, "/quantity"),
        ({"quantity": 1.5}, "/quantity"),
        ({"unit": "kg"}, "/unit"),
        ({"minutes": 0}, "/minutes"),
        ({"minutes": 43201}, "/minutes"),
        ({"item_id": "item_none"}, "/item_id"),
        ({"until": "2027-01-01"}, "/until"),
    ],
)
def test_a_wrong_field_is_named(reserve, moved, change, pointer):
    moved("receipt", 5)
    body = {"quantity": 1, **change}
    errors = problem(reserve(**body), 422)["errors"]
    assert [error["pointer"] for error in errors] == [pointer]


def test_of_an_archived_item_nothing_is_reserved(ask, moved, reserve, act, flour):
    moved("receipt", 5)
    reservation = reserve(1).json
    assert ask("PUT", f"/items/{flour}", json={"status": "archived"}).status == 200
    problem(reserve(1), 409)
    problem(act(reservation, "post"), 409)
    assert act(reservation, "void").status == 200


def test_places_and_lots_are_reserved_by_themselves(moved, reserve, move):
    moved("receipt", 5, location="A", lot="L1")
    moved("receipt", 5, location="A", lot="L2")
    assert reserve(5, location="a", lot="l1").status == 201
    problem(move("issue", 1, location="A", lot="L1"), 409)
    assert move("issue", 5, location="A", lot="L2").status == 201


def test_so_many_are_open_at_a_place(moved, reserve, monkeypatch):
    monkeypatch.setattr("stockwarden.stock.reservations.MAX_OPEN", 2)
    moved("receipt", 5)
    assert [reserve(1).status for _ in range(3)] == [201, 201, 409]


@pytest.mark.parametrize("change", [{"factor": "10"}, None], ids=["another factor", "deleted"])
def test_what_is_reserved_is_issued_whatever_its_unit_is_by_now(
    *, ask, create, moved, reserve, act, quantity, change
):
    create("/units", code="box", name="Box", dimension="count", factor="12", decimals=0)
    moved("receipt", 30)
    reservation = reserve(2, unit="box").json
    changed = ask("PATCH" if change else "DELETE", "/units/box", json=change)
    assert changed.status in {200, 204}
    assert act(reservation, "post").json["quantity"] == -24
    assert quantity() == 6


def test_what_has_serial_numbers_is_not_reserved(ask, create, move, reserve):
    """It could not be posted, as a posting names the pieces."""
    kind = create("/inventory-types", name="Tools", demands_serial=True)["id"]
    drill = create("/items", name="Drill", inventory_type=kind)["id"]
    assert move("receipt", 1, item_id=drill, serials=["S1"]).status == 201
    (error,) = problem(reserve(1, item_id=drill), 422)["errors"]
    assert error["pointer"] == "/item_id"
