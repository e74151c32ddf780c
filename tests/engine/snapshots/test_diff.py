"""The differences of two reports: which anomalies, in which order, on which page."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.repositories import anomaly_repository, report_access
from stockwarden.core.errors import BadRequest, Conflict, Invalid, NotFound
from stockwarden.snapshots.diff import DiffService
from stockwarden.storage.keys import anomalies as anomaly_keys
from tests.engine.snapshots.stored_analyses import (
    GENERATION,
    digest,
    store_anomalies,
    store_report,
)
from tests.support.gateway import OTHER, USER

LISTS = ("new", "resolved", "persisting")


@pytest.fixture
def compare(aws):
    service = DiffService(
        stores.reports_table(), report_access(), anomaly_repository(), stores.objects()
    )

    def ask(report_id="rep_b", against="rep_a", cursor=None, limit=10, *, part=None, caller=USER):
        return service.compare_reports(caller, report_id, against, cursor, limit, part=part)

    return ask


def pallets(diff):
    """The pallets of each list, as text; and the numbers."""
    lists = {name: "".join(anomaly.subject.id for anomaly in getattr(diff, name)) for name in LISTS}
    return lists, tuple(getattr(diff.counts, name) for name in LISTS)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("ABC", "CDB", ("D", "A", "CB")),  # persisting in the order of this report
        ("AB", "AB", ("", "", "AB")),
        ("BA", "DC", ("DC", "BA", "")),
        ("", "AB", ("AB", "", "")),
        ("AB", "", ("", "AB", "")),
        ("", "", ("", "", "")),
    ],
)
def test_every_anomaly_is_in_exactly_one_list(compare, before, now, expected):
    new, resolved, persisting = expected
    store_report("rep_a", before, day=8)
    store_report("rep_b", now)
    lists, counts = pallets(compare())
    assert lists == {"new": new, "resolved": resolved, "persisting": persisting}
    assert counts == (len(new), len(resolved), len(persisting))
    # Of the older report the other way round.
    lists, counts = pallets(compare("rep_a", "rep_b"))
    assert (lists["new"], lists["resolved"]) == (resolved, new)
    assert sorted(lists["persisting"]) == sorted(persisting)


def test_resolved_anomalies_are_shown_as_the_other_report_has_them(compare):
    store_report("rep_a", "AB", day=8)
    store_report("rep_b", "BC")
    diff = compare()
    assert [anomaly.report_id for anomaly in diff.resolved] == ["rep_a"]
    assert [anomaly.report_id for anomaly in (*diff.new, *diff.persisting)] == ["rep_b", "rep_b"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6, 7, 8])
@pytest.mark.parametrize("part", [None, *LISTS])
def test_pages_have_each_anomaly_once_and_the_same_counts(compare, limit, part):
    store_report("rep_a", "ABCPQ", day=8)
    store_report("rep_b", "PXQY")
    whole = {"new": "XY", "resolved": "ABC", "persisting": "PQ"}
    expected = {name: text if part in {None, name} else "" for name, text in whole.items()}
    total = sum(map(len, expected.values()))
    read, cursor, sizes = dict.fromkeys(LISTS, ""), None, []
    while cursor or not sizes:
        diff = compare(cursor=cursor, limit=limit, part=part)
        lists, counts = pallets(diff)
        assert counts == (2, 3, 2)
        read = {name: read[name] + lists[name] for name in LISTS}
        sizes.append(sum(map(len, lists.values())))
        cursor = diff.next_cursor
    assert read == expected
    assert sizes == [min(limit, total - start) for start in range(0, total, limit)]


def test_cursor_is_of_one_pair_of_analyses_and_one_list(compare):
    store_report("rep_a", "ABC", day=8)
    store_report("rep_b", "D")
    store_report("rep_c", "E")
    cursor = compare(limit=1).next_cursor
    for question in (
        {"against": "rep_c"},
        {"part": "new"},
        {"report_id": "rep_a", "against": "rep_b"},
    ):
        with pytest.raises(BadRequest, match="another list"):
            compare(cursor=cursor, **question)
    store_report("rep_a", "ABC", generation="job_2.1")  # analyzed again
    with pytest.raises(BadRequest, match="another list"):
        compare(cursor=cursor)


def test_report_is_not_compared_with_itself(compare):
    store_report("rep_b", "A")
    with pytest.raises(Invalid) as refused:
        compare(against="rep_b")
    assert [error.pointer for error in refused.value.errors] == ["/against"]


@pytest.mark.parametrize("warehouse_id", ["wh_2", None])
def test_reports_of_different_warehouses_do_not_compare(compare, warehouse_id):
    store_report("rep_a", "A", warehouse_id=warehouse_id)
    store_report("rep_b", "A")
    with pytest.raises(Invalid, match="same warehouse") as refused:
        compare()
    assert [error.pointer for error in refused.value.errors] == ["/against"]


@pytest.mark.parametrize("first", ["rep_a", "rep_b"])
def test_both_reports_must_have_been_analyzed(compare, first):
    store_report(first, "A")
    other = "rep_b" if first == "rep_a" else "rep_a"
    store_report(other, "", generation=None)
    with pytest.raises(Conflict, match=f"{other} has not been analyzed"):
        compare()


def test_analysis_of_an_earlier_version_is_named(compare):
    store_report("rep_b", "A")
    store_report("rep_a", "A")
    stores.objects().delete_prefix("analyses/rep_a/")
    with pytest.raises(Conflict, match="rep_a was analyzed by an earlier version"):
        compare()


@pytest.mark.parametrize(
    ("against", "caller"), [("rep_none", USER), ("no id", USER), ("rep_a", OTHER)]
)
def test_reports_that_nobody_may_know_of(compare, against, caller):
    store_report("rep_a", "A")
    store_report("rep_b", "A", username=caller.username)
    with pytest.raises(NotFound):
        compare(against=against, caller=caller)


def test_record_that_an_analysis_has_just_removed_is_left_out(compare):
    store_report("rep_a", "", day=8)
    store_report("rep_b", "ABC")
    partition = anomaly_keys.generation("rep_b", GENERATION)
    stores.anomalies_table().delete_all([anomaly_keys.record(partition, digest("B"))])
    assert pallets(compare())[0]["new"] == "AC"


def test_only_the_shown_analysis_is_compared(compare):
    store_report("rep_a", "A", day=8)
    store_report("rep_b", "AB")
    store_anomalies("rep_b", "XYZ", "job_2.1")
    assert pallets(compare())[0] == {"new": "B", "resolved": "", "persisting": "A"}
