"""The run: coverage, order, settings, evidence, and loud failure."""

import json
from dataclasses import replace
from datetime import datetime
from time import perf_counter

import numpy as np
import pytest

from stockwarden.core.errors import Invalid
from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.curves import curves
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.warehouse.layout.layout import Layout
from tests.engine.detection.inventory import AS_OF, STANDARD_LAYOUT, intake, moment, stock

ROWS = [
    {"pallet_id": "P1", "location": "RECV-01", "creation_date": 30, "receipt_number": "L1"},
    {"pallet_id": "P2", "location": "recv-01 ", "creation_date": "?", "receipt_number": "L1"},
    {"pallet_id": "P3", "location": None, "creation_date": -3, "receipt_number": None},
    {"pallet_id": "P4", "location": "001A", "creation_date": 50, "receipt_number": "L2"},
    {"pallet_id": "P4", "location": "LOC@2", "creation_date": 50, "receipt_number": "L2"},
    {"pallet_id": "P5", "location": "OO1A", "creation_date": 50, "receipt_number": "L2"},
    {"pallet_id": "P6", "location": "001A", "creation_date": 9, "receipt_number": "L2"},
    {"pallet_id": "P7", "location": "001A", "creation_date": 9, "receipt_number": "L2"},
    {"pallet_id": "P0", "location": "RECV-02", "creation_date": 31, "receipt_number": "L3"},
]


def documents(evaluation):
    findings = [finding.to_document() for finding in evaluation.findings]
    covered = [coverage.to_document() for coverage in evaluation.coverage]
    for document in covered:
        document.pop("milliseconds")
    return json.dumps([findings, covered], ensure_ascii=False, allow_nan=False)


def a_detector(find, **more):
    metadata = {
        "code": "made-up", "title": "Made up", "priority": Priority.LOW, "needs": {"pallet_id"},
        "subject": "pallet", "message": "{pallet_id}.", "cost": CostBasis(minutes=5),
    }  # fmt: skip
    return detector(**metadata | more)(find)


def test_findings_come_by_priority_then_rule_then_subject():
    findings = evaluate(stock(ROWS, STANDARD_LAYOUT)).findings
    assert [(f.priority.value, f.rule, f.subject_id) for f in findings] == [
        ("Very High", "missing-location", "P3"),
        ("Very High", "overcapacity", "001A"),
        ("High", "stagnant-pallet", "P0"),
        ("High", "stagnant-pallet", "P1"),
        ("High", "unknown-location", "OO1A"),
        ("Medium", "duplicate-pallet", "P4"),
        ("Medium", "impossible-location", "LOC@2"),
        ("Medium", "future-date", "P3"),
    ]


def test_the_same_input_gives_the_same_bytes():
    first, second = (documents(evaluate(stock(ROWS, STANDARD_LAYOUT))) for _ in range(2))
    assert first == second


def test_every_rule_reports_its_coverage_and_none_is_silent():
    evaluation = evaluate(stock(ROWS, STANDARD_LAYOUT))
    assert [c.rule for c in evaluation.coverage] == [d.code for d in DETECTORS]
    for coverage in evaluation.coverage:
        if coverage.status == "evaluated":
            judged = coverage.rows_judged + sum(coverage.rows_skipped.values())
            assert judged == len(ROWS)
            assert not coverage.needs
        else:
            assert coverage.needs
            assert coverage.anomalies == coverage.rows_judged == 0
        assert coverage.milliseconds >= 0
        assert coverage.anomalies == sum(f.rule == coverage.rule for f in evaluation.findings)


DWELLING = [
    {"pallet_id": f"P{n}", "location": "RECV-01", "creation_date": 1 + n / 10} for n in range(9)
] + [{"pallet_id": "OLD", "location": "RECV-01", "creation_date": 500}]


def dwelling(**settings):
    evaluation = evaluate(stock(DWELLING, STANDARD_LAYOUT), settings)
    coverage = {covered.rule: covered for covered in evaluation.coverage}["dwell-outlier"]
    assert coverage.rows_judged + sum(coverage.rows_skipped.values()) == len(DWELLING)
    rules = {finding.rule for finding in evaluation.findings if finding.subject_id == "OLD"}
    return rules, coverage.rows_skipped


def test_a_rule_leaves_to_others_what_they_have_found():
    assert dwelling() == ({"stagnant-pallet"}, {"told by stagnant-pallet": 1})


def test_a_rule_yields_to_no_rule_that_is_switched_off():
    rules, skipped = dwelling(**{"stagnant-pallet": RuleSettings(enabled=False)})
    assert (rules, skipped) == ({"dwell-outlier"}, {})


def test_a_curve_leaves_out_what_other_rules_have_found():
    for enabled, anomalies in ((True, 0), (False, 1)):
        settings = {"stagnant-pallet": RuleSettings(enabled=enabled)}
        drawn = curves(stock(DWELLING, STANDARD_LAYOUT), settings, DETECTORS)
        (curve,) = [curve for curve in drawn if curve.rule == "dwell-outlier"]
        assert curve.anomalies == anomalies


def test_a_finding_as_an_api_document():
    (finding,) = (
        f for f in evaluate(stock(ROWS, STANDARD_LAYOUT)).findings if f.fingerprint ==
        "stagnant-pallet|pallet|P1"
    )  # fmt: skip
    assert finding.to_document() == {
        "rule": "stagnant-pallet",
        "title": "Stagnant pallet",
        "priority": "High",
        "subject": {"type": "pallet", "id": "P1"},
        "pallet_id": "P1",
        "location": "RECV-01",
        "message": "P1 has waited in RECV-01 for 1 day 6 h (limit 10 h).",
        "details": {"age_hours": 30.0, "max_hours": 10.0},
        "affected_pallets": 1,
        "evidence": [
            {"sheet": "Inventory", "row": 2, "column": "pallet_id", "raw": "P1", "parsed": "P1"},
            {"sheet": "Inventory", "row": 2, "column": "location",
             "raw": "RECV-01", "parsed": "RECV-01"},
            {"sheet": "Inventory", "row": 2, "column": "creation_date",
             "raw": 30, "parsed": "2025-10-30T06:00:00.000Z"},
        ],
        "evidence_total": 3,
        "fingerprint": "stagnant-pallet|pallet|P1",
    }  # fmt: skip


def test_raw_cells_are_kept_and_json():
    cells = [datetime(2025, 10, 1, 8, 30), moment(AS_OF).time(), 7.0, float("inf"), b"x"]
    rows = [{"pallet_id": f"P{n}", "location": None} for n in range(len(cells))]
    sample = stock(rows, None)
    sample.inventory.raw["location"][:] = cells
    evaluation = evaluate(sample, detectors=[d for d in DETECTORS if d.code == "missing-location"])
    assert [f.evidence[1]["raw"] for f in evaluation.findings] == [
        "2025-10-01T08:30:00", "12:00:00", 7.0, "inf", "b'x'",
    ]  # fmt: skip
    json.dumps([f.to_document() for f in evaluation.findings], allow_nan=False)


def test_a_detector_that_raises_ends_the_run():
    def broken(stock):
        raise ZeroDivisionError("as planned")

    with pytest.raises(ZeroDivisionError, match="as planned"):
        evaluate(stock(ROWS), detectors=[*DETECTORS, a_detector(broken)])


def test_settings_switch_off_change_limits_and_priorities():
    settings = {
        "stagnant-pallet": RuleSettings(parameters={"max_hours": 30.5}, priority=Priority.LOW),
        "overcapacity": RuleSettings(priority=Priority.MEDIUM),
        "missing-location": RuleSettings(enabled=False),
    }
    evaluation = evaluate(stock(ROWS, STANDARD_LAYOUT), settings)
    findings = {f.rule: f for f in evaluation.findings}
    assert findings["stagnant-pallet"].subject_id == "P0"
    assert findings["stagnant-pallet"].priority is Priority.LOW
    assert findings["overcapacity"].priority is Priority.MEDIUM
    assert "missing-location" not in findings
    status = {c.rule: c.status for c in evaluation.coverage}
    assert status["missing-location"] == "disabled"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stagnant": RuleSettings()}, "no rule 'stagnant'"),
        ({"stagnant-pallet": RuleSettings(parameters={"max_hours": 0})}, "from 1 to 720"),
    ],
)
def test_wrong_settings_stop_before_anything_runs(settings, words):
    def never(stock):
        raise AssertionError

    with pytest.raises(Invalid, match=words):
        evaluate(stock(ROWS), settings, [a_detector(never), *DETECTORS])


def test_rows_that_a_verdict_skips_are_no_anomalies():
    def doubtful(stock):
        doubt = np.array([True] + [False] * 8)
        return Verdict(stock.frame, skipped={"doubtful": doubt, "never": np.zeros(9, dtype=bool)})

    evaluation = evaluate(stock(ROWS), detectors=[a_detector(doubtful)])
    assert "P1" not in {finding.subject_id for finding in evaluation.findings}
    (coverage,) = evaluation.coverage
    assert (coverage.rows_judged, coverage.rows_skipped) == (8, {"doubtful": 1})


def test_an_empty_inventory_has_no_findings():
    full = intake(ROWS)
    empty = replace(full, frame=full.frame.iloc[:0], rows=full.rows[:0], unparsed={})
    evaluation = evaluate(Stock(empty, Layout.from_rows(STANDARD_LAYOUT), moment(AS_OF)))
    assert evaluation.findings == []
    assert {coverage.rows_judged for coverage in evaluation.coverage} == {0}


def test_ages_need_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        Stock(intake(ROWS), None, datetime(2025, 1, 1))


def test_twenty_thousand_findings_are_built_in_moments():
    rows = [{"pallet_id": f"P{n}", "location": "RECV-01", "creation_date": 30}
            for n in range(20_000)]  # fmt: skip
    sample = stock(rows, STANDARD_LAYOUT)
    started = perf_counter()
    rule = "stagnant-pallet"
    detectors = [detector for detector in DETECTORS if detector.code == rule]
    evaluation = evaluate(sample, detectors=detectors, single={rule})
    assert len(evaluation.findings) == 20_000
    assert perf_counter() - started < 5
