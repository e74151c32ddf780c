"""Movements over HTTP: exact quantities, what may not be, several lines as one."""

import json

import pytest

from stockwarden.storage import clients
from tests.functions.stock.conftest import OPERATOR
from tests.support.capacity import measure
from tests.support.problems import problem

# What an audit entry costs, in a transaction.
ENTRY = 2


def test_a_movement_says_what_it_did(move, ask, hall, flour, quantity):
    answer = move("receipt", 5, location=" a-01 ", reason="Delivery 7", unit_cost="2.50")
    assert answer.status == 201
    receipt = answer.json
    assert (
        receipt.items()
        >= {
            "item_id": flour,
            "warehouse_id": hall,
            "location": "A-01",
            "lot": None,
            "to": None,
            "kind": "receipt",
            "quantity": 5,
            "quantity_exact": None,
            "given_quantity": 5,
            "given_unit": None,
            "balance_after": 5,
            "seq": 1,
            "reason": "Delivery 7",
            "by": OPERATOR.user_id,
            "value": "12.50",
            "unit_cost": "2.50",
            "cost_from": "given",
            "reverses": None,
            "reversed_by": None,
        }.items()
    )
    issue = move("issue", 2, location="A-01", caller=OPERATOR).json
    assert (issue["quantity"], issue["balance_after"], issue["value"]) == (-2, 3, "-5.00")
    assert quantity() == 3


def test_five_boxes_of_twelve_are_sixty(move, create, quantity):
    create("/units", code="box", name="Box", dimension="count", factor="12", decimals=0)
    receipt = move("receipt", 5, unit="BOX").json
    assert (receipt["quantity"], receipt["given_quantity"]) == (60, 5)
    assert (receipt["given_unit"], receipt["balance_after"]) == ("box", 60)
    assert quantity() == 60


def test_a_piece_of_what_is_kept_in_dozens(create, move, ask):
    eggs = create("/items", name="Eggs", unit="dozen")["id"]
    move("receipt", 1, item_id=eggs)
    issue = move("issue", 1, item_id=eggs, unit="pcs").json
    assert (issue["given_quantity"], issue["quantity_exact"]) == (1, "-1/12")
    stock = ask("GET", f"/items/{eggs}/stock").json
    assert stock["quantity_exact"] == "11/12"
    query = {"quantity": stock["quantity_exact"], "from": "dozen", "to": "pcs"}
    assert ask("GET", "/units/convert", query=query).json["quantity"] == 11
    assert move("issue", 11, item_id=eggs, unit="pcs").json["balance_after"] == 0


def test_a_bottle_without_a_millilitre(create, move, ask):
    create("/units", code="bottle", name="Bottle", dimension="volume", factor="0.12", decimals=0)
    oil = create("/items", name="Oil", unit="bottle", quantity=1)["id"]
    place = {"item_id": oil, "warehouse_id": "wh_main"}
    assert move("issue", 1, unit="ml", **place).json["quantity_exact"] == "-1/120"
    left = ask("GET", f"/items/{oil}").json
    assert left["quantity_exact"] == "119/120"
    query = {"quantity": "119/120", "from": "bottle", "to": "ml"}
    assert ask("GET", "/units/convert", query=query).json["quantity"] == 119
    rest = move("issue", 119, unit="ml", **place).json
    assert (rest["balance_after"], rest["balance_after_exact"]) == (0, None)


@pytest.mark.parametrize(
    ("quantities", "text"), [(["2.85"], "2.85"), (["0.1", "0.2"], "0.3"), (["1e1", "0.5"], "10.5")]
)
def test_decimals_are_exact(create, ask, hall, quantities, text):
    sugar = create("/items", name="Sugar", unit="kg")["id"]
    for quantity in quantities:
        answer = ask("POST", "/movements", **raw(sugar, hall, quantity))
        assert answer.status == 201, answer.body
    for path in (f"/items/{sugar}", f"/items/{sugar}/stock"):
        assert f'"quantity":{text},' in ask("GET", path).body.replace(" ", "")


@pytest.mark.parametrize(
    "quantity",
    ["1.0000000000000001", "0.0000000001", "1e-10", "1e400", "NaN", "1234567890123456", "1e13"],
)
def test_a_quantity_is_never_rounded(create, ask, hall, quantity):
    sugar = create("/items", name="Sugar", unit="kg")["id"]
    answer = ask("POST", "/movements", **raw(sugar, hall, quantity))
    assert answer.status in {400, 422}, answer.body
    if quantity != "NaN":
        assert pointers(answer) == ["/quantity"]
    assert ask("GET", f"/items/{sugar}/movements").json["movements"] == []


def raw(item_id, warehouse_id, quantity):
    body = {"item_id": item_id, "warehouse_id": warehouse_id, "kind": "receipt", "quantity": "…"}
    text = json.dumps(body, ensure_ascii=False).replace('"…"', quantity)
    return {"body": text, "headers": {"Content-Type": "application/json"}}


def pointers(answer):
    return [error["pointer"] for error in problem(answer, 422)["errors"]]


def test_lines_count_together(*, ask, hall, flour, move, movements, quantity):
    move("receipt", 5)
    line = {"item_id": flour, "warehouse_id": hall, "kind": "issue", "quantity": 3}
    refused = problem(ask("POST", "/movements", json={"lines": [line, line]}), 409)
    assert refused["stock"].items() >= {"pointer": "/lines/1", "quantity": 2, "unit": "pcs"}.items()
    assert (quantity(), len(movements())) == (5, 1)
    answer = ask("POST", "/movements", json={"lines": [line, {**line, "quantity": 2}]})
    assert answer.status == 201
    posted = answer.json
    assert [each["balance_after"] for each in posted["movements"]] == [2, 0]
    assert {each["posting_id"] for each in posted["movements"]} == {posted["posting_id"]}


def test_lines_of_one_lot_count_together(ask, hall, flour, move, quantity):
    move("receipt", 100, lot="L1")
    lines = [
        {"item_id": flour, "warehouse_id": hall, "lot": "L1", "kind": "issue", "quantity": each}
        for each in (100, 20)
    ]
    problem(ask("POST", "/movements", json={"lines": lines}), 409)
    assert quantity() == 100


def test_lines_of_several_items_are_all_or_none(*, ask, create, hall, flour, move, quantity):
    move("receipt", 5)
    salt = create("/items", name="Salt")["id"]
    lines = [
        {"item_id": each, "warehouse_id": hall, "kind": "issue", "quantity": 1}
        for each in (flour, salt)
    ]
    refused = problem(ask("POST", "/movements", json={"lines": lines}), 409)
    assert refused["stock"]["item_id"] == salt
    assert quantity() == 5


def test_lines_are_in_the_order_of_their_moments(ask, hall, flour, move, quantity):
    """What happened first counts first, in whatever order the lines stand."""
    move("receipt", 5, effective_at="2026-01-01T08:00:00Z")

    def line(kind, number, day):
        return {
            **{"item_id": flour, "warehouse_id": hall, "kind": kind, "quantity": number},
            "effective_at": f"2026-01-{day:02}T08:00:00Z",
        }

    lines = [line("receipt", 10, 20), line("issue", 12, 10)]
    refused = problem(ask("POST", "/movements", json={"lines": lines}), 409)
    assert refused["stock"]["pointer"] == "/lines/1"
    assert quantity() == 5
    lines = [line("issue", 4, 20), line("count", 6, 10)]
    answer = ask("POST", "/movements", json={"lines": lines})
    assert [each["quantity"] for each in answer.json["movements"]] == [-4, 1]
    assert [each["balance_after"] for each in answer.json["movements"]] == [2, 6]
    assert quantity() == 2


def test_a_count_of_long_ago_names_the_instant(move, quantity):
    move("receipt", 10, effective_at="2026-01-01T08:00:00Z")
    move("issue", 8, effective_at="2026-01-10T08:00:00+01:00")
    refused = problem(move("count", 7, effective_at="2026-01-01T09:00:00Z"), 409)
    assert refused["stock"]["at"] == "2026-01-10T07:00:00.000Z"
    assert refused["stock"]["quantity"] == -1
    assert quantity() == 2


def test_what_was_before_a_count_is_in_it_unless_that_is_reversed(move, ask, quantity):
    move("receipt", 10, effective_at="2026-01-01T08:00:00Z")
    count = move("count", 8, effective_at="2026-01-10T08:00:00Z").json
    late = {"effective_at": "2026-01-05T08:00:00Z"}
    refused = problem(move("issue", 1, **late), 409)
    assert refused["stock"]["count_id"] == count["id"]
    assert ask("POST", f"/movements/{count['id']}/reversal", json={}).status == 201
    assert move("issue", 1, **late).status == 201
    assert quantity() == 9


def test_three_at_one_moment(move, ask, movements, quantity):
    moment = {"effective_at": "2026-01-01T08:00:00Z"}
    first = move("receipt", 5, **moment).json
    move("receipt", 7, **moment)
    move("issue", 6, **moment)
    assert [each["seq"] for each in movements()] == [3, 2, 1]
    reversal = ask("POST", f"/movements/{first['id']}/reversal", json={}).json
    assert (reversal["quantity"], reversal["balance_after"]) == (-5, 1)
    assert min(each["balance_after"] for each in movements()) >= 0
    assert quantity() == sum(each["quantity"] for each in movements()) == 1


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("issue", {}),
        ("issue", {"effective_at": "2026-01-02T08:00:00Z"}),
        ("transfer", {"to": {"location": "B"}}),
    ],
    ids=["issue", "late", "transfer"],
)
def test_what_a_movement_costs(move, hall, kind, more):
    """Without its audit entry, and the answer that is kept for a repetition."""
    move("receipt", 100, effective_at="2026-01-01T08:00:00Z")
    move("receipt", 100, effective_at="2026-01-03T08:00:00Z")
    if "to" in more:
        more = {"to": {"warehouse_id": hall, **more["to"]}}
    with measure(clients.dynamodb()) as units:
        assert move(kind, 1, **more).status == 201
    writes = [each for name, _, each in units.calls if name == "TransactWriteItems"]
    assert len(writes) == 1
    assert writes[0] - ENTRY <= 12
