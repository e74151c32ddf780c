"""Coverage of absent anomalies by a whole and by a part of a warehouse."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import WorkState
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.snapshots.comparison import KnownAnomaly, compare, covers
from stockwarden.snapshots.file_coverage import FileCoverage
from stockwarden.snapshots.scope import ScopeDecision
from tests.engine.detection.inventory import stock
from tests.engine.detection.stocks import stocks

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "file_coverage.yaml").read_text(encoding="utf-8")
)
LAYOUT = [
    {"location_pattern": "RECV-*", "location_type": "RECEIVING", "capacity": 5},
    {"location_pattern": "{001..009}{A..D}", "location_type": "STORAGE", "capacity": 9},
]
DECIDED = {
    "whole": ScopeDecision("whole", said=False),
    "said": ScopeDecision("whole", said=True),
    "part": ScopeDecision("part", said=True),
}
NOW = "2025-10-31T12:00:00.000Z"


def _row(pallet: str, location: str, hours: float | None = 5) -> dict[str, Any]:
    return {
        "pallet_id": pallet, "location": location, "creation_date": hours,
        "expiry_date": -900, "receipt_number": f"L{pallet}",
    }  # fmt: skip


def _recv(count: int) -> list[dict[str, Any]]:
    return [_row(f"R{n}", f"RECV-0{n % 3 + 1}") for n in range(count)]


def _stored(count: int) -> list[dict[str, Any]]:
    return [_row(f"S{n}", f"00{n % 9 + 1}A") for n in range(count)]


def _coverage(
    sample: Stock, decided: ScopeDecision, areas: dict[str, int], without: str = ""
) -> FileCoverage:
    settings = {without: RuleSettings(enabled=False)} if without else {}
    evaluation = evaluate(sample, settings, DETECTORS)
    return FileCoverage(
        sample, evaluation, DETECTORS, settings, decided=decided, areas_before=areas
    )


@pytest.mark.parametrize("kind", DECIDED)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], kind: str) -> None:
    before = _coverage(stock([*_recv(10), *_stored(10)], LAYOUT), DECIDED["whole"], {}).areas
    rows = [*_recv(case["recv"]), *_stored(case["stored"])]
    rows += [_row(*more) for more in case.get("more", ())]
    file_coverage = _coverage(
        stock(rows, LAYOUT), DECIDED[kind], dict(before), case.get("without", "")
    )
    subject = "pallet" if "pallet" in case else "location"
    state = WorkState(Status.NEW, 1, NOW, NOW)
    anomaly = KnownAnomaly(
        case["rule"], subject, case[subject], case["at"], NOW, NOW, "rep_1", state
    )
    assert file_coverage.coverage_of(anomaly) == case[kind]


@pytest.mark.parametrize(("stored", "status"), [(0, Status.NEW), (1, Status.RESOLVED)])
def test_pallet_without_location_vanishes_only_if_the_file_has_every_area(
    stored: int, status: Status
) -> None:
    """Where one area is missing, the pallet may be in it: its anomaly stays open."""
    before = _coverage(stock([*_recv(10), *_stored(10)], LAYOUT), DECIDED["whole"], {}).areas
    file_coverage = _coverage(
        stock([*_recv(10), *_stored(stored)], LAYOUT), DECIDED["whole"], dict(before)
    )
    state = WorkState(Status.NEW, 1, NOW, NOW)
    anomaly = KnownAnomaly("missing-location", "pallet", "X", None, NOW, NOW, "rep_1", state)
    anomaly = replace(anomaly, cover=file_coverage.coverage_of(anomaly))
    comparison = compare(
        [], {"x": anomaly}, covers(file_coverage.areas, before), as_of=NOW, now=NOW
    )
    assert comparison.absent["x"].state.status is status
    assert comparison.uncovered == (status is Status.NEW)


def test_areas_of_an_earlier_version_have_no_numbers_and_cover_nothing() -> None:
    file_coverage = _coverage(stock(_recv(10), LAYOUT), DECIDED["part"], {"RECEIVING": 0})
    state = WorkState(Status.NEW, 1, NOW, NOW)
    anomaly = KnownAnomaly("stagnant-pallet", "pallet", "X", "RECV-01", NOW, NOW, "rep_1", state)
    assert file_coverage.coverage_of(anomaly) == "no"


@given(stocks())
def test_the_subjects_of_each_area_are_counted_once(sample: Stock) -> None:
    areas: dict[str, set[int]] = {}
    file_coverage = FileCoverage(
        sample, evaluate(sample, {}, ()), (), {}, decided=DECIDED["whole"], areas_before={}
    )
    kinds = sample.frame["location_type"].astype(object).tolist()
    rows = sample.frame["layout_row"].tolist()
    subjects = sample.subjects.codes.index.tolist()
    for kind, row, subject in zip(kinds, rows, subjects, strict=True):
        if isinstance(kind, str):
            areas.setdefault(file_coverage._area(kind, row), set()).add(subject)
    assert file_coverage.areas == {area: len(subjects) for area, subjects in areas.items()}
