"""Which rules and layouts differ between two snapshots."""

import pytest

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.snapshots.rule_changes import (
    NO_CHANGES,
    RuleChanges,
    changes_between,
    changes_between_reports,
    rules_used,
)
from stockwarden.warehouse.layout.layout import Layout

STUCK, COLD = "stagnant-pallet", "cold-chain"
LATER = {STUCK: RuleSettings(parameters={"max_hours": 48.0})}
ROW = {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 10}


def used(settings=None, *rows):
    return rules_used(DETECTORS, settings or {}, Layout.from_rows(rows) if rows else None)


@pytest.mark.parametrize(
    ("before", "now", "rules"),
    [
        ({}, {}, ()),
        ({}, LATER, (STUCK,)),
        (LATER, {}, (STUCK,)),
        (LATER, {COLD: RuleSettings(enabled=False)}, (COLD, STUCK)),
        # The same settings in other words: what counts is what the rule does.
        ({}, {STUCK: RuleSettings(parameters={"max_hours": 10.0})}, ()),
    ],
)
def test_rules_whose_settings_differ(before, now, rules):
    assert changes_between(used(before), used(now)) == RuleChanges(rules)


@pytest.mark.parametrize(
    ("before", "now", "differ"),
    [
        ((), (), False),
        ((ROW,), (ROW,), False),
        ((ROW,), ({**ROW, "notes": "by the gate"},), False),  # no rule reads the notes
        ((), (ROW,), True),
        ((ROW,), ({**ROW, "capacity": 9},), True),
        ((ROW,), ({**ROW, "zone": "COLD"},), True),
    ],
)
def test_layouts_that_differ(before, now, differ):
    assert changes_between(used({}, *before), used({}, *now)).layout is differ


def test_rule_that_a_release_added_counts_as_changed():
    before = used()
    del before["settings"][COLD]
    assert changes_between(before, used()).rules == (COLD,)


@pytest.mark.parametrize("before", [None, {}, {"report_id": "rep_1"}])
def test_nothing_is_claimed_where_nothing_is_known(before):
    assert changes_between(before, used(LATER)) == NO_CHANGES


def test_digests_of_a_snapshot_stay_small():
    assert len(str(used({}, ROW))) < 60 * len(DETECTORS)


def test_reports_are_compared_by_their_details():
    layout = {"source": "warehouse", "warehouse_id": "wh_1", "version": 1, "rows": 2}
    before = {"rules": {STUCK: {"enabled": True}}, "layout": layout}
    assert changes_between_reports(before, before) == NO_CHANGES
    own_file = {"rules": before["rules"], "layout": {"source": "rules_file", "rows": 2}}
    assert changes_between_reports(own_file, own_file) == RuleChanges(layout=True)
    now = {"rules": {STUCK: {"enabled": False}}, "layout": {**layout, "version": 2}}
    assert changes_between_reports(before, now) == RuleChanges((STUCK,), layout=True)
