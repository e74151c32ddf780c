"""The last whole snapshots of a warehouse, whose reports still show them."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.calibration import recent as recent_module
from stockwarden.calibration.recent import Recent, RecentReports
from stockwarden.storage.keys import reports as keys
from tests.engine.snapshots.timeline_items import moment, snapshot


@pytest.fixture
def recent(aws):
    return RecentReports(stores.reports_table())


def show(report_id, day, scope="whole", summary=None, **more):
    """Stores a snapshot and the summary of its report."""
    item = snapshot(report_id, day, scope, **more)
    facts = {
        **keys.summary(report_id),
        "id": report_id,
        "report_name": f"Name of {report_id}",
        "as_of": moment(day),
        "generation": f"job of {report_id}",
        "warehouse_id": "wh_1",
        **(summary or {}),
    }
    stores.reports_table().put_all([item, {k: v for k, v in facts.items() if v is not None}])


def ids(recent, count=10):
    return [report.report_id for report in recent.list_reports("wh_1", count)]


def test_facts_of_a_report(recent):
    show("rep_1", 4)
    assert recent.list_reports("wh_1", 1) == [
        Recent("rep_1", "Name of rep_1", moment(4), "job of rep_1")
    ]


def test_newest_are_first_by_moment_then_by_when_they_were_sent(recent):
    show("rep_a", 10, sent_hour=1)
    show("rep_b", 9, sent_hour=9)
    show("rep_c", 9, sent_hour=11)
    show("rep_d", 2, sent_hour=20)
    assert ids(recent) == ["rep_a", "rep_c", "rep_b", "rep_d"]
    assert ids(recent, 2) == ["rep_a", "rep_c"]
    assert ids(recent, 4) == ids(recent)


def test_parts_are_passed_over(recent):
    show("rep_a", 1)
    show("rep_b", 2, "part")
    show("rep_c", 3)
    show("rep_d", 4, "part")
    assert ids(recent, 2) == ["rep_c", "rep_a"]
    assert ids(recent, 1) == ["rep_c"]


def test_snapshot_of_an_earlier_version_has_no_scope_and_is_whole(recent):
    show("rep_a", 1)
    item = snapshot("rep_a", 1)
    del item["scope"]
    stores.reports_table().put_all([item])
    assert ids(recent) == ["rep_a"]


def test_few_whole_snapshots_are_found_among_many_parts(recent, monkeypatch):
    monkeypatch.setattr(recent_module, "_EXAMINED", 4)
    show("rep_a", 1)
    for day in (2, 3, 4):
        show(f"part_{day}", day, "part")
    assert ids(recent, 1) == ["rep_a"]
    show("part_5", 5, "part")
    assert ids(recent, 1) == []
    # More are examined for more.
    assert ids(recent, 5) == ["rep_a"]


@pytest.mark.parametrize(
    "summary", [{"generation": None}, {"warehouse_id": "wh_2"}, {"warehouse_id": None}]
)
def test_report_that_no_longer_shows_the_snapshot_is_left_out(recent, summary):
    show("rep_a", 1)
    show("rep_b", 2, summary=summary)
    assert ids(recent) == ["rep_a"]


def test_deleted_report_is_left_out(recent):
    show("rep_a", 1)
    stores.reports_table().put_all([snapshot("rep_gone", 2)])
    assert ids(recent) == ["rep_a"]


def test_report_that_is_between_two_moments_is_listed_once(recent):
    """Its snapshots of both moments may be read while it is analyzed again."""
    show("rep_a", 1)
    show("rep_a", 3)
    show("rep_b", 2)
    assert ids(recent) == ["rep_a", "rep_b"]


def test_warehouse_without_snapshots(recent):
    assert ids(recent) == []
