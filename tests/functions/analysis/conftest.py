from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.core import clock as clock_module
from tests.support.accounts import _account, _shared_account
from tests.support.aws import forget

__all__ = ["_account", "_shared_account", "clock"]


@pytest.fixture
def clock(_account: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """The clock of stored times; `clock(hours=1)` moves it forward. It advances at each read."""
    now = [datetime(2025, 1, 9, 13, 0, tzinfo=UTC)]

    def look() -> datetime:
        now[0] += timedelta(milliseconds=1)
        return now[0]

    def turn(**by: float) -> None:
        now[0] += timedelta(**by)

    monkeypatch.setattr(clock_module, "utc_now", look)
    forget()
    yield turn
    forget()
