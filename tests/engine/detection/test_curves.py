"""What-if curves: stored counts equal those of the detector run at each limit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.curves import curves
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.detection.threshold import Curve, steps
from tests.engine.detection.inventory import stock
from tests.engine.detection.stocks import LAYOUT, stocks
from tests.support.examples import examples

WITH_THRESHOLD = [rule for rule in DETECTORS if rule.threshold]
SCOPES = [Scope(), Scope(excluded=("BOX-*",)), Scope(locations=("RECV-*", "01*"))]


def detector_count(sample, rule, settings, limit):
    parameters = {**settings.parameters, rule.threshold.parameter: limit}
    (coverage,) = evaluate(
        sample, {rule.code: replace(settings, parameters=parameters)}, [rule]
    ).coverage
    return coverage.anomalies


@pytest.mark.parametrize("rule", WITH_THRESHOLD, ids=lambda rule: rule.code)
@examples(25)
@given(sample=stocks(), scope=st.sampled_from(SCOPES), data=st.data())
def test_counts_equal_those_of_the_detector_at_each_limit(rule, sample, scope, data):
    settings = RuleSettings(scope=scope)
    (curve,) = curves(sample, {rule.code: settings}, [rule])
    assert len(curve.counts) == len(curve.limits)
    positions = st.integers(0, len(curve.limits) - 1)
    for position in {0, len(curve.limits) - 1, data.draw(positions), data.draw(positions)}:
        assert curve.counts[position] == detector_count(
            sample, rule, settings, curve.limits[position]
        )
        assert curve.counts[position] <= curve.population


@pytest.mark.parametrize("rule", WITH_THRESHOLD, ids=lambda rule: rule.code)
def test_limits_go_from_bound_to_bound_and_meet_the_default(rule):
    grid = rule.threshold.grid(rule.parameters)
    bounds = rule.threshold.bounds(rule.parameters)
    assert (grid[0], grid[-1]) == (bounds.minimum, bounds.maximum)
    (default,) = [p.default for p in rule.parameters if p.name == rule.threshold.parameter]
    assert default in grid
    assert len(grid) <= 1000
    assert rule.threshold.words.format(limit=default, percent=default)


def test_exactly_the_rules_with_numbers_have_a_threshold():
    numeric = {
        rule.code
        for rule in DETECTORS
        if any(isinstance(p.constraint, Bounds) for p in rule.parameters)
    }
    assert {rule.code for rule in WITH_THRESHOLD} == numeric


def test_steps_are_exact_decimals():
    assert steps(0.5, 1, 0.01)[3] == 0.53
    assert steps(1, 720, 1)[-1] == 720


def test_disabled_rules_have_curves_and_unevaluable_rules_name_their_needs():
    sample = stock([{"pallet_id": "P1", "location": "RECV-1", "creation_date": 30}], LAYOUT)
    curves_by_rule = {
        curve.rule: curve
        for curve in curves(sample, {"stagnant-pallet": RuleSettings(enabled=False)}, DETECTORS)
    }
    assert curves_by_rule["stagnant-pallet"].counts[:30] == (1,) * 29 + (0,)
    assert curves_by_rule["stagnant-pallet"].population == 1
    assert curves_by_rule["expiring-soon"].needs == ("expiry_date",)
    assert set(curves_by_rule["expiring-soon"].counts) == {0}


@pytest.mark.parametrize("rule", WITH_THRESHOLD, ids=lambda rule: rule.code)
def test_a_curve_survives_a_round_trip_unless_its_limits_changed(rule):
    sample = stock([{"pallet_id": "P1", "location": "RECV-1", "creation_date": 30}], LAYOUT)
    (curve,) = curves(sample, {}, [rule])
    assert Curve.from_document(rule.code, curve.to_document(), curve.limits) == curve
    assert Curve.from_document(rule.code, curve.to_document(), curve.limits[1:]) is None


def test_other_settings_change_the_basis():
    sample = stock([{"pallet_id": "P1", "location": "RECV-1", "creation_date": 30}], LAYOUT)
    stagnant = [rule for rule in DETECTORS if rule.code == "stagnant-pallet"]

    def basis(**settings):
        (curve,) = curves(sample, {"stagnant-pallet": RuleSettings(**settings)}, stagnant)
        return curve.basis

    assert basis() == basis(parameters={"max_hours": 99}) == basis(enabled=False)
    assert basis() != basis(parameters={"location_types": ["DOCK"]})
    assert basis() != basis(scope=Scope(excluded=("BOX-*",)))
