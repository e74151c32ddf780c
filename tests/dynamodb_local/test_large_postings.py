"""Orders of 250 lines on the real transactions: sums, many at once, and requests that die."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from stockwarden.core.clock import iso
from stockwarden.core.errors import StockConflict, StockwardenError
from stockwarden.stock.movement import Movement
from tests.support.faults import Killed, calls_of, killed_after
from tests.support.large_postings import (
    has_happened,
    issues,
    items_of,
    left_over,
    receipts,
    reservations_of,
    seen,
    stored_head,
    sweep,
)
from tests.support.ledger import NOON, LedgerScenario, place

LINES = 250


@pytest.fixture
def ledger(ledger_tables: None) -> LedgerScenario:
    return LedgerScenario()


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each gets, or its error, if all begin at once."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except StockwardenError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def frozen(ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a millisecond: no lease runs out."""
    numbers = count(1)

    def clock() -> Any:
        return NOON + timedelta(milliseconds=next(numbers))

    for part in (ledger.ledger, ledger.ledger.recovery, ledger.ledger.large):
        monkeypatch.setattr(part, "clock", clock)


def test_250_lines_are_received_as_one(ledger: LedgerScenario) -> None:
    ids = items_of(ledger, LINES)
    movements = ledger.post(*receipts(ledger, ids), key="order")
    assert [each.item_id for each in movements] == ids
    assert ledger.post(*receipts(ledger, ids), key="order") == movements
    assert [seen(ledger, item_id) for item_id in ids] == [3] * LINES
    ledger.post(*issues(ledger, ids, 3))
    assert {seen(ledger, item_id) for item_id in ids} == {0}
    with pytest.raises(StockConflict):
        ledger.post(*issues(ledger, ids, 1))
    assert left_over(ledger, ids) == []


def test_who_moves_one_of_its_items_meanwhile_comes_before_or_after(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = items_of(ledger, 120)
    ledger.post(*receipts(ledger, ids, 10))
    frozen(ledger, monkeypatch)
    outcomes = together(
        lambda: ledger.post(*issues(ledger, ids, 10), key="large"),
        *(
            lambda number=number: ledger.move(
                "receipt", 1, place("A"), item_id=ids[number], key=f"pst_{number}"
            )
            for number in (0, 60, 119)
        ),
    )
    assert not any(isinstance(each, StockwardenError) for each in outcomes), outcomes
    assert [seen(ledger, ids[number]) for number in (0, 1, 60, 119)] == [1, 0, 1, 1]
    assert left_over(ledger, ids) == []


def test_of_two_that_want_the_same_pieces_one_gets_all_of_them(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their common items are in the middle of both, in different parts, and in another order."""
    ids = items_of(ledger, 150)
    ledger.post(*receipts(ledger, ids, 10))
    frozen(ledger, monkeypatch)
    first, second = ids[:100], ids[:49:-1]
    outcomes = together(
        lambda: ledger.post(*issues(ledger, first, 10), key="first"),
        lambda: ledger.post(*issues(ledger, second, 10), key="second"),
    )
    refused = [each for each in outcomes if isinstance(each, StockConflict)]
    (done,) = [each for each in outcomes if not isinstance(each, StockConflict)]
    assert len(refused) == 1
    taken = {movement.item_id for movement in done}
    assert [seen(ledger, each) for each in ids] == [0 if each in taken else 10 for each in ids]
    assert left_over(ledger, ids) == []


def test_two_with_common_items_are_both_done(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = items_of(ledger, 120)
    frozen(ledger, monkeypatch)
    outcomes = together(
        *(
            lambda number=number: ledger.post(
                *receipts(ledger, ids[:: (-1) ** number], number + 1), key=f"pst_{number}"
            )
            for number in range(3)
        )
    )
    assert [len(each) for each in outcomes] == [120] * 3, outcomes
    assert {seen(ledger, each) for each in ids} == {6}
    assert {stored_head(ledger, each)["seq"] for each in ids} == {3}
    assert left_over(ledger, ids) == []


def test_one_request_sent_twice_at_once_is_done_once(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = items_of(ledger, 60)
    ledger.post(*receipts(ledger, ids, 5))
    frozen(ledger, monkeypatch)
    first, second = together(
        *[lambda: ledger.post(*issues(ledger, ids, 5), key="same") for _ in range(2)]
    )
    assert first == second
    assert {seen(ledger, each) for each in ids} == {0}
    assert left_over(ledger, ids) == []


def test_reservations_and_a_large_issue_never_promise_a_piece_twice(
    ledger: LedgerScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One piece is there: it is reserved, or issued."""
    ids = items_of(ledger, 40)
    ledger.post(*receipts(ledger, ids, 1))
    frozen(ledger, monkeypatch)
    reserve = reservations_of(ledger)
    issue, reserved = together(
        lambda: ledger.post(*issues(ledger, ids, 1)), lambda: reserve(ids[39], 1)
    )
    assert isinstance(issue, StockConflict) != isinstance(reserved, StockConflict)
    assert seen(ledger, ids[0]) == seen(ledger, ids[39]) == isinstance(issue, StockConflict)
    assert left_over(ledger, ids) == []


def test_of_one_that_dies_anywhere_all_of_it_or_nothing_is_there(ledger: LedgerScenario) -> None:
    """Then somebody moves an item, somebody reads, and it is repeated."""
    ids = items_of(ledger, 70)
    ledger.post(*receipts(ledger, ids, 1000))
    _, names = calls_of(lambda: ledger.post(*issues(ledger, ids)))
    left, seq, outcomes = 999, 2, set()
    for call in range(len(names)):
        with killed_after(call), suppress(Killed):
            ledger.post(*issues(ledger, ids), key=f"pst_{call}")
        happened = has_happened(ledger, f"pst_{call}")
        outcomes.add(happened)
        ledger.now += timedelta(minutes=1)
        movement: Movement = ledger.move("receipt", 1, place("A"), item_id=ids[35])
        assert movement.balance_after == left - happened + 1
        ledger.move("issue", 1, place("A"), item_id=ids[35])
        assert {seen(ledger, each) for each in ids} == {left - happened}
        again = ledger.post(*issues(ledger, ids), key=f"pst_{call}")
        assert {each.balance_after for each in again} == {left - 1}
        left, seq = left - 1, seq + 1
        assert stored_head(ledger, ids[0])["seq"] == seq
    assert outcomes == {True, False}
    sweep(ledger)
    assert left_over(ledger, ids) == []
    assert ledger.ledger.history.balances_at(ids[0], iso(ledger.now)) == {place("A"): left}
