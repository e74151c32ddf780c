from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.finding import Evaluation, Finding, RuleCoverage
from stockwarden.detection.priority import Priority
from stockwarden.rules.suppression_filter import ActiveSuppressions, Suppression, suppress

DAY = date(2026, 3, 2)


def finding(subject, rule="stagnant-pallet"):
    return Finding(
        rule=rule, title="", priority=Priority.HIGH, subject_type="pallet", subject_id=subject,
        pallet_id=subject, location=None, message="", details={}, affected_pallets=1, evidence=[],
    )  # fmt: skip


def evaluation(*findings):
    rules = ("stagnant-pallet", "cold-chain")
    coverage = [
        RuleCoverage(rule, "evaluated", anomalies=sum(finding.rule == rule for finding in findings))
        for rule in rules
    ]
    return Evaluation(list(findings), coverage)


def suppression(pattern, until=DAY, rule="stagnant-pallet", name="sup_1"):
    return Suppression(name, rule, pattern, until, "Boxes may stay.")


def test_suppressed_findings_are_counted_per_suppression():
    evaluated = evaluation(
        finding("BOX-1"), finding("P-1"), finding("BOX-2"), finding("BOX-1", "cold-chain")
    )
    result = suppress(evaluated, ActiveSuppressions([suppression("box-*")], DAY))
    assert [(anomaly.rule, anomaly.subject_id) for anomaly in result.evaluation.findings] == [
        ("stagnant-pallet", "P-1"),
        ("cold-chain", "BOX-1"),
    ]
    counts = [(rule.anomalies, rule.suppressed) for rule in result.evaluation.coverage]
    assert counts == [(1, 2), (1, 0)]
    assert result.fingerprints == {"stagnant-pallet|pallet|BOX-1", "stagnant-pallet|pallet|BOX-2"}
    assert result.to_document() == [
        {
            "id": "sup_1",
            "rule": "stagnant-pallet",
            "subject_pattern": "box-*",
            "until": "2026-03-02",
            "reason": "Boxes may stay.",
            "suppressed": 2,
        }
    ]


def test_a_suppression_applies_through_its_last_day():
    evaluated = evaluation(finding("BOX-1"))
    for until, remaining in ((date(2026, 3, 1), 1), (DAY, 0), (date(2026, 3, 3), 0)):
        result = suppress(evaluated, ActiveSuppressions([suppression("*", until)], DAY))
        assert len(result.evaluation.findings) == remaining
        assert len(result.to_document()) == 1 - remaining


def test_the_first_matching_suppression_counts_the_finding():
    suppressions = [
        suppression("BOX-*", name="sup_1"),
        suppression("*-1", name="sup_2"),
        suppression("Z*", name="sup_3"),
    ]
    result = suppress(
        evaluation(finding("BOX-1"), finding("P-1")), ActiveSuppressions(suppressions, DAY)
    )
    assert [(entry["id"], entry["suppressed"]) for entry in result.to_document()] == [
        ("sup_1", 1),
        ("sup_2", 1),
    ]


def test_no_suppressions_leave_the_evaluation_unchanged():
    evaluated = evaluation(finding("P-1"))
    result = suppress(evaluated, ActiveSuppressions([], DAY))
    assert result.evaluation == evaluated
    assert (result.fingerprints, result.to_document()) == (frozenset(), [])


@given(
    st.lists(st.text("ABX-1", min_size=1, max_size=4), max_size=20),
    st.lists(st.sampled_from(["A*", "*X*", "{A,B}-[0-9]", "?", "BOX-*"]), max_size=4),
)
def test_each_finding_is_either_kept_or_counted_once(subjects, patterns):
    evaluated = evaluation(*map(finding, subjects))
    suppressions = [
        suppression(pattern, name=f"sup_{number}") for number, pattern in enumerate(patterns)
    ]
    result = suppress(evaluated, ActiveSuppressions(suppressions, DAY))
    coverage = result.evaluation.coverage[0]
    assert coverage.anomalies == len(result.evaluation.findings)
    assert coverage.anomalies + coverage.suppressed == len(subjects)
    assert sum(entry["suppressed"] for entry in result.to_document()) == coverage.suppressed
