"""What a snapshot keeps of anomalies that it does not have."""

import pytest

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import WorkState
from stockwarden.snapshots import carry_over
from stockwarden.snapshots.comparison import KnownAnomaly

DAY = "2025-01-{:02}T08:00:00.000Z"


class Kept:
    """Objects as far as a memory asks for them."""

    def put(self, key, body, content_type):
        self.body = body

    def read(self, key, *, max_bytes):
        return self.body


def absent(day, status=Status.RESOLVED):
    state = WorkState(status, 2, DAY.format(1), DAY.format(day))
    return KnownAnomaly(
        "expired", "pallet", "P", None, DAY.format(1), DAY.format(day), "rep_1", state
    )


@pytest.mark.parametrize("most_open", [10, 2])
def test_what_is_open_is_not_forgotten_for_what_is_not(monkeypatch, most_open):
    monkeypatch.setattr(carry_over, "ABSENT_KEPT", 2)
    monkeypatch.setattr(carry_over, "OPEN_KEPT", most_open)
    resolved = {f"resolved {day}": absent(day) for day in range(4, 9)}
    waiting = {f"open {day}": absent(day, Status.NEW) for day in range(1, 4)}
    kept = Kept()
    carry_over.write_carry_over(
        kept, "rep_2", "job.1", carry_over.CarryOver(absent={**resolved, **waiting})
    )
    found = carry_over.read_carry_over(kept, "rep_2", "job.1").absent
    assert [name for name in found if name.startswith("resolved")] == ["resolved 7", "resolved 8"]
    assert [name for name in found if name.startswith("open")] == list(waiting)[-most_open:]
    assert all(one.is_open == name.startswith("open") for name, one in found.items())
