"""The ledger on the real transactions: many at once, and calls that fail halfway."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from fractions import Fraction

import pytest

from stockwarden.core.clock import iso
from stockwarden.core.errors import StockConflict, StockwardenError
from stockwarden.stock import history as history_module
from stockwarden.stock import ledger as ledger_module
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Movement
from tests.support.faults import Killed, calls_of, fault_at, faults_of, killed_after
from tests.support.ledger import NOON, LedgerScenario, place

Outcome = Movement | StockwardenError


@pytest.fixture
def ledger(ledger_tables: None) -> LedgerScenario:
    return LedgerScenario()


def at_once(count: int, act: Callable[[int], Movement]) -> list[Outcome]:
    """What each of so many threads gets that begin together."""
    start = threading.Barrier(count)

    def run(number: int) -> Outcome:
        start.wait()
        try:
            return act(number)
        except StockwardenError as refused:
            return refused

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def kinds_of(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.parametrize(("pieces", "people"), [(100, 200), (10, 20)])
def test_of_many_at_once_as_many_succeed_as_there_are_pieces(
    ledger: LedgerScenario, pieces: int, people: int
) -> None:
    ledger.move("receipt", pieces)
    outcomes = at_once(people, lambda number: ledger.move("issue", 1, key=f"pst_{number}"))
    assert kinds_of(outcomes) == {"Movement": pieces, "StockConflict": people - pieces}
    movements = ledger.movements()
    assert sorted(each.seq for each in movements) == list(range(1, pieces + 2))
    by_seq = sorted(movements, key=lambda each: each.seq)
    assert [each.balance_after for each in by_seq] == list(range(pieces, -1, -1))
    assert ledger.quantity == 0
    assert ledger.at(ledger.now) == {}


def test_lines_of_one_request_are_all_or_nothing(ledger: LedgerScenario) -> None:
    there = place(lot="L1")
    ledger.add_item("item_2")
    ledger.move("receipt", 100, there)
    ledger.move("receipt", 100, item_id="item_2")
    for others in ([ledger.line("issue", 100, there)], [ledger.line("issue", 1, item_id="item_2")]):
        with pytest.raises(StockConflict):
            ledger.post(*others, ledger.line("issue", 20, there), ledger.line("issue", 100, there))
    assert ledger.quantity == 100
    assert [each.seq for each in ledger.movements()] == [1]


def test_requests_of_several_items_in_any_order_do_not_lock_each_other(
    ledger: LedgerScenario,
) -> None:
    ledger.add_item("item_2")
    lines = [ledger.line("receipt", 1), ledger.line("receipt", 1, item_id="item_2")]

    def receive(number: int) -> Movement:
        ordered = lines if number % 2 else lines[::-1]
        return ledger.post(*ordered, key=f"pst_{number}")[0]

    assert kinds_of(at_once(20, receive)) == {"Movement": 20}
    for item_id in ("item_1", "item_2"):
        (balance,) = ledger.ledger.history.balances_at(item_id, iso(ledger.now)).values()
        assert balance == 20


def test_items_do_not_wait_for_each_other(ledger: LedgerScenario) -> None:
    """Of movements of one item at once, all but one are written again; of many items, none."""
    items = [f"item_{number}" for number in range(2, 42)]
    for item_id in items:
        ledger.add_item(item_id)
    outcomes, names = calls_of(
        lambda: at_once(len(items), lambda number: ledger.move("receipt", 1, item_id=items[number]))
    )
    assert kinds_of(outcomes) == {"Movement": len(items)}
    assert Counter(names)["TransactWriteItems"] == len(items)


def test_one_request_sent_many_times_at_once_is_done_once(ledger: LedgerScenario) -> None:
    """Also where it takes all there is, so that it could not be done a second time."""
    ledger.move("receipt", 5)
    outcomes = at_once(10, lambda _: ledger.move("issue", 5, key="pst_same"))
    assert kinds_of(outcomes) == {"Movement": 10}
    assert len(set(map(repr, outcomes))) == 1
    assert ledger.quantity == 0
    assert len(ledger.movements()) == 2


# ---- Calls that fail halfway ----


def movements_of_each_kind(ledger: LedgerScenario) -> list[list[Line]]:
    earlier = iso(NOON + timedelta(seconds=2))
    there = place("A", warehouse_id="wh_other")
    ledger.add_item("item_2")
    ledger.move("receipt", 50, item_id="item_2")
    return [
        [ledger.line("receipt", 3)],
        [ledger.line("issue", 2)],
        [ledger.line("transfer", 2, to=there)],
        [ledger.line("count", 900)],
        [ledger.line("receipt", 1, place("late"), effective_at=earlier)],
        [
            ledger.line("issue", 1),
            ledger.line("issue", 2),
            ledger.line("issue", 1, item_id="item_2"),
        ],
    ]


def test_a_request_that_fails_at_any_call_is_done_once_when_it_is_repeated(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checkpoints are written after every movement, so that their calls fail too."""
    for module in (ledger_module, history_module):
        monkeypatch.setattr(module, "CHECKPOINT_EVERY", 1)
    ledger.move("receipt", 1000)
    tried = 0
    for lines in movements_of_each_kind(ledger):
        _, names = calls_of(lambda lines=lines: ledger.post(*lines))
        faults = [lambda each=each: fault_at(*each) for each in faults_of(names)]
        faults += [lambda each=each: killed_after(each) for each in range(len(names))]
        for fault in faults:
            tried += 1
            assert_done_once(ledger, lines, fault, f"pst_{tried}")
    assert tried > 100


def assert_done_once(
    ledger: LedgerScenario,
    lines: list[Line],
    fault: Callable[[], AbstractContextManager[None]],
    key: str,
) -> None:
    before, quantity = ledger.movements(), ledger.quantity
    with fault(), suppress(StockwardenError, Killed):
        ledger.post(*lines, key=key)
    movements = ledger.post(*lines, key=key)
    assert ledger.post(*lines, key=key) == movements
    own = [each for each in movements if each.item_id == ledger.item_id]
    assert sorted(each.seq for each in ledger.movements()) == list(
        range(1, len(before) + len(own) + 1)
    )
    added = sum((sum(each.changes.values()) for each in own), Fraction(0))
    assert ledger.quantity == quantity + added
    assert sum(ledger.at(ledger.now).values()) == ledger.quantity
