"""An order of more lines than a transaction holds: all of it is received, or nothing."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest

from stockwarden.core.errors import StockwardenError
from stockwarden.storage.keys import stock as keys
from tests.support.faults import Killed, calls_of, killed_after
from tests.support.orders import OrderScenario


@pytest.fixture
def orders(ledger_tables: None) -> OrderScenario:
    scenario = OrderScenario()
    for number in range(120):
        scenario.add_item(f"item_{number + 2}")
    return scenario


def lines(count: int) -> list[dict[str, object]]:
    """Of 120 items, so that some stand in several lines."""
    return [
        {"item_id": f"item_{number % 120 + 2}", "quantity": Decimal(2), "price": "1.25"}
        for number in range(count)
    ]


def in_stock(orders: OrderScenario) -> list[Fraction]:
    heads = orders.table.get_many([keys.head(f"item_{each + 2}") for each in range(120)])
    return [Fraction(head["quantity"]) for head in heads]


def test_250_lines_are_received_once(orders: OrderScenario) -> None:
    order = orders.placed(*lines(250))
    done = orders.move(order, "receive", key="once")
    assert (done.status, done.open_lines, done.total) == ("completed", 0, "625.00")
    assert sum(in_stock(orders)) == 500
    assert orders.move(order, "receive", key="once").version == done.version
    assert sum(in_stock(orders)) == 500


def test_whatever_kills_it_the_same_request_completes_it(orders: OrderScenario) -> None:
    """At every ninth call: there are many."""
    _, names = calls_of(lambda: orders.move(orders.placed(*lines(130)), "receive"))
    for position in range(0, len(names), 9):
        order, before = orders.placed(*lines(130)), sum(in_stock(orders))
        key = f"killed-{position}"
        with killed_after(position), suppress(StockwardenError, Killed):
            orders.move(order, "receive", key=key)
        done = orders.move(order, "receive", key=key)
        assert (done.status, {line.received for line in done.lines}) == ("completed", {2})
        assert sum(in_stock(orders)) == before + 260, position
