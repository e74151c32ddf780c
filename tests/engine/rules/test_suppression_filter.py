from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.finding import Evaluation, Finding, RuleCoverage
from stockwarden.detection.priority import Priority
from stockwarden.rules.suppression_filter import Suppression, suppress

DAY = date(2026, 3, 2)


def finding(subject, rule="stagnant-pallet"):
    return Finding(
        rule=rule, title="", priority=Priority.HIGH, subject_type="pallet", subject_id=subject,
        pallet_id=subject, location=None, message="", details={}, affected_pallets=1, evidence=[],
    )  # fmt: skip


def evaluation(*findings):
    rules = ("stagnant-pallet", "cold-chain")
    coverage = [
        RuleCoverage(rule, "evaluated", anomalies=sum(found.rule == rule for found in findings))
        for rule in rules
    ]
    return Evaluation(list(findings), coverage)


def told(pattern, until=DAY, rule="stagnant-pallet", name="sup_1"):
    return Suppression(name, rule, pattern, until, "Boxes may stay.")


def test_what_is_suppressed_is_counted_and_named():
    found = evaluation(
        finding("BOX-1"), finding("P-1"), finding("BOX-2"), finding("BOX-1", "cold-chain")
    )
    left = suppress(found, [told("box-*")], DAY)
    assert [(one.rule, one.subject_id) for one in left.evaluation.findings] == [
        ("stagnant-pallet", "P-1"),
        ("cold-chain", "BOX-1"),
    ]
    counts = [(one.anomalies, one.suppressed) for one in left.evaluation.coverage]
    assert counts == [(1, 2), (1, 0)]
    assert left.fingerprints == {"stagnant-pallet|pallet|BOX-1", "stagnant-pallet|pallet|BOX-2"}
    assert left.to_document() == [
        {
            "id": "sup_1",
            "rule": "stagnant-pallet",
            "subject_pattern": "box-*",
            "until": "2026-03-02",
            "reason": "Boxes may stay.",
            "suppressed": 2,
        }
    ]


def test_it_holds_through_its_last_day_of_the_snapshot():
    found = evaluation(finding("BOX-1"))
    for until, kept in ((date(2026, 3, 1), 1), (DAY, 0), (date(2026, 3, 3), 0)):
        left = suppress(found, [told("*", until)], DAY)
        assert len(left.evaluation.findings) == kept
        assert len(left.to_document()) == 1 - kept


def test_the_first_that_means_a_finding_counts_it():
    made = [told("BOX-*", name="sup_1"), told("*-1", name="sup_2"), told("Z*", name="sup_3")]
    left = suppress(evaluation(finding("BOX-1"), finding("P-1")), made, DAY)
    assert [(one["id"], one["suppressed"]) for one in left.to_document()] == [
        ("sup_1", 1),
        ("sup_2", 1),
    ]


def test_nothing_to_suppress_changes_nothing():
    found = evaluation(finding("P-1"))
    left = suppress(found, [], DAY)
    assert left.evaluation == found
    assert (left.fingerprints, left.to_document()) == (frozenset(), [])


@given(
    st.lists(st.text("ABX-1", min_size=1, max_size=4), max_size=20),
    st.lists(st.sampled_from(["A*", "*X*", "{A,B}-[0-9]", "?", "BOX-*"]), max_size=4),
)
def test_each_finding_is_either_kept_or_counted_once(subjects, patterns):
    found = evaluation(*map(finding, subjects))
    made = [told(pattern, name=f"sup_{number}") for number, pattern in enumerate(patterns)]
    left = suppress(found, made, DAY)
    covered = left.evaluation.coverage[0]
    assert covered.anomalies == len(left.evaluation.findings)
    assert covered.anomalies + covered.suppressed == len(subjects)
    assert sum(one["suppressed"] for one in left.to_document()) == covered.suppressed
