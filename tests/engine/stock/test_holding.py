"""A large posting holds its items as they were read, or reads them again."""

import pytest

from stockwarden.core.clock import iso
from stockwarden.core.errors import StockConflict
from stockwarden.stock.balance import read_balance
from stockwarden.stock.movement import Kind
from stockwarden.storage.keys import stock as keys
from tests.support.faults import around_every_call, calls_of
from tests.support.large_postings import (
    issues,
    items_of,
    left_over,
    receipts,
    reservations_of,
    seen,
)
from tests.support.ledger import LedgerScenario, place


@pytest.fixture
def ledger(aws):
    return LedgerScenario(max_actions=9)


@pytest.fixture
def items(ledger):
    """Five items, which are three parts; ten of each are there."""
    ids = items_of(ledger, 5)
    ledger.post(*receipts(ledger, ids, 10))
    return ids


@pytest.fixture
def before_holding():
    """`before_holding(act)` does something once, after a large posting has read its items."""

    def around(act):
        done = []

        def call_after(client, operation, request, call):
            if ":preparing" in str(request.get("TransactItems", "")) and not done:
                done.append(act())
            return call(client, operation, request)

        return around_every_call(call_after)

    return around


def test_a_receipt_reads_once_what_nobody_moves(ledger, items):
    reads = {}
    for lines in (receipts(ledger, items), issues(ledger, items)):
        _, names = calls_of(lambda lines=lines: ledger.post(*lines))
        reads[lines[0].kind] = names.count("BatchGetItem")
    assert reads[Kind.RECEIPT] == reads[Kind.ISSUE] - 1


@pytest.mark.parametrize("lines_of", [receipts, issues])
def test_who_moves_an_item_before_it_is_held_counts(ledger, items, before_holding, lines_of):
    change = 5 if lines_of is receipts else -5
    lines = lines_of(ledger, items, 5)
    with before_holding(lambda: ledger.move("receipt", 2, place("A"), item_id=items[1])):
        movements = ledger.post(*lines)
    left = [10 + change + 2 * (each == items[1]) for each in items]
    assert [each.balance_after for each in movements] == left
    assert [seen(ledger, each) for each in items] == left
    assert left_over(ledger, items) == []


@pytest.mark.parametrize("lines_of", [receipts, issues])
def test_what_is_reserved_before_it_is_held_stays_reserved(ledger, items, before_holding, lines_of):
    reserve = reservations_of(ledger)
    with before_holding(lambda: reserve(items[1], 4)):
        ledger.post(*lines_of(ledger, items, 5))
    balance = read_balance(ledger.table.get(keys.balance(items[1], place("A"))))
    assert balance.reserved_at(iso(ledger.now)) == 4
    assert left_over(ledger, items) == []


def test_what_is_reserved_before_it_is_held_is_not_issued(ledger, items, before_holding):
    reserve = reservations_of(ledger)
    with (
        before_holding(lambda: reserve(items[1], 4)),
        pytest.raises(StockConflict, match="4 are reserved"),
    ):
        ledger.post(*issues(ledger, items, 7))
    assert [seen(ledger, each) for each in items] == [10] * 5
    assert left_over(ledger, items) == []
