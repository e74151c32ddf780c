"""What the projections have lost is found, and put right; what is only under way is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from projections import app
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import check, generations
from stockwarden.core.clock import iso
from stockwarden.core.errors import BadRequest
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.tables import Table
from tests.support.gateway import Context, LongContext
from tests.support.ledger import HALL, NOON, LedgerScenario
from tests.support.projections import content, rebuilt, take_in
from tests.support.streams import Stream
from tests.template.test_functions import listed, statements

NONE_LEFT = {"items": 0, "orders": 0, "lost": 0}
NOTHING = {**NONE_LEFT, "items": 2}


@dataclass(frozen=True)
class TimeFor(Context):
    """`left` are the milliseconds that are left, each time somebody asks."""

    left: Iterator[int] = field(default_factory=lambda: iter(()))

    def get_remaining_time_in_millis(self):
        return next(self.left, 0)


def add_order(order_id, kind, *, version=1, **facts):
    """An order as it is stored, and its entry in the list of numbers."""
    stored = {"id": order_id, "type": kind, "status": "draft", "version": version, "lines": 1}
    stored |= {"number": order_id.upper(), "created_at": iso(NOON), "warehouse_id": HALL}
    stored |= {"currency": "EUR", "total": "5.00", "open_lines": 1, **facts}
    number = order_keys.by_number(order_id, kind, order_id.upper())
    stores.stock_table().put_all([{**order_keys.order(order_id), **stored}, number])


def without_movements(records):
    return [each for each in records if "MOVEMENT" not in each["dynamodb"]["Keys"]["sk"]["S"]]


@pytest.fixture
def scenario(aws):
    scenario = LedgerScenario("item_1", version=1)
    scenario.add_item("item_2", version=1)
    return scenario


@pytest.fixture
def stream(scenario):
    return Stream(stores.stock_table(), seen={})


@pytest.fixture
def at(monkeypatch):
    """`at(hours)` runs the check so many hours after noon."""

    def run(hours, context=None):
        for each in (check(), check().kinds[0]):
            monkeypatch.setattr(each, "clock", lambda: NOON + timedelta(hours=hours))
        return app.handler({"task": "check"}, context or LongContext())

    return run


def test_all_is_well(scenario, stream, at):
    scenario.move("receipt", 5)
    take_in(stream.records())
    assert at(0) == NOTHING
    assert at(1) == NONE_LEFT
    assert at(24) == NOTHING


def test_a_head_that_never_came(scenario, stream, at):
    take_in(stream.records())
    scenario.move("receipt", 5)
    assert at(0) == NOTHING
    assert at(1) == {**NONE_LEFT, "lost": 1}
    assert content(1) == rebuilt()
    assert at(2) == NONE_LEFT


@pytest.mark.parametrize("kind", ["purchase", "sales"])
def test_an_order_that_never_came(scenario, stream, at, kind):
    add_order("ord_1", kind)
    take_in(stream.records())
    add_order("ord_1", kind, version=2, status="placed", placed_at=iso(NOON))
    assert at(0) == {**NOTHING, "orders": 1}
    assert at(1) == {**NONE_LEFT, "lost": 1}
    assert content(1) == rebuilt()
    assert at(24) == {**NOTHING, "orders": 1}


def test_an_order_that_was_only_under_way(scenario, stream, at):
    take_in(stream.records())
    add_order("ord_1", "sales")
    at(0)
    take_in(stream.records())
    add_order("ord_1", "sales", version=2)
    assert at(1) == NONE_LEFT


def test_what_was_only_under_way(scenario, stream, at):
    take_in(stream.records())
    scenario.move("receipt", 5)
    at(0)
    take_in(stream.records())
    scenario.move("receipt", 5)
    # It is behind again, but no longer behind what was noted.
    assert at(1) == NONE_LEFT


def test_a_movement_that_never_came_is_found_within_a_week(scenario, stream, at):
    scenario.move("receipt", 5)
    take_in(without_movements(stream.records()))
    lost = [at(24 * day + hour)["lost"] for day in range(7) for hour in (0, 1)]
    assert sum(lost) == 1
    assert content(1) == rebuilt()


def test_a_rebuild_that_is_under_way_gets_it_too(scenario, at):
    building = generations().begin()
    scenario.move("receipt", 5)
    at(0)
    at(1)
    assert content(building) == content(1)


def test_it_goes_on_where_the_time_was_over(scenario, stream, at, monkeypatch):
    for number in range(3):
        add_order(f"ord_{number}", "sales" if number else "purchase")
    take_in(stream.records())
    monkeypatch.setattr("stockwarden.analytics.check._TOGETHER", 1)
    assert at(0, Context()) == NONE_LEFT
    runs = [at(hour, TimeFor(left=iter([900_000] * 2))) for hour in (1, 2, 3)]
    assert [(run["items"], run["orders"]) for run in runs] == [(2, 0), (0, 2), (0, 1)]
    assert at(4) == NONE_LEFT
    assert at(25)["items"] == 2


def test_the_function_may_read_the_indexes_that_it_walks(scenario, at, monkeypatch):
    walked, query = set(), Table.query

    def recorded(table, *key, index=None, **asked):
        if index:
            walked.add(f"${{StockTable.Arn}}/index/{index}")
        return query(table, *key, index=index, **asked)

    monkeypatch.setattr(Table, "query", recorded)
    at(0)
    assert walked == {
        resource["Fn::Sub"]
        for statement in statements("ProjectionsFunction")
        for resource in listed(statement["Resource"])
        if "dynamodb:Query" in listed(statement["Action"]) and "Fn::Sub" in resource
    }


def test_another_task(aws):
    with pytest.raises(BadRequest):
        app.handler({"task": "other"}, Context())


def test_its_note_is_of_bounded_size(scenario, at, monkeypatch):
    monkeypatch.setattr("stockwarden.analytics.check._MOST_NOTED", 1)
    at(0)
    note = stores.projections_table().get(keys.progress().key("check-round"))
    assert len(note["behind"]["item"]) == 1


def test_of_the_days_of_an_item_the_first_that_are_behind_are_noted(scenario, stream, at):
    days = [iso(NOON - timedelta(days=each)) for each in range(15, 0, -1)]
    for day in days[:2]:
        scenario.move("receipt", 5, effective_at=day)
    take_in(stream.records())
    for day in days[2:]:
        scenario.move("receipt", 5, effective_at=day)
    take_in(without_movements(stream.records()))
    noted = []
    for day in range(7):
        at(24 * day)
        note = stores.projections_table().get(keys.progress().key("check-round"))
        noted += [sorted(days) for _, days in note["behind"]["item"].values()]
        at(24 * day + 1)
    assert noted == [[day[:10] for day in days[2:12]]]
    assert content(1) == rebuilt()
