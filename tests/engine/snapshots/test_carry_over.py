"""The limits of absent anomalies in a carry-over."""

import pytest

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import WorkState
from stockwarden.snapshots import carry_over
from stockwarden.snapshots.comparison import KnownAnomaly

DAY = "2025-01-{:02}T08:00:00.000Z"


class MemoryObjects:
    """The part of `Objects` that a carry-over uses."""

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
def test_resolved_anomalies_do_not_displace_open_ones(monkeypatch, most_open):
    monkeypatch.setattr(carry_over, "ABSENT_KEPT", 2)
    monkeypatch.setattr(carry_over, "OPEN_KEPT", most_open)
    resolved = {f"resolved {day}": absent(day) for day in range(4, 9)}
    opened = {f"open {day}": absent(day, Status.NEW) for day in range(1, 4)}
    objects = MemoryObjects()
    carry_over.write_carry_over(
        objects, "rep_2", "job.1", carry_over.CarryOver(absent={**resolved, **opened})
    )
    stored = carry_over.read_carry_over(objects, "rep_2", "job.1").absent
    assert [name for name in stored if name.startswith("resolved")] == ["resolved 7", "resolved 8"]
    assert [name for name in stored if name.startswith("open")] == list(opened)[-most_open:]
    assert all(anomaly.is_open == name.startswith("open") for name, anomaly in stored.items())
