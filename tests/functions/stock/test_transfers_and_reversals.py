"""Transfers between places, and counter-movements: each once, and only where the goods are."""

import pytest

from tests.support.problems import problem


@pytest.fixture
def yard(create):
    return create("/warehouses", name="Yard")["id"]


@pytest.fixture
def undo(ask):
    def post(movement, **body):
        return ask("POST", f"/movements/{movement['id']}/reversal", json=body)

    return post


def test_a_transfer_is_one_movement_of_two_places(*, ask, moved, hall, yard, flour, quantity):
    moved("receipt", 10, location="A", lot="L1", unit_cost="2.00")
    transfer = moved(
        "transfer", 4, location="A", lot="L1", to={"warehouse_id": yard, "location": "B"}
    )
    assert transfer["to"] == {"warehouse_id": yard, "location": "B", "lot": "L1"}
    assert (transfer["quantity"], transfer["balance_after"], transfer["value"]) == (4, 6, "8.00")
    assert quantity() == 10
    for warehouse_id, expected in ((hall, 6), (yard, 4)):
        query = {"warehouse_id": warehouse_id}
        stock = ask("GET", f"/items/{flour}/stock", query=query).json
        assert stock["quantity"] == expected
        assert [each["quantity"] for each in stock["balances"]] == [expected]
        there = ask("GET", f"/items/{flour}/movements", query=query).json["movements"]
        assert transfer["id"] in {each["id"] for each in there}


def test_a_transfer_of_more_than_there_is(*, move, moved, yard, quantity, ask, flour):
    moved("receipt", 3)
    refused = problem(move("transfer", 4, to={"warehouse_id": yard}), 409)
    assert refused["stock"]["quantity"] == 3
    assert refused["type"].endswith("stock-conflict")
    assert quantity() == 3


def test_a_reversal_is_linked_and_made_once(ask, moved, undo, movements, quantity):
    moved("receipt", 10, unit_cost="1.50")
    issue = moved("issue", 4)
    answer = undo(issue, reason="Sent to nobody")
    assert answer.status == 201
    reversal = answer.json
    assert (reversal["kind"], reversal["quantity"], reversal["reverses"]) == (
        "reversal",
        4,
        issue["id"],
    )
    assert (reversal["value"], reversal["reason"]) == ("6.00", "Sent to nobody")
    assert [each["reversed_by"] for each in movements()] == [None, reversal["id"], None]
    assert "already" in problem(undo(issue), 409)["detail"]
    problem(undo(reversal), 409)
    assert quantity() == 10


def test_a_transfer_goes_back(*, moved, undo, hall, yard, ask, flour):
    moved("receipt", 10, location="A")
    transfer = moved("transfer", 4, location="A", to={"warehouse_id": yard, "location": "B"})
    reversal = undo(transfer).json
    assert (reversal["warehouse_id"], reversal["location"]) == (yard, "B")
    assert reversal["to"] == {"warehouse_id": hall, "location": "A", "lot": None}
    (balance,) = ask("GET", f"/items/{flour}/stock").json["balances"]
    assert (balance["warehouse_id"], balance["quantity"]) == (hall, 10)


def test_what_is_gone_is_not_taken_back(move, moved, undo, yard, quantity):
    receipt = moved("receipt", 10)
    transfer = moved("transfer", 4, to={"warehouse_id": yard})
    move("issue", 1, warehouse_id=yard)
    assert problem(undo(receipt), 409)["stock"]["quantity"] == 6
    assert problem(undo(transfer), 409)["stock"]["quantity"] == 3
    assert quantity() == 9


@pytest.mark.parametrize(
    ("kind", "given", "more"),
    [
        ("issue", 3, {}),
        ("consumption", 3, {}),
        ("adjustment", -3, {"reason": "broken"}),
        ("adjustment", 3, {"reason": "found"}),
        ("return", 3, {}),
        ("count", 7, {}),
        ("count", 12, {}),
        ("receipt", 1, {"unit": "dozen"}),
    ],
)
def test_each_kind_can_be_undone(*, moved, undo, quantity, kind, given, more):
    moved("receipt", 10)
    movement = moved(kind, given, **more)
    reversal = undo(movement).json
    assert reversal["quantity"] == -movement["quantity"]
    assert quantity() == 10


def test_a_reversal_has_its_moment(moved, undo, ask, flour):
    moved("receipt", 10, effective_at="2026-01-01T08:00:00Z")
    issue = moved("issue", 4, effective_at="2026-01-03T08:00:00Z")
    problem(undo(issue, effective_at="2999-01-01T00:00:00Z"), 422)
    assert undo(issue, effective_at="2026-01-05T08:00:00Z").status == 201
    for day, expected in ((2, 10), (4, 6), (6, 10)):
        query = {"at": f"2026-01-{day:02}T12:00:00Z"}
        assert ask("GET", f"/items/{flour}/stock", query=query).json["quantity"] == expected


def test_serial_numbers_come_back(ask, create, move, undo):
    kind = create("/inventory-types", name="Tools", demands_serial=True)["id"]
    drill = create("/items", name="Drill", inventory_type=kind)["id"]
    receipt = move("receipt", 2, item_id=drill, serials=["S1", "S2"]).json
    issue = move("issue", 1, item_id=drill, serials=["s1"]).json
    assert issue["serials"] == ["S1"]
    move("receipt", 1, item_id=drill, serials=["S3"])
    assert problem(undo(receipt), 409)["stock"]["serial"] == "S1"
    assert undo(issue).status == 201
    assert undo(receipt).json["balance_after"] == 1
