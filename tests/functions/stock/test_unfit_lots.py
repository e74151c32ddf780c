"""A lot that has expired or is in quarantine is given to nobody, the same on every way."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.problems import problem

LOT = {"lot": "L1"}
LONG_AGO = {"effective_at": "2026-01-10T08:00:00Z"}


@pytest.fixture(params=["expired", "quarantined"])
def unfit(request, ask, flour, hall, moved):
    """Ten pieces of a lot, of which two are reserved; then the lot becomes unfit."""
    moved("receipt", 10, **LOT, expiry_date="2999-12-31", effective_at="2026-01-01T08:00:00Z")
    place = {"item_id": flour, "warehouse_id": hall, **LOT}
    reserved = ask("POST", "/reservations", json={**place, "quantity": 2}).json
    change = {"expiry_date": "2026-01-05"}
    if request.param == "quarantined":
        change = {"status": "quarantined"}
    answer = ask("PATCH", f"/items/{flour}/lots/l1", json=change)
    assert answer.status == 200, answer.body
    return reserved


def test_every_way_is_refused_with_the_same_words(*, ask, move, unfit, flour, hall, quantity):
    place = {"item_id": flour, "warehouse_id": hall, **LOT}
    line = {**place, "kind": "issue", "quantity": 1}
    answers = [
        move("issue", 1, **LOT),
        move("consumption", 1, **LOT),
        move("issue", 1, **LOT, **LONG_AGO),
        ask("POST", "/movements", json={"lines": [line]}),
        ask("POST", "/reservations", json={**place, "quantity": 1}),
        ask("POST", f"/reservations/{unfit['id']}/post"),
    ]
    details = {problem(answer, 409)["detail"] for answer in answers}
    assert len(details) == 1
    assert "L1" in details.pop()
    assert quantity() == 10
    written_off = move("adjustment", -10, **LOT, reason="expired")
    assert (written_off.status, written_off.json["balance_after"]) == (201, 0)


def test_it_can_be_moved_counted_and_returned(ask, move, unfit, hall):
    there = {"warehouse_id": hall, "location": "QUARANTINE"}
    assert move("transfer", 1, **LOT, to=there).status == 201
    assert move("count", 8, **LOT).status == 201
    assert move("return", 1, **LOT).status == 201
    assert ask("POST", f"/reservations/{unfit['id']}/void").status == 200


def test_a_lot_is_good_on_its_last_day_in_the_warehouse(ask, create, clock, flour):
    """Which day it is, is a matter of the warehouse's time zone."""
    moment = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    for zone, status in (("America/New_York", 201), ("UTC", 201), ("Asia/Tokyo", 409)):
        clock(moment)
        warehouse_id = create("/warehouses", name=zone, timezone=zone)["id"]
        place = {"item_id": flour, "warehouse_id": warehouse_id, "lot": "L2"}
        receipt = {**place, "kind": "receipt", "quantity": 1, "expiry_date": "2026-03-02"}
        assert ask("POST", "/movements", json=receipt).status == 201
        reserve = {**place, "quantity": 1, "minutes": 1}
        assert ask("POST", "/reservations", json=reserve).status == status
        clock(moment + timedelta(minutes=2))
        issue = {**place, "kind": "issue", "quantity": 1}
        assert ask("POST", "/movements", json=issue).status == status


def test_goods_that_left_before_they_expired(move, moved, ask, flour):
    moved("receipt", 5, **LOT, expiry_date="2026-01-05", effective_at="2026-01-01T08:00:00Z")
    assert move("issue", 1, **LOT, effective_at="2026-01-03T08:00:00Z").status == 201
    problem(move("issue", 1, **LOT), 409)
