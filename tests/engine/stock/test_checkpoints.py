"""Checkpoints that are made while stock moves."""

from datetime import timedelta

import pytest

from stockwarden.core.clock import iso
from tests.support.ledger import NOON, LedgerScenario, place

MOMENT = iso(NOON - timedelta(days=1))
BEFORE = iso(NOON - timedelta(days=2))


@pytest.fixture
def ledger(aws):
    return LedgerScenario()


@pytest.fixture
def meanwhile(ledger, monkeypatch):
    """Moves stock just after a checkpoint's maker has read how far the ledger is."""

    def move(quantity, *moments):
        history = ledger.ledger.history
        seq_now = type(history)._seq_now

        def read(item_id):
            seq = seq_now(history, item_id)
            monkeypatch.undo()
            for moment in moments:
                ledger.move("receipt", quantity, effective_at=moment)
            return seq

        monkeypatch.setattr(history, "_seq_now", read)
        return history

    return move


def test_what_comes_at_the_same_moment_or_before_is_counted_once(ledger, meanwhile):
    ledger.move("receipt", 1, effective_at=MOMENT)
    meanwhile(10, MOMENT, BEFORE).keep_checkpoint("item_1", MOMENT)
    assert ledger.at(MOMENT) == ledger.at(NOON) == {place(): 21}


def test_a_renewed_one_has_late_movements_once(ledger, meanwhile):
    ledger.move("receipt", 1, effective_at=MOMENT)
    ledger.ledger.history.keep_checkpoint("item_1", MOMENT)
    ledger.move("receipt", 1, effective_at=BEFORE)
    meanwhile(10, BEFORE).renew_checkpoints("item_1")
    assert ledger.at(NOON) == {place(): 12}
