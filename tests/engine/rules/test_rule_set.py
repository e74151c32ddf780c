"""Settings as they are kept with a report: enough to do it all again."""

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.rules.rule_set import RuleSet, VersionedSettings, document_of, settings_of
from tests.engine.detection.stocks import stocks

OWN = {
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


def test_a_document_gives_the_settings_back():
    for setting in OWN.values():
        back = settings_of(document_of(setting.settings))
        assert document_of(back) == document_of(setting.settings)


def test_versions_and_settings_are_pinned_for_every_rule():
    effective = RuleSet(OWN)
    assert effective.versions(CODES) == dict.fromkeys(CODES, 0) | {
        "stagnant-pallet": 3,
        "expired": 1,
    }
    pinned = effective.pinned(DETECTORS)
    assert list(pinned) == CODES
    assert pinned["stuck-in-transit"]["parameters"] == {
        "location_types": ["TRANSITIONAL"],
        "max_hours": 4.0,
    }
    assert pinned["expired"]["enabled"] is False


@given(stocks())
def test_what_is_pinned_finds_the_same(made):
    effective = RuleSet(OWN)
    again = {code: settings_of(own) for code, own in effective.pinned(DETECTORS).items()}
    assert evaluate(made, again).findings == evaluate(made, effective.settings(CODES)).findings


@given(st.sets(st.sampled_from(CODES), min_size=1))
def test_only_some_rules(wanted):
    settings = RuleSet(OWN).only(CODES, wanted).settings(CODES)
    on = {code for code, own in settings.items() if own.enabled}
    assert on == wanted - {"expired"}
    assert settings["stagnant-pallet"].scope == Scope(excluded=("BOX-*",))
