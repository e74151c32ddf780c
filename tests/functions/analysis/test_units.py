"""DynamoDB units of an analysis: what docs/operations.md says that a report costs."""

import pytest

from stockwarden.storage import batches, clients
from tests.functions.analysis.snapshots import HEADER, LAYOUT
from tests.support.capacity import measure
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, send, state

PLACES = [f"{number:03}{level}" for number in range(1, 10) for level in "ABCD"]
MANY = 1_200


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    """The meter counts the calls of one thread."""
    monkeypatch.setattr(batches, "_THREADS", 1)


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def analyze(warehouse, day, strange):
    """(units, number of anomalies) of a file with so many unknown locations."""
    rows = [f"P-{n},Z-{n:04},2025-01-05T08:00:00,R-{n},Figs\n" for n in range(strange)]
    rows += [f"K-{n},{place},2025-01-05T08:00:00,K-{n},Figs\n" for n, place in enumerate(PLACES)]
    report = create(warehouse_id=warehouse, as_of=f"2025-01-{day:02}T08:00:00Z", scope="whole")
    message = arrive(report, "inventory", (HEADER + "".join(rows)).encode())
    with measure(clients.dynamodb()) as units:
        assert deliver(message) == []
    return units, report["report_id"]


def batched(units):
    return sum(writes for operation, _, writes in units.calls if operation == "BatchWriteItem")


def test_an_anomaly_is_five_writes_and_a_flood_is_one_anomaly(warehouse):
    none, _ = analyze(create_warehouse(layout=LAYOUT)["id"], 6, 0)
    assert (none.writes <= 92, none.reads <= 26) == (True, True), none.calls
    hundred, _ = analyze(create_warehouse(layout=LAYOUT)["id"], 6, 100)
    assert batched(hundred) == 500
    assert hundred.writes - 500 <= none.writes + 5
    flood, report_id = analyze(warehouse, 6, MANY)
    assert state(report_id)["counts"]["total"] == 1
    assert batched(flood) == 5
    assert flood.writes <= none.writes + 10
    assert flood.reads <= none.reads + 2


def test_a_snapshot_that_resolves_anomalies(warehouse):
    first, _ = analyze(warehouse, 6, 100)
    second, report_id = analyze(warehouse, 7, 0)
    assert state(report_id)["comparison"]["vanished"] == 100
    assert second.writes <= 92 + 100 * 9.5
    assert second.reads <= first.reads + 100 * 1.5 + 5


def test_a_generation_that_is_removed_after_a_new_one(warehouse):
    _, report_id = analyze(warehouse, 6, 100)
    send("POST", f"/reports/{report_id}/reanalysis", json={})
    with measure(clients.dynamodb()) as units:
        assert drain() == []
    assert batched(units) == 100 * (5 + 5)
