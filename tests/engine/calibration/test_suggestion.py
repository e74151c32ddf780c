"""Suggestions: the strictest limit that 95 % of the pallets keep, and its explanation."""

import pytest

from stockwarden.calibration.suggestion import MINIMUM, suggest
from stockwarden.detection.curves import curves
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.threshold import Curve
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock

BY_CODE = {detector.code: detector for detector in DETECTORS}


def ages(*hours):
    """The curve of pallets in RECEIVING with the given ages in hours."""
    rows = [
        {"pallet_id": f"P{n}", "location": "RECV-01", "creation_date": age}
        for n, age in enumerate(hours)
    ]
    (curve,) = curves(stock(rows, STANDARD_LAYOUT), {}, [BY_CODE["stagnant-pallet"]])
    return curve


def ask(code, curves, current, **more):
    detector = BY_CODE[code]
    return suggest(detector, detector.threshold, "wh_1", current, curves, **more)


def test_strictest_limit_that_95_percent_keep_is_suggested():
    answer = ask("stagnant-pallet", [ages(*[5.5] * 57, *[40] * 3)], 10)
    assert (answer.suggestion, answer.anomalies_then, answer.anomalies_now) == (6, 3, 3)
    assert answer.share == 0.95
    assert answer.reason == (
        "This rule judged 60 pallets in the last inventory. 95 % of them were 6 h old or less."
    )


def test_pallets_are_summed_over_snapshots():
    answer = ask("stagnant-pallet", [ages(*[2] * 30), ages(*[2] * 29, 500)], 10)
    assert (answer.suggestion, answer.pallets, answer.snapshots) == (2, 60, 2)
    assert answer.share == 0.9833
    assert "98.3 % of them were 2 h old or less" in answer.reason


@pytest.mark.parametrize("curves", [[], [ages(*[5] * (MINIMUM - 1))]])
def test_too_few_pallets_give_no_suggestion(curves):
    answer = ask("stagnant-pallet", curves, 10)
    assert (answer.suggestion, answer.share, answer.anomalies_then) == (None, None, None)
    assert f"at least {MINIMUM} pallets" in answer.reason


def test_no_suggestion_if_no_limit_leaves_95_percent():
    answer = ask("stagnant-pallet", [ages(*[5] * 50, *[900] * 10)], 10)
    assert answer.suggestion is None
    assert "even at 720 h, 10 would be reported" in answer.reason


@pytest.mark.parametrize("current", [10, 10.25])
def test_limit_that_silences_the_rule_is_not_suggested(current):
    answer = ask("stagnant-pallet", [ages(*[5] * 20, *[82] * 40)], current)
    assert (answer.suggestion, answer.share, answer.anomalies_then) == (None, None, None)
    assert answer.withheld == "nothing"
    assert "95% of them alone, 82 h, would report none of what is reported now" in answer.reason


def test_silencing_limit_is_not_suggested_for_lower_bounds():
    limits = BY_CODE["expiring-soon"].threshold.grid(BY_CODE["expiring-soon"].parameters)
    counts = tuple(int(limit > 20) * 10 for limit in limits)
    answer = ask("expiring-soon", [Curve("expiring-soon", limits, counts, 100, 30, 10, {})], 30)
    assert (answer.suggestion, answer.withheld, answer.anomalies_now) == (None, "nothing", 10)


def test_stricter_limit_without_anomalies_is_suggested():
    answer = ask("stagnant-pallet", [ages(*[5.5] * 60)], 10)
    assert (answer.suggestion, answer.anomalies_then, answer.anomalies_now) == (6, 0, 0)
    assert answer.withheld is None


@pytest.mark.parametrize(
    ("hours", "withheld"),
    [([5] * 10, "too_few"), ([5] * 50 + [900] * 10, "too_many"), ([5] * 60, None)],
)
def test_withheld_has_the_reason_as_a_code(hours, withheld):
    assert ask("stagnant-pallet", [ages(*hours)], 10).withheld == withheld


def test_snapshots_under_other_settings_are_mentioned():
    answer = ask("stagnant-pallet", [ages(*[5] * 60)], 10, others=4)
    assert "(4 more were judged under other settings, or not at all)" in answer.reason


def test_limit_between_grid_steps_has_no_count():
    assert ask("stagnant-pallet", [ages(*[5] * 60)], 10.25).anomalies_now is None


def test_largest_lower_bound_is_the_strictest():
    limits = BY_CODE["expiring-soon"].threshold.grid(BY_CODE["expiring-soon"].parameters)
    counts = tuple(10 if limit > 20 else 3 for limit in limits)
    curve = Curve("expiring-soon", limits, counts, 100, 30, 10, {})
    answer = ask("expiring-soon", [curve], 30)
    assert (answer.suggestion, answer.anomalies_then, answer.anomalies_now) == (20, 3, 10)
    assert "97 % of them had 20 days or more left" in answer.reason


def test_share_limits_are_worded_as_percent():
    limits = BY_CODE["lot-straggler"].threshold.grid(BY_CODE["lot-straggler"].parameters)
    counts = tuple(10 if limit <= 0.9 else 3 for limit in limits)
    answer = ask("lot-straggler", [Curve("lot-straggler", limits, counts, 100, 0.8, 10, {})], 0.8)
    assert answer.suggestion == 0.91
    assert "were of lots of which less than 91 % was in storage" in answer.reason
