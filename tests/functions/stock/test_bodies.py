"""What a request that moves stock may say, by kind; who may; and the key that it needs."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.stock.conftest import GUEST, OPERATOR, STRANGER, VIEWER
from tests.support.gateway import USER
from tests.support.problems import problem

AHEAD = (datetime.now(UTC) + timedelta(days=1)).isoformat()
RECEIPT = {"kind": "receipt", "quantity": 1}
ISSUE = {"kind": "issue", "quantity": 1}
# change of a receipt of 1, pointer
WRONG = [
    ({"kind": "theft"}, "/kind"),
    ({"kind": "reversal"}, "/kind"),
    ({"quantity": "1"}, "/quantity"),
    ({"quantity": True}, "/quantity"),
    ({"quantity": None}, "/quantity"),
    ({"quantity": 1.5}, "/quantity"),
    ({"quantity": 0}, ""),
    ({"quantity": -1}, ""),
    ({**ISSUE, "quantity": -1}, ""),
    ({"kind": "count", "quantity": -1}, ""),
    ({"kind": "adjustment"}, ""),
    ({"kind": "adjustment", "reason": "x", "quantity": 0}, ""),
    ({"kind": "adjustment", "reason": "  "}, "/reason"),
    ({"reason": "x" * 501}, "/reason"),
    ({"unit": "kg"}, "/unit"),
    ({"unit": "stone"}, "/unit"),
    ({"unit": "a b"}, "/unit"),
    ({"item_id": "item_none"}, "/item_id"),
    ({"item_id": ""}, "/item_id"),
    ({"warehouse_id": ""}, "/warehouse_id"),
    ({"warehouse_id": None}, "/warehouse_id"),
    ({"location": "–"}, "/location"),
    ({"location": "x" * 65}, "/location"),
    ({"lot": ""}, "/lot"),
    ({"lot": "L\u202e1"}, "/lot"),
    ({"to": {"warehouse_id": "wh_1"}}, ""),
    ({"kind": "transfer"}, ""),
    ({"kind": "transfer", "to": {}}, "/to/warehouse_id"),
    ({**ISSUE, "unit_cost": "1.00"}, ""),
    ({**ISSUE, "lot": "L1", "expiry_date": "2027-01-31"}, ""),
    ({"expiry_date": "2027-01-31"}, "/lot"),
    ({"expiry_date": "2027-02-31", "lot": "L1"}, "/expiry_date"),
    ({"unit_cost": 2.5}, "/unit_cost"),
    ({"unit_cost": "-1"}, "/unit_cost"),
    ({"unit_cost": "1.1234567"}, "/unit_cost"),
    ({"serials": ["S1"]}, "/serials"),
    ({"serials": ["x"] * 51}, "/serials"),
    ({"effective_at": AHEAD}, "/effective_at"),
    ({"effective_at": "2026-01-01T08:00:00"}, "/effective_at"),
    ({"effective_at": "1999-12-31T23:59:59Z"}, "/effective_at"),
    ({"effective_at": "yesterday"}, "/effective_at"),
    ({"colour": "red"}, "/colour"),
]


def pointers(answer):
    return [error["pointer"] for error in problem(answer, 422)["errors"]]


@pytest.mark.parametrize(("change", "pointer"), WRONG)
def test_a_wrong_field_is_named(*, ask, hall, flour, movements, change, pointer):
    body = {"item_id": flour, "warehouse_id": hall, **RECEIPT, **change}
    assert pointers(ask("POST", "/movements", json=body)) == [pointer]
    line = {"item_id": flour, "warehouse_id": hall, **RECEIPT}
    several = ask("POST", "/movements", json={"lines": [line, body]})
    assert pointers(several) == [f"/lines/1{pointer}"]
    assert movements() == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"lines": None}, "/lines"),
        ({"lines": [{}] * 26}, "/lines"),
        ({"lines": [], "kind": "issue"}, "/lines /kind"),
        ([], ""),
        ("x", ""),
    ],
)
def test_a_wrong_form_is_named(ask, body, pointer):
    assert sorted(pointers(ask("POST", "/movements", json=body))) == sorted(pointer.split(" "))


def test_a_missing_field_is_named(ask):
    missing = {"/warehouse_id", "/kind", "/quantity"}
    assert set(pointers(ask("POST", "/movements", json={}))) == missing
    without_item = {"warehouse_id": "wh_1", **RECEIPT}
    assert pointers(ask("POST", "/movements", json=without_item)) == [""]


def test_a_transfer_goes_to_another_place_and_keeps_the_lot(move, hall):
    there = {"warehouse_id": hall, "location": "A"}
    assert pointers(move("transfer", 1, location="a", to=there)) == ["/to"]
    assert pointers(move("transfer", 1, lot="L1", to={**there, "lot": "L2"})) == ["/to/lot"]


@pytest.mark.parametrize(
    ("demands", "change", "pointer"),
    [
        ("lot", {}, "/lot"),
        ("expiry", {"lot": "L1"}, "/expiry_date"),
        ("serial", {}, "/serials"),
        ("serial", {"serials": ["S1", "S2"]}, "/serials"),
        ("serial", {"serials": ["S1", "s1"], "quantity": 2}, "/serials"),
        ("serial", {"kind": "count", "quantity": 3}, "/kind"),
    ],
)
def test_a_type_demands_what_it_names(*, ask, create, hall, demands, change, pointer):
    lot = {"demands_lot": True} if demands == "expiry" else {}
    kind = create("/inventory-types", name="Food", **{f"demands_{demands}": True}, **lot)
    item_id = create("/items", name="Milk", inventory_type=kind["id"])["id"]
    body = {"item_id": item_id, "warehouse_id": hall, **RECEIPT, **change}
    assert pointers(ask("POST", "/movements", json=body)) == [pointer]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/movements", {"item_id": "i", "warehouse_id": "w", **RECEIPT}),
        ("/movements/pst_1_1/reversal", {}),
        ("/counts", {"lines": [{"item_id": "i", "warehouse_id": "w"}]}),
        ("/counts/cnt_1/post", {"lines": [{"line": 1, "quantity": 1}]}),
        ("/reservations", {"item_id": "i", "warehouse_id": "w", "quantity": 1}),
        ("/reservations/rsv_1/post", None),
        ("/reservations/rsv_1/void", None),
    ],
)
def test_what_moves_stock_needs_a_key_and_an_operator(ask, path, body):
    problem(ask("POST", path, json=body, key=None), 400)
    for caller in (USER, VIEWER):
        problem(ask("POST", path, json=body, caller=caller), 403)


@pytest.mark.parametrize("movement_id", ["pst_1_1", "pst_1", "x", "pst_1_x", "_1", "a-b_1"])
def test_what_is_not_there(ask, movement_id):
    problem(ask("POST", f"/movements/{movement_id}/reversal", json={}), 404)
    for path in (f"/counts/{movement_id}", f"/reservations/{movement_id}"):
        problem(ask("GET", path), 404)
    problem(ask("POST", f"/reservations/{movement_id}/post"), 404)
    problem(ask("POST", f"/reservations/{movement_id}/void"), 404)


def test_the_numbers_of_a_posting_are_its_movements(ask, moved):
    movement_id = moved("receipt", 1)["id"]
    for wrong in (f"{movement_id[:-1]}2", f"{movement_id[:-1]}0", f"{movement_id[:-1]}01"):
        problem(ask("POST", f"/movements/{wrong}/reversal", json={}), 404)


def test_who_may_not_see_the_warehouse_is_told_of_none(ask, move, moved, hall):
    receipt = moved("receipt", 5)
    problem(move("issue", 1, caller=STRANGER), 404)
    problem(ask("POST", f"/movements/{receipt['id']}/reversal", json={}, caller=STRANGER), 404)
    problem(ask("GET", f"/warehouses/{hall}/stock", caller=STRANGER), 404)
    query = {"warehouse_id": hall}
    path = f"/items/{receipt['item_id']}"
    for name in ("movements", "stock"):
        problem(ask("GET", f"{path}/{name}", query=query, caller=STRANGER), 404)
        assert ask("GET", f"{path}/{name}", query=query, caller=VIEWER).status == 200
        problem(ask("GET", f"{path}/{name}", caller=USER), 403)
    assert move("issue", 1, caller=OPERATOR).status == 201


def test_a_member_who_only_sees_may_not_move(ask, move, hall, share):
    share(hall, "viewer")
    problem(move("receipt", 1, caller=GUEST), 403)
    share(hall, "operator")
    assert move("receipt", 1, caller=GUEST).status == 201


def test_a_transfer_takes_the_right_in_both_warehouses(ask, create, move, hall, share):
    move("receipt", 5)
    there = create("/warehouses", name="Yard")["id"]
    share(hall, "operator")
    to = {"warehouse_id": there}
    problem(move("transfer", 1, to=to, caller=GUEST), 404)
    share(there, "viewer")
    problem(move("transfer", 1, to=to, caller=GUEST), 403)
    share(there, "operator")
    moved = move("transfer", 1, to=to, caller=GUEST).json
    share(there, "viewer")
    path = f"/movements/{moved['id']}/reversal"
    problem(ask("POST", path, json={}, caller=GUEST), 403)
