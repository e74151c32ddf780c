"""Every detector against its cases in cases/<code>.yaml.

A file gives the rule's `priority`, the `defaults` of its numbers with their bounds, and `cases`.
A case: `rows` (dates as ISO text or hours before as_of), `layout` (the standard one if absent,
`null` for none), `parameters`, `as_of`, `catalog` (items; none if absent) and `similar` (SKUs that
codes may be misreadings of); then `found` (subject ids, or subject: what must hold of
the finding), `skipped` (reason: rows), `questions` (what must hold of each, in their order), or
`not_evaluated` (what it needs).
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.finding import Evaluation, Finding
from stockwarden.detection.rule_settings import RuleSettings
from tests.engine.detection.inventory import AS_OF, STANDARD_LAYOUT, catalog, stock

FOLDER = Path(__file__).parent / "cases"
BY_CODE = {detector.code: detector for detector in DETECTORS}


def _cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    ]


@pytest.mark.parametrize(("code", "case"), _cases())
def test_case(code, case):
    outcome = _run(code, case)
    (coverage,) = outcome.coverage
    if "not_evaluated" in case:
        assert coverage.status == "not_evaluated"
        assert list(coverage.needs) == case["not_evaluated"]
        assert outcome.findings == []
        return
    assert coverage.status == "evaluated"
    assert coverage.rows_skipped == case.get("skipped", {})
    assert coverage.rows_judged + sum(coverage.rows_skipped.values()) == len(case["rows"])
    questions = [question.to_document() for question in coverage.questions.asked]
    for question, facts in zip(questions, case.get("questions", []), strict=True):
        assert question | facts == question
    expected = case["found"]
    assert [finding.subject_id for finding in outcome.findings] == list(expected)
    assert coverage.anomalies == len(expected)
    if isinstance(expected, dict):
        for finding in outcome.findings:
            _holds(finding, expected[finding.subject_id] or {})


def _run(code: str, case: dict[str, Any]) -> Evaluation:
    sample = stock(case["rows"], case.get("layout", STANDARD_LAYOUT), case.get("as_of", AS_OF))
    if "catalog" in case:
        sample.join_catalog(catalog(case["rows"], case["catalog"], case.get("similar", {})))
    settings = {code: RuleSettings(parameters=case.get("parameters", {}))}
    return evaluate(sample, settings, detectors=[BY_CODE[code]])


def _holds(finding: Finding, expected: dict[str, Any]) -> None:
    rows = list(dict.fromkeys(entry["row"] for entry in finding.evidence))
    facts = {
        "message": finding.message,
        "priority": finding.priority.value,
        "pallet_id": finding.pallet_id,
        "location": finding.location,
        "pallets": finding.affected_pallets,
        "age_hours": finding.age_hours,
        "rows": rows,
        "columns": list(dict.fromkeys(entry["column"] for entry in finding.evidence)),
    }
    for name, value in expected.items():
        if name == "details":
            assert finding.details | value == finding.details
        else:
            assert facts[name] == value


@pytest.mark.parametrize("code", BY_CODE)
def test_every_detector_has_cases_that_pass_and_that_fail(code):
    cases = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))["cases"]
    assert any(case.get("found") for case in cases)
    assert any("found" in case and len(case["found"]) < len(case["rows"]) for case in cases)


def test_every_case_file_belongs_to_a_detector():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(BY_CODE)
