"""Assembling kits and taking them apart: value and quantities pass on exactly, or nothing does."""

from decimal import Decimal
from fractions import Fraction

import pytest

from stockwarden.bootstrap import stores
from stockwarden.stock.verification import LedgerVerification
from tests.functions.stock.conftest import VIEWER
from tests.support.problems import problem


@pytest.fixture
def work(ask, hall):
    """`work("assemble", kit, 2)` answers."""

    def post(verb, kit_id, quantity, **more):
        options = {name: more.pop(name) for name in ("key", "caller") if name in more}
        body = {"quantity": quantity, "warehouse_id": hall, **more}
        return ask("POST", f"/items/{kit_id}/{verb}", json=body, **options)

    return post


@pytest.fixture
def done(work):
    def post(verb, kit_id, quantity, **more):
        answer = work(verb, kit_id, quantity, **more)
        assert answer.status == 201, answer.body
        return answer.json

    return post


def value_of(movements):
    return sum((Fraction(Decimal(each["value"])) for each in movements), Fraction(0))


def verify(*item_ids):
    for item_id in item_ids:
        assert LedgerVerification(stores.stock_table()).differences(item_id) == []


def test_components_become_a_kit_of_their_value(*, item, kit, moved, done, quantity, movements):
    bolt, nut = item("Bolt"), item("Nut")
    box = kit("Box", (bolt, 1), (nut, 2), (bolt, 1))
    moved("receipt", 3, item_id=bolt, unit_cost="0.1")
    moved("receipt", 4, item_id=bolt, unit_cost="0.2")
    moved("receipt", 7, item_id=nut, unit_cost="0.333333")
    answer = done("assemble", box, 2, location="K", reason="For Monday")
    assert (answer["kind"], answer["quantity"], answer["kit_id"]) == ("assembly", 2, box)
    (made,) = (each for each in answer["movements"] if each["item_id"] == box)
    assert (made["kind"], made["quantity"], made["location"]) == ("assembly", 2, "K")
    assert made["cost_from"] == "components"
    assert answer["value"] == made["value"]
    assert value_of(answer["movements"]) == 0
    assert {each["kit_id"] for each in answer["movements"]} == {box}
    assert {each["reason"] for each in answer["movements"]} == {"For Monday"}
    assert (quantity(bolt), quantity(nut), quantity(box)) == (3, 3, 2)
    assert movements(box)[0]["posting_id"] == answer["id"]
    verify(box, bolt, nut)


def test_taking_it_apart_gives_the_value_back_by_what_things_cost(
    *, item, kit, moved, done, quantity, movements
):
    bolt, nut, ring = item("Bolt"), item("Nut"), item("Ring")
    box = kit("Box", (bolt, 1), (nut, 1), (ring, 1))
    for each, cost in ((bolt, "1"), (nut, "2"), (ring, "4")):
        moved("receipt", 2, item_id=each, unit_cost=cost)
    moved("receipt", 1, item_id=box, unit_cost="10")
    answer = done("disassemble", box, 1, components=[{"item_id": nut, "location": "N"}])
    values = {each["item_id"]: Decimal(each["value"]) for each in answer["movements"]}
    assert sum(values.values()) == 0
    assert values[box] == -10
    assert values[bolt] == Decimal("1.428571428571")
    assert values[nut] == Decimal("2.857142857143")
    assert values[ring] == Decimal("5.714285714286")
    assert (quantity(box), quantity(bolt)) == (0, 3)
    assert movements(nut)[0]["location"] == "N"
    verify(box, bolt, nut, ring)


def test_components_without_a_cost_share_equally(item, kit, moved, done):
    bolt, nut, ring = item("Bolt"), item("Nut"), item("Ring")
    box = kit("Box", (bolt, 1), (nut, 1), (ring, 1))
    moved("receipt", 1, item_id=box, unit_cost="1")
    answer = done("disassemble", box, 1)
    values = sorted(Decimal(each["value"]) for each in answer["movements"])
    assert values == [
        -1,
        Decimal("0.333333333333"),
        Decimal("0.333333333333"),
        Decimal("0.333333333334"),
    ]


def test_what_is_short_is_told_and_nothing_moves(item, kit, moved, work, quantity):
    bolt, nut = item("Bolt"), item("Nut")
    pair = kit("Pair", (bolt, 1), (nut, 1))
    box = kit("Box", (pair, 1), (nut, 3))
    moved("receipt", 10, item_id=bolt)
    moved("receipt", 2, item_id=nut)
    refused = problem(work("assemble", box, 1), 409)
    assert refused["type"].endswith("components-short")
    assert [(each["item_name"], each["short"], each["is_kit"]) for each in refused["short"]] == [
        ("Pair", 1, True),
        ("Nut", 1, False),
    ]
    assert (quantity(bolt), quantity(nut), quantity(box)) == (10, 2, 0)
    assert problem(work("disassemble", pair, 1), 409)["short"][0]["short"] == 1
    problem(work("assemble", bolt, 1), 409)


def test_first_expiry_first_out_then_the_oldest_place(*, ask, item, kit, moved, done, hall):
    milk = item("Milk")
    box = kit("Box", (milk, 1))
    for location, lot, expiry in (
        ("A", None, None),
        ("B", None, None),
        ("C", "L9", "2099-09-01"),
        ("D", "L8", "2099-08-01"),
        ("E", "L1", "2020-01-01"),
    ):
        more = {"lot": lot, "expiry_date": expiry} if lot else {}
        moved("receipt", 2, item_id=milk, location=location, **more)
    taken = done("assemble", box, 7)["movements"][:-1]
    assert [(each["location"], each["quantity"]) for each in taken] == [
        ("D", -2),
        ("C", -2),
        ("A", -2),
        ("B", -1),
    ]


def test_places_that_are_named(item, kit, moved, work, done):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 2))
    for location in "ABC":
        moved("receipt", 4, item_id=bolt, location=location)
    one = {"item_id": bolt, "location": "C"}
    taken = done("assemble", box, 1, components=[one])["movements"]
    assert (taken[0]["location"], taken[0]["quantity"]) == ("C", -2)
    both = [{**one, "quantity": 1}, {"item_id": bolt, "location": "B", "quantity": 3}]
    taken = done("assemble", box, 2, components=both)["movements"]
    assert [(each["location"], each["quantity"]) for each in taken[:-1]] == [("C", -1), ("B", -3)]
    for entries, pointer in (
        ([{**one, "quantity": 1}], "/components/0/quantity"),
        ([one, one], "/components/0/quantity"),
        ([{"item_id": box}], "/components/0/item_id"),
        ([{**one, "expiry_date": "2030-01-01"}], "/components/0/expiry_date"),
    ):
        (error,) = problem(work("assemble", box, 1, components=entries), 422)["errors"]
        assert error["pointer"] == pointer
    assert problem(work("assemble", box, 2, components=[one]), 409)["short"][0]["free"] == 1


def test_lots_and_serial_numbers_are_demanded_as_in_any_receipt(
    *, create, item, kit, moved, work, done, quantity
):
    by_lot = create("/inventory-types", name="Food", demands_lot=True, demands_expiry=True)["id"]
    numbered = create("/inventory-types", name="Tools", demands_serial=True)["id"]
    drill = item("Drill", inventory_type=numbered)
    moved("receipt", 2, item_id=drill, serials=["S1", "S2"])
    box = kit("Box", (drill, 1), inventory_type=by_lot)
    pieces = [{"item_id": drill, "serials": ["S2"]}]
    (error,) = problem(work("assemble", box, 1, components=pieces), 422)["errors"]
    assert error["pointer"] == "/lot"
    (error,) = problem(work("assemble", box, 1, lot="L1", components=pieces), 422)["errors"]
    assert error["pointer"] == "/expiry_date"
    lot = {"lot": "L1", "expiry_date": "2099-01-01"}
    (error,) = problem(work("assemble", box, 1, **lot), 422)["errors"]
    assert error["pointer"] == "/components/serials"
    made = done("assemble", box, 1, **lot, components=pieces)
    assert made["movements"][0]["serials"] == ["S2"]
    done("disassemble", box, 1, lot="L1", components=pieces)
    assert (quantity(drill), quantity(box)) == (2, 0)


def test_a_repetition_does_it_once(item, kit, moved, work, quantity):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    moved("receipt", 1, item_id=bolt)
    first = work("assemble", box, 1, key="once")
    assert work("assemble", box, 1, key="once").json == first.json
    assert (quantity(bolt), quantity(box)) == (0, 1)
    problem(work("assemble", box, 2, key="once"), 422)
    problem(work("assemble", box, 1, key=None), 400)


def test_a_movement_of_an_assembly_is_not_undone_alone(ask, item, kit, moved, done):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    moved("receipt", 1, item_id=bolt)
    for verb, opposite in (("assemble", "disassemble"), ("disassemble", "assemble")):
        for movement in done(verb, box, 1)["movements"]:
            path = f"/movements/{movement['id']}/reversal"
            assert f"/{opposite}" in problem(ask("POST", path, json={}), 409)["detail"]


def test_who_may_assemble(ask, item, kit, moved, work):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    problem(work("assemble", box, 1, caller=VIEWER), 403)
    problem(work("assemble", box, 1, warehouse_id="wh_none"), 404)
    problem(work("assemble", "item_none", 1), 404)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"quantity": 0}, "/quantity"),
        ({"quantity": 0.5}, "/quantity"),
        ({"unit": "kg"}, "/unit"),
        ({"components": [{"item_id": "x", "quantity": 0}]}, "/components/0/quantity"),
        ({"place": "A"}, "/place"),
    ],
)
def test_a_wrong_field_is_named(*, item, kit, moved, work, change, pointer):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    moved("receipt", 9, item_id=bolt)
    body = {"quantity": 1, **change}
    errors = problem(work("assemble", box, **body), 422)["errors"]
    assert [error["pointer"] for error in errors] == [pointer]


def test_kits_in_another_unit(item, kit, moved, done, quantity):
    bolt = item("Bolt")
    box = kit("Box", (bolt, 1))
    moved("receipt", 30, item_id=bolt)
    made = done("assemble", box, 2, unit="dozen")
    assert (made["quantity"], made["movements"][-1]["given_unit"]) == (24, "dozen")
    assert quantity(bolt) == 6


def test_parts_of_a_unit_are_exact(*, item, kit, moved, done, movements, quantity):
    syrup = item("Syrup", unit="l")
    drink = kit("Drink", (syrup, 10, {"unit": "ml"}))
    moved("receipt", 1, item_id=syrup, unit_cost="7")
    done("assemble", drink, 33)
    assert quantity(syrup) == 0.67
    done("disassemble", drink, 33)
    assert quantity(syrup) == 1
    assert value_of(movements(syrup)) == 7
