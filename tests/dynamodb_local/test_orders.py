"""Orders on the real transactions: many at once, and calls that fail halfway."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import pytest

from stockwarden.core.errors import OrderConflict, StockwardenError
from stockwarden.orders.model import OrderView
from stockwarden.orders.requests import OrderPatch
from stockwarden.storage.keys import orders as keys
from tests.support.faults import Killed, calls_of, fault_at, faults_of, killed_after
from tests.support.gateway import ADMIN
from tests.support.orders import SUPPLIER, OrderScenario


@pytest.fixture
def orders(ledger_tables: None) -> OrderScenario:
    return OrderScenario()


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of so many threads gets that begin together."""
    start = Barrier(count)

    def run(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        except StockwardenError as refused:
            return refused

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_fifty_at_once_get_fifty_numbers_without_a_gap(orders: OrderScenario) -> None:
    made = at_once(50, lambda _: orders.draw_up())
    assert {type(each) for each in made} == {OrderView}
    numbers = sorted(order.internal_number for order in made)
    assert numbers == [f"PO-2026-{number:04}" for number in range(1, 51)]
    supplier = orders.suppliers.find(SUPPLIER)
    assert supplier is not None
    assert supplier["orders"] == 50


def test_one_of_three_receipts_of_all_is_done(orders: OrderScenario) -> None:
    order = orders.placed()
    outcomes = at_once(3, lambda _: orders.move(order, "receive", {"0001": 10}))
    assert Counter(type(each) for each in outcomes) == {OrderView: 1, OrderConflict: 2}
    assert orders.quantity == 10
    assert orders.find(order).lines[0].received == 10


def test_receipts_of_parts_at_once_add_up(orders: OrderScenario) -> None:
    order = orders.placed()
    outcomes = at_once(12, lambda _: orders.move(order, "receive", {"0001": 1}))
    assert Counter(type(each) for each in outcomes) == {OrderView: 10, OrderConflict: 2}
    after = orders.find(order)
    assert (after.status, after.lines[0].received, orders.quantity) == ("completed", 10, 10)


def test_one_request_sent_many_times_at_once_is_done_once(orders: OrderScenario) -> None:
    """Each step, from the draft to all that is open."""
    made = at_once(6, lambda _: orders.draw_up(key="draw"))
    assert {order.id for order in made} == {made[0].id}
    assert len(orders.repository.lines(orders.reader.load(ADMIN, made[0].id))) == 1
    placed = at_once(6, lambda _: orders.place(made[0], key="place"))
    assert {order.version for order in placed} == {2}
    received = at_once(6, lambda _: orders.move(made[0], "receive", key="receive"))
    assert {order.status for order in received} == {"completed"}
    assert orders.quantity == 10


def test_a_receipt_and_a_cancellation_at_once_agree(orders: OrderScenario) -> None:
    for number in range(5):
        order, before = orders.placed(), orders.quantity

        def act(position: int, order: OrderView = order) -> OrderView:
            if position:
                return orders.cancel(order)
            return orders.move(order, "receive", {"0001": 4})

        at_once(2, act)
        after = orders.find(order)
        assert after.status in {"cancelled", "completed"}, number
        assert orders.quantity - before == after.lines[0].received
        assert after.closed_short == (after.status == "completed")


def test_a_step_that_fails_at_any_call_is_done_once_when_it_is_repeated(
    orders: OrderScenario,
) -> None:
    """Killed after each call, or with a fault in it: the same request then does it, once."""
    steps = {
        "draw": lambda order, key: orders.draw_up(key=key),
        "place": lambda order, key: orders.place(order, key=key),
        "receive": lambda order, key: orders.move(order, "receive", {"0001": 4}, key=key),
        "complete": lambda order, key: orders.move(order, "receive", key=key),
        "cancel": lambda order, key: orders.cancel(order, key=key),
    }
    tried = 0
    for name, step in steps.items():
        _, names = calls_of(lambda name=name, step=step: step(_ready(orders, name), "trial"))
        _, before = calls_of(lambda name=name: _ready(orders, name))
        own = names[len(before) :]
        faults = [lambda each=each: fault_at(*each) for each in faults_of(own)]
        faults += [lambda each=each: killed_after(each) for each in range(len(own))]
        for fault in faults:
            tried += 1
            order, key = _ready(orders, name), f"{name}-{tried}"
            quantity = orders.quantity
            with fault(), suppress(StockwardenError, Killed):
                step(order, key)
            after = step(order, key)
            assert step(order, key) == after
            assert len(after.lines) == 1
            moved = (after.lines[0].received or 0) - (order.lines[0].received if order else 0)
            assert orders.quantity - quantity == moved, (name, tried)
    assert tried > 60


def _ready(orders: OrderScenario, step: str) -> Any:
    """An order that is about to take a step; None before there is one."""
    match step:
        case "draw":
            return None
        case "place":
            return orders.draw_up()
        case _:
            return orders.placed()


def test_lines_of_two_changes_at_once_are_never_mixed(orders: OrderScenario) -> None:
    order = orders.draw_up()
    for _ in range(3):

        def change(number: int) -> OrderView:
            lines = [{"item_id": orders.item_id, "quantity": number + 1}] * (number + 1)
            patch = OrderPatch.model_validate({"lines": lines})
            return orders.service.change(ADMIN, order.id, patch, None)

        at_once(4, change)
        quantities = [line.quantity for line in orders.find(order).lines]
        assert quantities == [quantities[0]] * int(quantities[0])
    stored = orders.table.query_all(keys.lines(order.id), consistent=True)
    assert {keys.revision_of(item) for item in stored} == {
        orders.reader.load(ADMIN, order.id)["revision"]
    }
