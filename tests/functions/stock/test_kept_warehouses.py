"""A warehouse in which stock is or was is not deleted, so that nothing there is lost."""

import pytest

from stockwarden.bootstrap.ledger import ledger
from stockwarden.bootstrap.warehouses import warehouse_removal
from stockwarden.stock import items_there
from stockwarden.storage.clients import dynamodb
from tests.support.capacity import measure
from tests.support.problems import problem

KEPT = "a warehouse in which stock was moved, or which an order names, is kept"


@pytest.fixture
def delete(ask, hall):
    def send():
        return ask("DELETE", f"/warehouses/{hall}", headers={"If-Match": "*"})

    return send


@pytest.mark.parametrize(
    ("moves", "says", "used_by"),
    [
        ([("receipt", 1, {})], "1 item has stock here", {"items": 1}),
        (
            [("receipt", 1, {"location": "A"}), ("receipt", 1, {"location": "B", "lot": "L1"})],
            "1 item has stock here",
            {"items": 1},
        ),
        ([("receipt", 1, {}), ("issue", 1, {})], "There is no stock here now", {"items": 0}),
        ([("count", 0, {})], "There is no stock here now", {"items": 0}),
    ],
)
def test_what_is_there_is_told(*, moved, delete, ask, hall, moves, says, used_by):
    for kind, quantity, more in moves:
        moved(kind, quantity, **more)
    refused = problem(delete(), 409)
    assert refused["type"] == "urn:stockwarden:problem:in-use"
    assert refused["detail"].startswith(says)
    assert KEPT in refused["detail"]
    assert refused["used_by"] == used_by
    assert ask("GET", f"/warehouses/{hall}").json["name"] == "Hall"


def test_items_are_counted_once_each_in_one_read(*, create, ask, hall, delete, monkeypatch):
    for name in ("Nut", "Bolt", "Nail"):
        place = {"item_id": create("/items", name=name)["id"], "warehouse_id": hall}
        receipt = {**place, "kind": "receipt", "quantity": 1}
        assert ask("POST", "/movements", json=receipt).status == 201
    assert problem(delete(), 409)["used_by"] == {"items": 3}
    monkeypatch.setattr(items_there, "_EXAMINED", 2)
    with measure(dynamodb()) as units:
        refused = problem(delete(), 409)
    assert refused["used_by"] == {"items_at_least": 2}
    assert refused["detail"].startswith("At least 2 items have stock here")
    assert [name for name, _, _ in units.calls].count("Query") == 1


def test_where_stock_goes_is_kept_too(*, create, moved, ask, hall):
    there = create("/warehouses", name="There")["id"]
    moved("receipt", 2)
    moved("transfer", 1, to={"warehouse_id": there})
    problem(ask("DELETE", f"/warehouses/{there}", headers={"If-Match": "*"}), 409)


def test_a_refused_movement_keeps_nothing(move, delete):
    problem(move("issue", 1), 409)
    assert delete().status == 204
    problem(move("receipt", 1), 404)


def test_nothing_is_moved_to_what_is_deleted_meanwhile(*, move, delete, movements, monkeypatch):
    enter = ledger().enter

    def enter_too_late(warehouse_id):
        assert delete().status == 204
        enter(warehouse_id)

    monkeypatch.setattr(ledger(), "enter", enter_too_late)
    assert move("receipt", 1).status == 404
    assert movements() == []


def test_nothing_is_deleted_where_something_is_moved_meanwhile(
    *, moved, delete, hall, movements, monkeypatch
):
    removal = warehouse_removal()
    look = removal.items_in

    def look_too_early(warehouse_id):
        there = look(warehouse_id)
        moved("receipt", 1)
        return there

    monkeypatch.setattr(removal, "items_in", look_too_early)
    assert delete().status == 412
    assert [each["warehouse_id"] for each in movements()] == [hall]


def test_the_first_movement_is_no_change_of_the_warehouse(*, moved, ask, hall):
    before = ask("GET", f"/warehouses/{hall}")
    moved("receipt", 1)
    after = ask("GET", f"/warehouses/{hall}")
    assert (after.json, after.version) == (before.json, before.version)
