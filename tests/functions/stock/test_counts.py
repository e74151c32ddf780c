"""Counts: opened at a moment, posted as the difference to the book when it was counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.identity.access import TokenLimits
from tests.functions.stock.conftest import MANAGER, STRANGER
from tests.support.problems import problem

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def opened(ask, hall, flour):
    """`opened({"location": "A"}, …)` opens a count of flour at these places."""

    def post(*places, **more):
        lines = [{"item_id": flour, "warehouse_id": hall, **place} for place in places or ({},)]
        answer = ask("POST", "/counts", json={"lines": lines, **more})
        assert answer.status == 201, answer.body
        return answer.json

    return post


@pytest.fixture
def post(ask):
    def send(count, *quantities, **more):
        lines = [
            {"line": number, "quantity": each, **more}
            for number, each in enumerate(quantities, start=1)
        ]
        return ask("POST", f"/counts/{count['id']}/post", json={"lines": lines})

    return send


def test_what_moves_while_people_count_is_no_difference(ask, moved, opened, post, quantity):
    moved("receipt", 1000)
    count = opened(note="Monday")
    assert (count["status"], count["note"]) == ("open", "Monday")
    assert [line["expected"] for line in count["lines"]] == [1000]
    moved("issue", 100)
    answer = post(count, 900)
    assert answer.status == 200
    (line,) = answer.json["lines"]
    assert (line["counted"], line["difference"]) == (900, 0)
    assert answer.json["status"] == "posted"
    assert ask("GET", f"/counts/{count['id']}").json == answer.json
    assert quantity() == 900


def test_a_difference_becomes_a_movement(moved, opened, post, movements, quantity):
    moved("receipt", 10)
    answer = post(opened(note="Monday"), 7).json
    movement = movements()[0]
    assert (movement["kind"], movement["quantity"], movement["reason"]) == ("count", -3, "Monday")
    assert movement["count_id"] == answer["id"]
    assert movement["id"] == answer["lines"][0]["movement_id"]
    assert quantity() == 7


def test_a_count_is_posted_once(moved, opened, post, quantity):
    moved("receipt", 10)
    count = opened()
    post(count, 7)
    assert "posted" in problem(post(count, 5), 409)["detail"]
    assert quantity() == 7


def test_it_counts_at_the_moment_of_counting(clock, moved, opened, post, quantity):
    clock(NOON)
    moved("receipt", 1000)
    count = opened()
    clock(NOON + timedelta(minutes=20))
    moved("issue", 100)
    clock(NOON + timedelta(minutes=30))
    early = (NOON - timedelta(minutes=1)).isoformat()
    ahead = (NOON + timedelta(hours=1)).isoformat()
    for moment in (early, ahead, "2026-03-02T12:10:00"):
        (error,) = problem(post(count, 990, counted_at=moment), 422)["errors"]
        assert error["pointer"] == "/lines/0/counted_at"
    answer = post(count, 990, counted_at=(NOON + timedelta(minutes=10)).isoformat())
    assert answer.json["lines"][0]["difference"] == -10
    assert quantity() == 890


def test_lines_may_come_in_any_order_and_unit(ask, moved, opened, quantity):
    moved("receipt", 10, location="A")
    moved("receipt", 30, location="B")
    count = opened({"location": "A"}, {"location": "B"}, {"location": "C"})
    lines = [
        {"line": 3, "quantity": 0},
        {"line": 2, "quantity": 2, "unit": "dozen"},
        {"line": 1, "quantity": 11},
    ]
    answer = ask("POST", f"/counts/{count['id']}/post", json={"lines": lines})
    assert [
        (line["location"], line["counted"], line["counted_unit"], line["difference"])
        for line in answer.json["lines"]
    ] == [("A", 11, None, 1), ("B", 2, "dozen", -6), ("C", 0, None, 0)]
    assert quantity() == 35


@pytest.mark.parametrize("numbers", [[1], [1, 1], [1, 2, 3], [1, 2, 2]], ids=str)
def test_every_line_is_counted_once(ask, moved, opened, quantity, numbers):
    moved("receipt", 10, location="A")
    count = opened({"location": "A"}, {"location": "B"})
    lines = [{"line": number, "quantity": 0} for number in numbers]
    answer = ask("POST", f"/counts/{count['id']}/post", json={"lines": lines})
    assert [error["pointer"] for error in problem(answer, 422)["errors"]] == ["/lines"]
    assert quantity() == 10


@pytest.mark.parametrize(
    ("line", "pointer"),
    [
        ({"line": 1, "quantity": -1}, "/lines/0/quantity"),
        ({"line": 1, "quantity": 1.5}, "/lines/0/quantity"),
        ({"line": 1, "quantity": 1, "unit": "kg"}, "/lines/0/unit"),
        ({"line": 0, "quantity": 1}, "/lines/0/line"),
        ({"line": 1}, "/lines/0/quantity"),
    ],
)
def test_a_wrong_line_is_named(ask, opened, line, pointer):
    answer = ask("POST", f"/counts/{opened()['id']}/post", json={"lines": [line]})
    assert [error["pointer"] for error in problem(answer, 422)["errors"]] == [pointer]


def test_what_cannot_be_opened(ask, hall, flour):
    place = {"item_id": flour, "warehouse_id": hall, "location": "A"}
    for lines, pointer in (
        ([place, {**place, "location": " a "}], "/lines/1"),
        ([place, {**place, "item_id": "item_none"}], "/lines/1/item_id"),
        ([], "/lines"),
    ):
        answer = ask("POST", "/counts", json={"lines": lines})
        assert [error["pointer"] for error in problem(answer, 422)["errors"]] == [pointer]
    problem(ask("POST", "/counts", json={"lines": [{**place, "warehouse_id": "wh_no"}]}), 404)


def test_the_counts_of_a_warehouse_are_listed_newest_first(ask, hall, moved, opened, post):
    moved("receipt", 10)
    first, second = opened(note="Monday"), opened({"location": "A"}, {"location": "B"})
    assert post(first, 7).status == 200
    path, asked = "/counts", {"warehouse_id": hall, "limit": 1}
    newest = ask("GET", path, query=asked).json
    (line,) = newest["counts"]
    assert (line["id"], line["status"], line["lines"]) == (second["id"], "open", 2)
    assert (line["differing"], line["by"]) == (None, MANAGER.user_id)
    older = ask("GET", path, query={**asked, "cursor": newest["next_cursor"]}).json
    (line,) = older["counts"]
    assert (line["id"], line["note"], line["differing"]) == (first["id"], "Monday", 1)
    assert line["posted_at"] >= line["opened_at"]


def test_counts_are_listed_to_who_sees_all_their_warehouses(ask, create, hall, opened):
    other = create("/warehouses", name="Other")["id"]
    opened({"location": "A"}, {"warehouse_id": other})
    limited = replace(
        MANAGER, limits=TokenLimits("tok_1", frozenset({"stock:read"}), frozenset({hall}))
    )
    assert len(ask("GET", "/counts", query={"warehouse_id": other}).json["counts"]) == 1
    assert ask("GET", "/counts", query={"warehouse_id": hall}, caller=limited).json["counts"] == []
    problem(ask("GET", "/counts", query={"warehouse_id": hall}, caller=STRANGER), 404)
    problem(ask("GET", "/counts"), 422)
