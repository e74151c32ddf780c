"""A lease is renewed while its holder works, from a thread that ends with the work."""

import threading
from threading import Event

import pytest

from stockwarden.core.errors import Unavailable
from stockwarden.reports.attempts import LeaseLost
from stockwarden.reports.lease_renewal import lease_renewed


class Renewal:
    """Counts its calls; `raises` are raised by the first of them."""

    def __init__(self, *raises):
        self.raises = list(raises)
        self.calls = 0
        self.enough = Event()

    def __call__(self):
        self.calls += 1
        if self.calls == 3:
            self.enough.set()
        if self.raises:
            raise self.raises.pop(0)


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "lease"]


def test_lease_is_renewed_until_the_work_is_done():
    renewal = Renewal()
    with lease_renewed(renewal, 0.01):
        assert renewal.enough.wait(10)
    calls = renewal.calls
    assert threads() == []
    assert not Event().wait(0.05)
    assert renewal.calls == calls


def test_short_work_needs_no_renewal():
    renewal = Renewal()
    with lease_renewed(renewal, 60):
        pass
    assert (renewal.calls, threads()) == (0, [])


@pytest.mark.parametrize("death", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_renewal_ends_with_the_work_even_if_it_fails(death):
    renewal = Renewal()
    with pytest.raises(death), lease_renewed(renewal, 0.01):
        assert renewal.enough.wait(10)
        raise death
    assert threads() == []


def test_renewal_is_retried_if_the_table_is_unavailable(caplog):
    renewal = Renewal(Unavailable("The database does not answer."), Unavailable("Nor now."))
    with lease_renewed(renewal, 0.01):
        assert renewal.enough.wait(10)
    assert caplog.text.count("lease not renewed") == 2


def test_renewal_stops_once_the_lease_is_lost():
    renewal = Renewal(LeaseLost())
    with lease_renewed(renewal, 0.01):
        (thread,) = threads()
        thread.join(10)
        assert not thread.is_alive()
    assert renewal.calls == 1


def test_lease_is_renewed_during_a_step_that_holds_the_interpreter_lock():
    """The renewing thread runs even while pure Python code never yields."""
    renewal = Renewal()
    with lease_renewed(renewal, 0.01):
        while not renewal.enough.is_set():
            sum(range(100_000))
    assert renewal.calls >= 3
