"""What an item did in a period, from its value now and its days."""

from datetime import date
from fractions import Fraction

import pytest

from stockwarden.analytics.amounts import amount_text, rounded_text
from stockwarden.analytics.periods import ItemInScope, in_scopes
from stockwarden.analytics.used_days import Day, DayInWarehouse, Used
from stockwarden.storage.keys.projections import COMPANY

TODAY = date(2026, 3, 2)
ONE = 10**12


def days(**by_age):
    """`days(d3=(change, moved, used quantity, used amount))`"""
    made = {}
    for name, (change, moved, *used) in by_age.items():
        uses = {"issue": Used(Fraction(used[0]), used[1] * ONE)} if used else {}
        made[int(name[1:])] = DayInWarehouse(change * ONE, Fraction(moved), uses)
    return made


def item(quantity, amount, **by_age):
    return ItemInScope({"id": "item_1"}, "wh_1", Fraction(quantity), amount * ONE, days(**by_age))


AVERAGES = {
    "the same all the time": (item(5, 100), 10, 100),
    "bought today: nine days of nothing": (item(5, 100, d0=(100, 5)), 10, 10),
    "bought five days ago": (item(5, 100, d4=(100, 5)), 10, 50),
    "bought long before the period": (item(5, 100, d400=(100, 5)), 10, 100),
    "bought on the day before the period": (item(5, 100, d10=(100, 5)), 10, 100),
    "sold yesterday": (item(0, 0, d1=(-100, -5, 5, 100)), 10, 80),
}


@pytest.mark.parametrize(("scoped", "period", "expected"), AVERAGES.values(), ids=AVERAGES)
def test_average(scoped, period, expected):
    assert scoped.average(period) == expected * ONE


IDLE = {
    "used today": (item(5, 100, d0=(-10, -1, 1, 10)), 0, 365),
    "used twice": (item(5, 100, d9=(-10, -1, 1, 10), d40=(-10, -1, 1, 10)), 9, 365),
    "never": (item(5, 100, d50=(100, 5)), None, 50),
    "counted only, there for ever": (item(5, 100, d3=(20, 1)), None, 365),
    "all gone, and bought again": (item(5, 100, d20=(100, 5), d60=(-50, -9, 9, 50)), 60, 20),
    "brought back more than sold": (item(5, 100, d3=(10, 1, -1, -10), d8=(90, 4)), None, 8),
}


@pytest.mark.parametrize(("scoped", "idle", "present"), IDLE.values(), ids=IDLE)
def test_idle(scoped, idle, present):
    assert (scoped.idle_days, scoped.present_days) == (idle, present)


def test_what_was_used_is_of_the_period():
    scoped = item(1, 1, d0=(-1, -1, 1, 1), d29=(-2, -2, 2, 2), d30=(-4, -4, 4, 4))
    assert scoped.used(30) == {"issue": Used(Fraction(3), 3 * ONE)}
    assert scoped.used(90) == {"issue": Used(Fraction(7), 7 * ONE)}


def test_each_warehouse_and_all_together():
    books = {
        "wh_1": {"quantity": "2", "value": "20"},
        "wh_2": {"quantity": "1/3", "value": "0.000000000001"},
    }
    day = Day(
        2,
        {
            "wh_1": DayInWarehouse(5 * ONE, Fraction(1)),
            "wh_3": DayInWarehouse(-5 * ONE, Fraction(-1), {"issue": Used(Fraction(1), 5 * ONE)}),
        },
    )
    old = Day(1, {"wh_9": DayInWarehouse(ONE, Fraction(1))})
    stored = {"id": "item_1", "books": books}
    found = {
        each.scope: each
        for each in in_scopes(stored, {"2026-03-01": day, "2024-03-01": old}, TODAY)
    }
    assert set(found) == {COMPANY, "wh_1", "wh_2", "wh_3"}
    assert found[COMPANY].amount == 20 * ONE + 1
    assert found[COMPANY].quantity == Fraction(7, 3)
    assert found[COMPANY].used(30) == found["wh_3"].used(30)
    assert found[COMPANY].days[1].change == 0
    assert found["wh_3"].amount == 0


def test_a_day_ahead_counts_as_today():
    """A movement may be a minute ahead of the clock, and so of midnight."""
    day = Day(1, {"wh_1": DayInWarehouse(ONE, Fraction(1))})
    both = {"2026-03-03": day, "2026-03-02": day}
    scoped = next(in_scopes({"id": "item_1", "books": {}}, both, TODAY))
    assert scoped.days[0].change == 2 * ONE
    assert list(scoped.days) == [0]


def test_amounts_are_exact_and_averages_in_cents():
    assert amount_text(12_500_000_000_000) == "12.50"
    assert amount_text(1) == "0.000000000001"
    assert rounded_text(Fraction(10 * ONE, 3)) == "3.33"
