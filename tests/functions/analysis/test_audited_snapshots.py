"""What the analysis changes by itself leaves entries of the system, and only with the change."""

import pytest

from stockwarden.storage import clients
from tests.functions.analysis.snapshots import (
    LAYOUT,
    OTHER,
    STUCK,
    announce,
    assign,
    by_pallet,
    delete,
    resolve,
    snapshot,
)
from tests.support.audit_entries import entries_of
from tests.support.failing import refusal
from tests.support.reports import CSV, create_warehouse, deliver, drain, store


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def of_the_system(act):
    result, left = entries_of(act)
    return result, [entry for entry in left if entry.actor == "system"]


def states(entry):
    return [pair for name, pair in entry.changes.items() if len(name) == 20]


def test_vanished_anomalies_that_a_snapshot_resolves(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    tuesday, (entry,) = of_the_system(lambda: snapshot(warehouse, 7))
    assert (entry.action, entry.object) == ("anomalies.resolved", f"report/{monday}")
    assert (entry.scope, entry.source) == (f"warehouse:{warehouse}", "analysis")
    assert entry.changes["anomalies"] == [None, "2"]
    assert entry.changes["because_of"] == [None, f"report/{tuesday}"]
    assert sorted(states(entry)) == [
        ["In Progress", "Resolved, vanished"],
        ["New", "Resolved, vanished"],
    ]


def test_anomalies_that_a_deletion_reopens(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    assign(by_pallet(monday)["P-1"], assignee="alice", due_date="2025-02-01")
    tuesday = snapshot(warehouse, 7)
    _, (entry,) = of_the_system(lambda: delete(tuesday))
    assert (entry.action, entry.object) == ("anomalies.reopened", f"report/{monday}")
    assert entry.changes["because_of"] == [None, f"report/{tuesday}"]
    (pair,) = states(entry)
    assert pair == ["Resolved, vanished, 2025-02-01", "New, 2025-02-01"]
    assert "alice" not in str(entry)


def test_later_snapshots_that_a_deletion_compares_anew(warehouse):
    snapshot(warehouse, 6, STUCK)
    tuesday = snapshot(warehouse, 7)
    wednesday = snapshot(warehouse, 8, STUCK)
    _, left = of_the_system(lambda: delete(tuesday))
    entry = next(entry for entry in left if entry.action == "anomalies.compared_anew")
    assert entry.object == f"report/{wednesday}"
    assert states(entry) == [["New", "New"]]


def test_many_take_one_entry_for_forty(warehouse):
    rows = [f"P-1{n:02},RECV-01,2025-01-05T08:00:00,R-1,Nuts\n" for n in range(50)]
    snapshot(warehouse, 6, *rows)
    _, left = of_the_system(lambda: snapshot(warehouse, 7))
    # Fifty pallets, and one place that is too full.
    assert sorted(entry.changes["anomalies"][1] for entry in left) == ["11", "40"]
    for entry in left:
        assert "because_of" in entry.changes
        # How many, because of what, and of each anomaly the state before and after.
        told = len(entry.changes) + int((entry.omitted or {"count": "0"})["count"])
        assert told == 2 + int(entry.changes["anomalies"][1])


def test_a_snapshot_that_changes_nothing_leaves_nothing(warehouse):
    snapshot(warehouse, 6, STUCK)
    assert of_the_system(lambda: snapshot(warehouse, 7, STUCK))[1] == []


@pytest.mark.parametrize("is_done", [False, True])
def test_an_interrupted_resolution_is_noted_once(warehouse, monkeypatch, is_done):
    """Where the write was refused, and where only its answer was lost."""
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    _, message = announce(warehouse, 7)
    write = clients.dynamodb().transact_write_items
    broken = []

    def fail(**request):
        if "anomalies.resolved" in str(request) and not broken:
            broken.append(is_done)
            if is_done:
                write(**request)
            raise refusal("InternalServerError", 500)
        return write(**request)

    def act():
        with monkeypatch.context() as patch:
            patch.setattr(clients.dynamodb(), "transact_write_items", fail)
            deliver(message)
        deliver(message)
        assert drain() == []

    _, left = of_the_system(act)
    assert broken == [is_done]
    assert [entry.action for entry in left] == ["anomalies.resolved"]
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"Resolved"}


def test_a_file_that_is_put_aside():
    _, (entry,) = of_the_system(lambda: deliver(store("drop/nobody/stock.csv", CSV)))
    assert (entry.scope, entry.action) == ("company", "file.quarantined")
    assert (entry.source, entry.changes) == ("drop folder", {"filename": ["stock.csv", None]})
    assert "nobody" not in str(entry)
