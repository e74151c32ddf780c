import pytest

from stockwarden.core.errors import Conflict, NotFound, Unavailable
from stockwarden.storage import retries
from stockwarden.storage.retries import Backoff, retried

BUSY = Unavailable("Try again shortly.")


@pytest.fixture
def pauses(monkeypatch):
    slept = []
    monkeypatch.setattr(retries.time, "sleep", slept.append)
    return slept


def failing(times, error):
    """A callable that raises `error` that many times, then returns its number of calls."""
    calls = []

    def attempt():
        calls.append(1)
        if len(calls) <= times:
            raise error
        return len(calls)

    return attempt


@pytest.mark.parametrize("failures", [0, 1, 4])
def test_an_attempt_is_retried_until_it_succeeds(pauses, failures):
    attempt = failing(failures, Conflict("Held."))
    assert retried(attempt, on=Conflict, tries=5, otherwise=BUSY) == failures + 1
    assert len(pauses) == failures


def test_the_last_failure_raises_otherwise(pauses):
    attempt = failing(9, Conflict("Held."))
    with pytest.raises(Unavailable) as raised:
        retried(attempt, on=Conflict, tries=5, otherwise=BUSY)
    assert isinstance(raised.value.__cause__, Conflict)
    assert len(pauses) == 4


def test_other_errors_are_not_retried(pauses):
    with pytest.raises(NotFound):
        retried(failing(9, NotFound("Gone.")), on=Conflict, tries=5, otherwise=BUSY)
    assert pauses == []


def test_pauses_grow_exponentially_with_jitter(pauses, monkeypatch):
    monkeypatch.setattr(retries.random, "uniform", lambda least, most: (least, most))
    backoff = Backoff(first=0.5, longest=3)
    with pytest.raises(Unavailable):
        retried(
            failing(9, Conflict("Held.")), on=Conflict, tries=6, otherwise=BUSY, backoff=backoff
        )
    assert pauses == [(0, 0.5), (0, 1), (0, 2), (0, 3), (0, 3)]


def test_without_a_backoff_there_is_no_pause(pauses):
    retried(failing(2, Conflict("Held.")), on=Conflict, tries=3, otherwise=BUSY)
    assert pauses == [0, 0]
