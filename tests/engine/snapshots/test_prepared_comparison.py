"""What a report stores of a comparison; what is said of a snapshot that left its warehouse."""

import pytest

from stockwarden.anomalies.model import Recurrence
from stockwarden.anomalies.records import Carried
from stockwarden.snapshots.compared_report import ComparedReport
from stockwarden.snapshots.comparison import Comparison
from stockwarden.snapshots.departure import Departure
from stockwarden.snapshots.prepared_comparison import PreparedComparison
from stockwarden.snapshots.scope import ScopeDecision
from tests.engine.snapshots.timeline_items import moment, position, rank, snapshot

REPORT = ComparedReport("own", "wh_1", moment(31), None)
CARRIED = {"a": Carried(Recurrence.NEW, moment(9)), "b": Carried(Recurrence.PERSISTING, moment(8))}
OWN, OLDER, NEWER = snapshot("own", 9), snapshot("older", 8), snapshot("newer", 10)


@pytest.mark.parametrize(
    ("others", "previous", "is_newest"),
    [
        ((), None, True),
        ((OLDER,), "older", True),
        ((NEWER, OLDER), "older", False),
        ((NEWER,), None, False),
    ],
)
def test_facts_of_a_comparison(others, previous, is_newest):
    comparison = Comparison(carried=CARRIED, uncovered=4)
    prepared = PreparedComparison(REPORT, comparison, position(OWN, *others))
    assert prepared.facts() == {
        "previous": previous,
        "is_newest": is_newest,
        "new": 1,
        "persisting": 1,
        "reappeared": 0,
        "vanished": 0,
        "not_covered": 4,
        "changed_rules": [],
        "layout_changed": False,
    }
    assert prepared.superseded is not is_newest
    assert prepared.carried == CARRIED


def test_report_without_a_warehouse_is_not_compared():
    prepared = PreparedComparison(ComparedReport("own", None, moment(31), None))
    assert (prepared.facts(), prepared.superseded, prepared.scope) == (None, False, None)
    assert prepared.carried == {}


@pytest.mark.parametrize("scope", ["whole", "part"])
def test_scope_is_the_decided_one(scope):
    decision = ScopeDecision(scope, said=False)
    assert PreparedComparison(REPORT, scope_decision=decision).scope == scope


@pytest.mark.parametrize(
    ("deleted", "event"), [(True, "was deleted"), (False, "was put elsewhere")]
)
def test_comments_about_a_departed_snapshot(deleted, event):
    departure = Departure("own", "job_1.1", "wh_1", rank("own", 9), deleted)
    assert departure.as_of == moment(9)
    assert departure.reopen_comment == f"Open again: the snapshot of {moment(9)} {event}."
    assert departure.change_comment == f"Compared anew: the snapshot of {moment(9)} {event}."
