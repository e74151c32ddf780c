"""Floods in comparisons: their members are found, and told of no sooner than they should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.anomalies.ids import digest_of
from stockwarden.anomalies.model import Recurrence, Status
from stockwarden.anomalies.records import WorkState
from stockwarden.core.errors import NotFound
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.snapshots.comparison import CoverageState, KnownAnomaly, KnownFlood, compare
from stockwarden.snapshots.file_coverage import FileCoverage
from stockwarden.snapshots.flood_members import FloodMembers, read_members, write_members
from stockwarden.snapshots.scope import ScopeDecision
from tests.engine.detection.inventory import stock

MONDAY, TUESDAY = "2025-01-06T08:00:00.000Z", "2025-01-07T08:00:00.000Z"
NAMES = st.lists(st.text("ABC-1", max_size=3), unique=True)


class MemoryObjects:
    def __init__(self):
        self.bodies = {}

    def put(self, key, body, content_type):
        self.bodies[key] = body

    def read(self, key, *, max_bytes):
        if key not in self.bodies:
            raise NotFound("gone")
        return self.bodies[key]


@given(NAMES, NAMES)
def test_members_are_found_and_nothing_else_is(members, others):
    found = FloodMembers.of_fingerprints(members)
    assert len(found) == len(members)
    for name in {*members, *others}:
        assert (digest_of(name) in found) == (name in members)


def test_members_are_stored_by_rule():
    objects = MemoryObjects()
    write_members(objects, "rep", "job.1", "expired", FloodMembers.of_fingerprints(["a", "b"]))
    assert digest_of("b") in read_members(objects, "rep", "job.1", "expired")
    assert len(read_members(objects, "rep", "job.1", "future-date")) == 0


def known(subject_type="rule", subject_id="expired"):
    state = WorkState(Status.NEW, 1, MONDAY, MONDAY)
    return KnownAnomaly("expired", subject_type, subject_id, None, MONDAY, MONDAY, "rep_1", state)


def test_a_member_that_is_told_by_itself_persists_since_the_flood():
    floods = [KnownFlood(MONDAY, {"aa"})]
    comparison = compare(
        ["aa", "bb"], {"ff": known()}, lambda _: True, as_of=TUESDAY, now=TUESDAY, floods=floods
    )
    carried = {
        digest: (entry.recurrence, entry.since, entry.state)
        for digest, entry in comparison.carried.items()
    }
    assert carried == {
        "aa": (Recurrence.PERSISTING, MONDAY, None),
        "bb": (Recurrence.NEW, TUESDAY, None),
    }
    (over,) = comparison.vanished
    assert over.comment == (
        f"No longer so many in the snapshot of {TUESDAY}, or told singly: "
        "what the rule still finds has its own anomalies."
    )


@pytest.mark.parametrize(
    ("decided", "rule", "covered"),
    [
        (ScopeDecision("whole", said=True), "expired", CoverageState.YES),
        (ScopeDecision("whole", said=False), "expired", CoverageState.WHOLE),
        (ScopeDecision("part", said=True), "expired", CoverageState.NO),
        (ScopeDecision("whole", said=True), "quantity-sign", CoverageState.NO),
    ],
)
def test_only_a_whole_file_that_the_rule_can_judge_ends_a_flood(decided, rule, covered):
    sample = stock([{"pallet_id": "P1", "location": "A-1", "expiry_date": -900}])
    coverage = FileCoverage(
        sample, evaluate(sample), DETECTORS, {}, decided=decided, areas_before={}
    )
    state = WorkState(Status.NEW, 1, MONDAY, MONDAY)
    flood = KnownAnomaly(rule, "rule", rule, None, MONDAY, MONDAY, "rep_1", state)
    assert coverage.coverage_of(flood) is covered
