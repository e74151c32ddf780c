"""Ranked lists, ends of days and rebuilds that are made at once: no list of half the items."""

from datetime import timedelta
from decimal import Decimal

import pytest

from stockwarden.analytics.day_ends import DayEnds
from stockwarden.analytics.refresh import Refresh
from stockwarden.analytics.views import ViewStore
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import generations
from stockwarden.core.errors import Conflict
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.tables import Table
from tests.support.ledger import NOON, LedgerScenario
from tests.support.projections import rebuild, take_in
from tests.support.streams import Stream, everything_in

ITEMS = [f"item_{number}" for number in range(1, 5)]


@pytest.fixture
def scenario(aws):
    stream = Stream(stores.stock_table())
    scenario = LedgerScenario("item_1", version=1, currency="EUR")
    for item_id in ITEMS[1:]:
        scenario.add_item(item_id, version=1, currency="EUR")
    for item_id in ITEMS:
        scenario.move("receipt", 5, item_id=item_id, unit_cost=Decimal(2))
        scenario.move("issue", 1, item_id=item_id)
    take_in(stream.records())
    return scenario


def refresh(hours=1):
    table, clock = stores.projections_table(), lambda: NOON + timedelta(hours=hours)
    return Refresh(table, generations(), ViewStore(table), DayEnds(table, clock), clock)


def entries():
    """Those of all lists."""
    table = stores.projections_table()
    return [item for item in everything_in(table) if item["pk"] == keys.views().pk]


def lists():
    """The entries without when and under which stamp they were made."""
    return {
        item["sk"]: {name: each for name, each in item.items() if name not in {"stamp", "as_of"}}
        for item in entries()
    }


def day_ends():
    return {
        (item["pk"], item["sk"]): item["amount"]
        for item in everything_in(stores.projections_table())
        if item["pk"].startswith("DAYS#")
    }


@pytest.fixture
def during(monkeypatch):
    """`during(ViewStore, "save", act)` acts once, before the first call of that."""

    def prepare(owner, name, act):
        called = getattr(owner, name)

        def first(*arguments, **named):
            monkeypatch.setattr(owner, name, called)
            act()
            return called(*arguments, **named)

        monkeypatch.setattr(owner, name, first)

    return prepare


def test_lists_that_are_made_slowly_do_not_replace_newer_ones(scenario, during):
    during(ViewStore, "save", lambda: refresh(hours=2).run())
    refresh(hours=1).run()
    made = lists()
    assert {item["as_of"] for item in entries()} == {"2026-03-02T14:00:00.000Z"}
    refresh(hours=3).run()
    assert made == lists()


def test_what_is_no_longer_of_any_item_goes(scenario):
    refresh(hours=1).run()
    used = {name for name in lists() if name.startswith("abc#")}
    assert used
    refresh(hours=24 * 400).run()
    assert lists().keys().isdisjoint(used)


def test_lists_are_not_made_of_what_a_rebuild_removes(scenario):
    refresh().run()
    made = lists()
    begun = refresh()
    items = begun._items

    def rebuilt_after_some(generation, bucket, today):
        yield from items(generation, bucket, today)
        if bucket == 3 and generation == 1:
            rebuild().run()

    begun._items = rebuilt_after_some
    assert begun.run().items == len(ITEMS)
    assert lists() == made


def test_the_end_of_a_day_is_not_taken_from_what_a_rebuild_removes(scenario, during):
    refresh().run_if_due()
    kept = day_ends()
    assert kept
    stores.projections_table().delete_all({"pk": pk, "sk": sk} for pk, sk in kept)
    during(DayEnds, "_ends", lambda: rebuild().run())
    later = refresh(hours=24)
    later.day_ends.keep_if_due(later.generations)
    assert day_ends() == {}
    later.day_ends.keep_if_due(later.generations)
    assert sorted(day_ends().values()) == sorted(kept.values())


@pytest.mark.parametrize("meanwhile", ["it begins", "it is done"])
def test_a_rebuild_that_begins_while_another_one(scenario, during, meanwhile):
    other = generations().begin() if meanwhile == "it is done" else None
    act = generations().begin if other is None else lambda: generations().switch_to(other)
    during(Table, "put", act)
    with pytest.raises(Conflict):
        generations().begin()
    assert generations().live()[-1] == 2
