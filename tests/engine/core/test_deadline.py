"""Work that exceeds a message's time limit continues with the next message."""

import pytest

from stockwarden.core import deadline
from stockwarden.core.deadline import Deadline, Postponed


def test_a_deadline_leaves_time_for_the_current_step(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(deadline.time, "monotonic", lambda: now[0])
    limit = Deadline(10)
    now[0] += 7.9
    limit.check()
    now[0] += 0.2
    with pytest.raises(Postponed) as postponed:
        limit.check()
    assert postponed.value.seconds == 0
