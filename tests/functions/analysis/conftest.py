import pytest


@pytest.fixture(autouse=True)
def _account(aws):
    """Every test here has a fresh account."""


@pytest.fixture
def clock(monkeypatch):
    """The clock of record-keeping, to be turned on: `clock(hours=1)`. Before the first call."""
    from datetime import UTC, datetime, timedelta

    from stockwarden.core import clock as module

    now = [datetime(2025, 1, 9, 13, 0, tzinfo=UTC)]

    def tick():
        now[0] += timedelta(milliseconds=1)
        return now[0]

    def turn(**by):
        now[0] += timedelta(**by)

    monkeypatch.setattr(module, "utc_now", tick)
    return turn
