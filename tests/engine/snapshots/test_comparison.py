"""Every fingerprint ends in exactly one of new, persisting, reappeared, vanished, not covered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.anomalies.model import Reason, Recurrence, Status
from stockwarden.anomalies.records import WorkState
from stockwarden.snapshots.comparison import CoverageState, KnownAnomaly, compare, covers

MONDAY, TUESDAY = "2025-01-06T08:00:00.000Z", "2025-01-07T08:00:00.000Z"
NOW = "2025-01-07T09:00:00.000Z"
DIGESTS = st.sampled_from("abcdefgh")


def known_anomaly(status=Status.NEW, *, present=True, version=3, rule="expired"):
    state = WorkState(status, version, MONDAY, MONDAY, "bob")
    return KnownAnomaly(rule, "pallet", "P-1", None, MONDAY, MONDAY, "rep_1", state, (), present)


KNOWN = st.builds(
    known_anomaly,
    st.sampled_from(list(Status)),
    present=st.booleans(),
    rule=st.sampled_from(["expired", "cold-chain"]),
)


@given(st.sets(DIGESTS), st.dictionaries(DIGESTS, KNOWN))
def test_every_fingerprint_gets_exactly_one_recurrence(present, before):
    comparison = compare(
        present, before, lambda anomaly: anomaly.rule == "expired", as_of=TUESDAY, now=NOW
    )
    kinds = {digest: anomaly.recurrence for digest, anomaly in comparison.carried.items()}
    assert kinds.keys() == present
    vanished = {anomaly.digest for anomaly in comparison.vanished}
    absent_open = {digest for digest, anomaly in comparison.absent.items() if anomaly.is_open}
    assert kinds.keys() | comparison.absent.keys() == present | before.keys()
    assert not kinds.keys() & comparison.absent.keys()
    assert not vanished & absent_open
    assert len(absent_open) == comparison.uncovered
    for digest, kind in kinds.items():
        assert (kind is Recurrence.NEW) == (digest not in before)
        if digest in before:
            assert (kind is Recurrence.PERSISTING) == before[digest].is_open
    for digest, anomaly in before.items():
        if digest not in present:
            was_open = anomaly.is_open
            assert (digest in vanished) == (was_open and anomaly.rule == "expired")
            assert (digest in absent_open) == (was_open and anomaly.rule == "cold-chain")


def test_persisting_anomaly_keeps_state_and_reappeared_is_open():
    before = {"a": known_anomaly(Status.IN_PROGRESS), "b": known_anomaly(Status.RESOLVED)}
    comparison = compare(["a", "b", "c"], before, lambda _: True, as_of=TUESDAY, now=NOW)
    persisting, reappeared, new = (comparison.carried[digest] for digest in "abc")
    assert (persisting.since, persisting.state) == (MONDAY, before["a"].state)
    assert (reappeared.since, reappeared.state.status, reappeared.state.version) == (
        TUESDAY,
        Status.NEW,
        4,
    )
    assert reappeared.state.assignee == "bob"
    (entry,) = reappeared.past
    assert (entry["by"], entry["old_status"], entry["new_status"]) == ("system", "Resolved", "New")
    assert (new.since, new.state) == (TUESDAY, None)


@pytest.mark.parametrize(
    ("reason", "present", "recurrence"),
    [
        (Reason.ACCEPTED, True, Recurrence.PERSISTING),
        (Reason.FALSE_POSITIVE, True, Recurrence.PERSISTING),
        (Reason.REAL, True, Recurrence.REAPPEARED),
        (Reason.DATA_ERROR, True, Recurrence.REAPPEARED),
        # Absent in between: the anomaly reappears, whatever its resolution.
        (Reason.ACCEPTED, False, Recurrence.REAPPEARED),
        (Reason.FALSE_POSITIVE, False, Recurrence.REAPPEARED),
    ],
)
def test_anomaly_resolved_as_no_problem_persists(reason, present, recurrence):
    before = known_anomaly(Status.RESOLVED, present=present)
    before = replace(before, state=replace(before.state, reason=reason))
    comparison = compare(["a"], {"a": before}, lambda _: True, as_of=TUESDAY, now=NOW)
    carried = comparison.carried["a"]
    assert carried.recurrence is recurrence
    if recurrence is Recurrence.PERSISTING:
        assert (carried.since, carried.state, carried.past) == (MONDAY, before.state, ())
    else:
        assert (carried.since, carried.state.status) == (TUESDAY, Status.NEW)


def test_vanished_anomaly_is_known_as_resolved():
    comparison = compare([], {"a": known_anomaly()}, lambda _: True, as_of=TUESDAY, now=NOW)
    assert [(anomaly.report_id, anomaly.digest) for anomaly in comparison.vanished] == [
        ("rep_1", "a")
    ]
    assert comparison.absent["a"].state.status is Status.RESOLVED
    next_comparison = compare(["a"], comparison.absent, lambda _: True, as_of=TUESDAY, now=NOW)
    assert next_comparison.carried["a"].recurrence is Recurrence.REAPPEARED
    assert [entry["new_status"] for entry in next_comparison.carried["a"].past] == [
        "Resolved",
        "New",
    ]


def test_coverage_of_absent_anomalies_is_kept_for_recomparison():
    before = {cover: replace(known_anomaly(), cover=cover) for cover in CoverageState}
    for areas, covered in (
        ({"A"}, {CoverageState.YES}),
        ({"A", "B"}, {CoverageState.YES, CoverageState.WHOLE}),
    ):
        comparison = compare([], before, covers(areas, {"A", "B"}), as_of=TUESDAY, now=NOW)
        assert {anomaly.digest for anomaly in comparison.vanished} == covered
        assert {anomaly.cover for anomaly in comparison.absent.values()} == set(CoverageState)
