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


def known(status=Status.NEW, *, present=True, version=3, rule="expired"):
    state = WorkState(status, version, MONDAY, MONDAY, "bob")
    return KnownAnomaly(rule, "pallet", "P-1", None, MONDAY, MONDAY, "rep_1", state, (), present)


KNOWN = st.builds(
    known,
    st.sampled_from(list(Status)),
    present=st.booleans(),
    rule=st.sampled_from(["expired", "cold-chain"]),
)


@given(st.sets(DIGESTS), st.dictionaries(DIGESTS, KNOWN))
def test_each_ends_once_and_nothing_is_lost(present, before):
    made = compare(present, before, lambda one: one.rule == "expired", as_of=TUESDAY, now=NOW)
    kinds = {digest: one.recurrence for digest, one in made.carried.items()}
    assert kinds.keys() == present
    gone = {one.digest for one in made.gone}
    absent_open = {digest for digest, one in made.absent.items() if one.is_open}
    assert kinds.keys() | made.absent.keys() == present | before.keys()
    assert not kinds.keys() & made.absent.keys()
    assert not gone & absent_open
    assert len(absent_open) == made.uncovered
    for digest, kind in kinds.items():
        assert (kind is Recurrence.NEW) == (digest not in before)
        if digest in before:
            assert (kind is Recurrence.PERSISTING) == before[digest].is_open
    for digest, one in before.items():
        if digest not in present:
            was_open = one.is_open
            assert (digest in gone) == (was_open and one.rule == "expired")
            assert (digest in absent_open) == (was_open and one.rule == "cold-chain")


def test_what_persists_keeps_its_state_and_what_returns_is_open_again():
    before = {"a": known(Status.IN_PROGRESS), "b": known(Status.RESOLVED)}
    made = compare(["a", "b", "c"], before, lambda _: True, as_of=TUESDAY, now=NOW)
    persisting, back, new = (made.carried[digest] for digest in "abc")
    assert (persisting.since, persisting.state) == (MONDAY, before["a"].state)
    assert (back.since, back.state.status, back.state.version) == (TUESDAY, Status.NEW, 4)
    assert back.state.assignee == "bob"
    (entry,) = back.past
    assert (entry["by"], entry["old_status"], entry["new_status"]) == ("system", "Resolved", "New")
    assert (new.since, new.state) == (TUESDAY, None)


@pytest.mark.parametrize(
    ("reason", "present", "recurrence"),
    [
        (Reason.ACCEPTED, True, Recurrence.PERSISTING),
        (Reason.FALSE_POSITIVE, True, Recurrence.PERSISTING),
        (Reason.REAL, True, Recurrence.REAPPEARED),
        (Reason.DATA_ERROR, True, Recurrence.REAPPEARED),
        # It was away meanwhile: that it is back is news, whatever was said of it.
        (Reason.ACCEPTED, False, Recurrence.REAPPEARED),
        (Reason.FALSE_POSITIVE, False, Recurrence.REAPPEARED),
    ],
)
def test_what_was_judged_to_be_no_problem_persists_as_it_is(reason, present, recurrence):
    before = known(Status.RESOLVED, present=present)
    before = replace(before, state=replace(before.state, reason=reason))
    made = compare(["a"], {"a": before}, lambda _: True, as_of=TUESDAY, now=NOW)
    carried = made.carried["a"]
    assert carried.recurrence is recurrence
    if recurrence is Recurrence.PERSISTING:
        assert (carried.since, carried.state, carried.past) == (MONDAY, before.state, ())
    else:
        assert (carried.since, carried.state.status) == (TUESDAY, Status.NEW)


def test_what_vanishes_is_remembered_as_resolved():
    made = compare([], {"a": known()}, lambda _: True, as_of=TUESDAY, now=NOW)
    assert [(one.report_id, one.digest) for one in made.gone] == [("rep_1", "a")]
    assert made.absent["a"].state.status is Status.RESOLVED
    again = compare(["a"], made.absent, lambda _: True, as_of=TUESDAY, now=NOW)
    assert again.carried["a"].recurrence is Recurrence.REAPPEARED
    assert [entry["new_status"] for entry in again.carried["a"].past] == ["Resolved", "New"]


def test_what_a_file_said_of_what_it_lacks_is_kept_and_can_be_asked_again():
    before = {cover: replace(known(), cover=cover) for cover in CoverageState}
    for areas, told in (
        ({"A"}, {CoverageState.YES}),
        ({"A", "B"}, {CoverageState.YES, CoverageState.WHOLE}),
    ):
        made = compare([], before, covers(areas, {"A", "B"}), as_of=TUESDAY, now=NOW)
        assert {one.digest for one in made.gone} == told
        assert {one.cover for one in made.absent.values()} == set(CoverageState)
