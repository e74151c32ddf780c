"""A rule that flags most of what it judges is told as one finding; just at the limits it is not."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.finding import FloodSize
from stockwarden.detection.flood import is_flood
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from tests.engine.detection.inventory import stock
from tests.support.examples import examples

LAYOUT = [
    {"location_pattern": "A-*", "location_type": "STORAGE", "capacity": 1},
    {"location_pattern": "RECV", "location_type": "RECEIVING", "capacity": 9_999},
]
RULE = "unknown-location"


def rows(unknown, known=0):
    """Pallets in so many unknown and known locations."""
    strange = [f"Z-{number // 100:02}-{number % 100:02}" for number in range(unknown)]
    codes = [*strange, *(f"A-{number}" for number in range(known))]
    return [
        {"pallet_id": f"P{number}", "location": code, "creation_date": 5, "quantity": 1}
        for number, code in enumerate(codes)
    ]


def told(inventory, rule=RULE, **options):
    evaluation = evaluate(inventory, **options)
    (coverage,) = (entry for entry in evaluation.coverage if entry.rule == rule)
    return [finding for finding in evaluation.findings if finding.rule == rule], coverage


@given(st.integers(0, 5_000), st.integers(0, 5_000))
@examples(200)
def test_both_limits_have_to_be_exceeded(subjects, others):
    expected = subjects > 1_000 and subjects / (subjects + others or 1) > 0.3
    assert is_flood(subjects, subjects + others) == expected


@pytest.mark.parametrize(
    ("unknown", "known", "flood"),
    [
        (1_000, 0, False),
        (1_001, 0, True),
        (1_200, 2_800, False),  # 30 % exactly
        (1_200, 2_799, True),
        (1_001, 9_000, False),
    ],
)
def test_a_flood_begins_above_the_limits(unknown, known, flood):
    findings, coverage = told(stock(rows(unknown, known), LAYOUT))
    assert len(findings) == (1 if flood else unknown) == coverage.anomalies
    assert [finding.is_flood for finding in findings] == [flood] * len(findings)
    assert coverage.flood == (FloodSize(unknown, unknown + known) if flood else None)


def test_a_flood_tells_how_many_which_patterns_and_the_likely_cause():
    inventory = stock(rows(1_500, 500), LAYOUT)
    (flood,), coverage = told(inventory)
    assert flood.message == (
        "75 % of the locations (1,500 of 2,000); most look like Z-00-00. "
        "The layout may not fit this file."
    )
    assert flood.details == {
        "subjects": 1_500,
        "judged": 2_000,
        "example": "Z-00-00",
        "patterns": [{"pattern": "A-99-99", "count": 1_500, "example": "Z-00-00"}],
    }
    assert (flood.subject_type, flood.subject_id) == ("rule", RULE)
    assert flood.fingerprint == f"{RULE}|rule|{RULE}"
    assert (flood.location, flood.pallet_id, flood.affected_pallets) == (None, None, 1_500)
    assert flood.priority is Priority.HIGH
    assert coverage.to_document()["flood"] == {"subjects": 1_500, "judged": 2_000}
    assert json.dumps(flood.to_document())


def test_the_members_are_in_the_evidence_in_the_order_of_the_file():
    (flood,), _ = told(stock(rows(6_000), LAYOUT))
    assert [cell["raw"] for cell in flood.evidence[:4]] == ["P0", "Z-00-00", "P1", "Z-00-01"]
    assert (len(flood.evidence), flood.evidence_total) == (10_000, 12_000)
    assert flood.to_document()["evidence_total"] == 12_000


def test_a_rule_is_told_one_by_one_on_demand():
    inventory = stock(rows(1_100), LAYOUT)
    singles, coverage = told(inventory, single={RULE})
    assert len(singles) == coverage.anomalies == 1_100
    assert coverage.flood is None
    assert "nearest" in singles[0].details
    evaluation = evaluate(inventory)
    assert list(evaluation.floods) == [RULE]
    members = evaluation.floods[RULE].fingerprints()
    assert sorted(members) == sorted(finding.fingerprint for finding in singles)


def test_suppressed_subjects_are_no_part_of_a_flood():
    def is_suppressed(rule, subjects):
        return [rule == RULE and subject.startswith("Z-00") for subject in subjects]

    findings, coverage = told(stock(rows(1_200), LAYOUT), is_suppressed=is_suppressed)
    flood, *others = findings
    assert coverage.flood == (1_100, 1_200)
    assert len(others) == 100
    assert {finding.subject_id[:4] for finding in others} == {"Z-00"}
    assert flood.affected_pallets == 1_100
    findings, coverage = told(stock(rows(1_100), LAYOUT), is_suppressed=is_suppressed)
    assert (len(findings), coverage.flood) == (1_100, None)


def test_pallets_and_stock_lines_count_together():
    pallets = [
        {"pallet_id": f"P{number}", "location": "A-1", "expiry_date": 72} for number in range(600)
    ]
    lines = [
        {"product_code": f"S{number}", "location": f"A-{number}", "expiry_date": 72}
        for number in range(600)
    ]
    inventory = stock([*pallets, *lines], LAYOUT)
    (flood,), coverage = told(inventory, "expired")
    assert coverage.flood == (1_200, 1_200)
    assert flood.message == (
        "100 % of the pallets and stock lines (1,200 of 1,200); most are in places like A-1. "
        "The column may not be an expiry date."
    )
    shapes = [entry["pattern"] for entry in flood.details["location_patterns"]]
    assert (shapes, flood.affected_pallets) == (["A-9", "A-999", "A-99"], 1_200)
    fingerprints = list(evaluate(inventory).floods["expired"].fingerprints())
    assert fingerprints[0] == "expired|pallet|P0"
    assert fingerprints[-1].startswith("expired|stock_line|S")


def test_the_most_urgent_member_or_the_settings_decide_the_priority():
    crowded = [
        {"pallet_id": f"P{number}", "location": f"A-{number // 2}"} for number in range(2_100)
    ]
    (flood,), _ = told(stock(crowded, LAYOUT), "overcapacity")
    assert flood.priority is Priority.VERY_HIGH
    assert flood.cost_facts == {"excess": 1_050}
    settings = {"overcapacity": RuleSettings(priority=Priority.LOW)}
    (flood,), _ = told(stock(crowded, LAYOUT), "overcapacity", settings=settings)
    assert flood.priority is Priority.LOW


def test_a_rule_yields_to_the_members_of_a_flood():
    old = [{"pallet_id": f"P{n}", "location": "RECV", "creation_date": 50} for n in range(1_100)]
    fresh = [{"pallet_id": f"Q{n}", "location": "RECV", "creation_date": 2} for n in range(1_150)]
    evaluation = evaluate(stock([*old, *fresh], LAYOUT))
    assert list(evaluation.floods) == ["stagnant-pallet"]
    (outlier,) = (entry for entry in evaluation.coverage if entry.rule == "dwell-outlier")
    assert outlier.rows_skipped == {"told by stagnant-pallet": 1_100}


def test_every_cause_is_a_sentence():
    for detector in DETECTORS:
        assert not detector.flood_cause or detector.flood_cause.endswith(".")


def test_a_flood_is_cheaper_than_its_members():
    inventory = stock(rows(20_000), LAYOUT)
    evaluate(inventory)

    def seconds(**options):
        started = time.process_time()
        evaluate(inventory, **options)
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.5 * seconds(single={RULE})
