"""Lines of one request that are before each other, and checkpoints made while others move."""

from datetime import timedelta

import pytest

from stockwarden.core.clock import iso
from stockwarden.core.errors import StockConflict
from stockwarden.stock.history import History
from tests.support.ledger import NOON, LedgerScenario, place

EARLIER, LATER = iso(NOON - timedelta(hours=2)), iso(NOON - timedelta(hours=1))


@pytest.fixture
def ledger(aws):
    return LedgerScenario()


def test_a_line_may_not_use_what_an_earlier_line_brings_later(ledger):
    receipt = ledger.line("receipt", 5, effective_at=LATER)
    with pytest.raises(StockConflict):
        ledger.post(receipt, ledger.line("issue", 5, effective_at=EARLIER))
    assert ledger.quantity == 0


def test_a_count_counts_nothing_that_an_earlier_line_brings_later(ledger):
    receipt = ledger.line("receipt", 5, effective_at=LATER)
    _, count = ledger.post(receipt, ledger.line("count", 7, effective_at=EARLIER))
    assert count.quantity == 7
    assert ledger.quantity == 12


def test_what_is_before_a_count_of_an_earlier_line_is_in_it(ledger):
    count = ledger.line("count", 7, effective_at=LATER)
    count, _ = ledger.post(count, ledger.line("receipt", 5, effective_at=EARLIER))
    assert count.quantity == 2
    assert ledger.quantity == 7


def test_a_checkpoint_has_nothing_that_came_while_it_was_made(ledger, monkeypatch):
    """Neither another movement of its moment, nor a late one."""
    ledger.move("receipt", 5, effective_at=LATER)
    read = History._seq_now

    def read_then_move(history, item_id):
        seq = read(history, item_id)
        monkeypatch.setattr(History, "_seq_now", read)
        ledger.move("receipt", 1, effective_at=LATER)
        ledger.move("receipt", 2, place("A"), effective_at=EARLIER)
        return seq

    for make in (
        lambda: ledger.ledger.history.keep_checkpoint("item_1", LATER),
        lambda: ledger.ledger.history.renew_checkpoints("item_1"),
    ):
        monkeypatch.setattr(History, "_seq_now", read_then_move)
        before = ledger.quantity
        make()
        assert ledger.quantity == before + 3
        assert sum(ledger.at(LATER).values()) == ledger.quantity
