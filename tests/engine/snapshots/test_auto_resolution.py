"""Finds the history entry in which a report resolved an anomaly."""

import pytest

from stockwarden.anomalies.model import Reason, Status
from stockwarden.anomalies.records import WorkState
from stockwarden.snapshots.auto_resolution import resolving_entry

AT = "2025-01-06T08:00:00.000Z"
NEW, RESOLVED = Status.NEW, Status.RESOLVED


def entry(old, new, by="system", **more):
    return {"old_status": str(old), "new_status": str(new), "by": by, **more}


VANISHED = entry(NEW, RESOLVED, snapshot="rep_2", reason="vanished")
CASES = {
    "it did": ([VANISHED], RESOLVED, Reason.VANISHED, VANISHED),
    "before that somebody worked on it": (
        [entry(NEW, NEW, "ann"), VANISHED], RESOLVED, Reason.VANISHED, VANISHED,
    ),
    "a comment since": (
        [VANISHED, entry(RESOLVED, RESOLVED, "ann")], RESOLVED, Reason.VANISHED, VANISHED,
    ),
    "a verdict since": ([VANISHED, entry(RESOLVED, RESOLVED, "ann")], RESOLVED, Reason.REAL, None),
    "opened since": ([VANISHED, entry(RESOLVED, NEW, "ann")], NEW, None, None),
    "opened and resolved since": (
        [VANISHED, entry(RESOLVED, NEW, "ann"), entry(NEW, RESOLVED, "ann")], RESOLVED, None, None,
    ),
    "another snapshot did": (
        [entry(NEW, RESOLVED, snapshot="rep_3")], RESOLVED, Reason.VANISHED, None,
    ),
    "again, another snapshot": (
        [VANISHED, entry(RESOLVED, NEW), entry(NEW, RESOLVED, snapshot="rep_3")],
        RESOLVED, Reason.VANISHED, None,
    ),
    "no history": ([], RESOLVED, Reason.VANISHED, None),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "status", "reason", "expected"), CASES.values(), ids=CASES)
def test_resolving_entry_of_a_history(entries, status, reason, expected):
    state = WorkState(status, 3, AT, AT, reason=reason)
    assert resolving_entry(state, entries, "rep_2") is expected
