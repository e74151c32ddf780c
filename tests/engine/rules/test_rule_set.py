"""Rule settings as a report pins them: complete enough to repeat the analysis."""

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.rules.rule_set import RuleSet, VersionedSettings, document_of, settings_of
from tests.engine.detection.stocks import stocks

VERSIONED = {
    "stagnant-pallet": VersionedSettings(
        RuleSettings(
            parameters={"max_hours": 24.0, "location_types": ("DOCK", "RECEIVING")},
            priority=Priority.LOW,
            scope=Scope(excluded=("BOX-*",)),
        ),
        3,
        "2026-01-05T08:00:00.000Z",
        "alice",
    ),
    "expired": VersionedSettings(RuleSettings(enabled=False), 1),
}
CODES = [detector.code for detector in DETECTORS]


def test_settings_survive_a_round_trip_through_their_document():
    for versioned in VERSIONED.values():
        restored = settings_of(document_of(versioned.settings))
        assert document_of(restored) == document_of(versioned.settings)


def test_versions_and_settings_are_pinned_for_every_rule():
    rule_set = RuleSet(VERSIONED)
    assert rule_set.versions(CODES) == dict.fromkeys(CODES, 0) | {
        "stagnant-pallet": 3,
        "expired": 1,
    }
    pinned = rule_set.pinned(DETECTORS)
    assert list(pinned) == CODES
    assert pinned["stuck-in-transit"]["parameters"] == {
        "location_types": ["TRANSITIONAL"],
        "max_hours": 4.0,
    }
    assert pinned["expired"]["enabled"] is False


@given(stocks())
def test_pinned_settings_give_the_same_findings(stock):
    rule_set = RuleSet(VERSIONED)
    restored = {
        code: settings_of(document) for code, document in rule_set.pinned(DETECTORS).items()
    }
    assert evaluate(stock, restored).findings == evaluate(stock, rule_set.settings(CODES)).findings


@given(st.sets(st.sampled_from(CODES), min_size=1))
def test_only_disables_every_other_rule(codes):
    settings = RuleSet(VERSIONED).only(CODES, codes).settings(CODES)
    enabled = {code for code, rule_settings in settings.items() if rule_settings.enabled}
    assert enabled == codes - {"expired"}
    assert settings["stagnant-pallet"].scope == Scope(excluded=("BOX-*",))
