"""The timeline of a warehouse: its order, its lists and its guarded writes."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import BadRequest
from stockwarden.snapshots import timeline as timeline_module
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, write
from tests.engine.snapshots.timeline_items import (
    PARTS,
    SIX_PARTS,
    WAREHOUSE,
    WHOLES,
    id_of,
    ids,
    moment,
    rank,
    snapshot,
)


@pytest.fixture
def timeline(aws):
    return Timeline(stores.reports_table())


@pytest.fixture
def store(timeline):
    """Stores snapshots: items, or (report id, day, scope)."""

    def put(*snapshots):
        timeline.table.put_all(
            item if isinstance(item, dict) else snapshot(*item) for item in snapshots
        )

    return put


def read_all(timeline):
    return ids(timeline.newer(WAREHOUSE, ""))


@pytest.mark.parametrize(
    "newest_first",
    [
        [snapshot("a", 10), snapshot("b", 9)],
        # An earlier moment that is sent later stays the older one.
        [snapshot("a", 10, sent_hour=1), snapshot("b", 9, sent_hour=9)],
        # Of equal moments the one sent later is a correction.
        [snapshot("a", 9, sent_hour=2), snapshot("b", 9, sent_hour=1)],
        # Sent at the same moment too: any order, but always the same one.
        [snapshot("b", 9), snapshot("a", 9)],
        # The ninth and the tenth do not sort as numbers of one and two digits.
        [snapshot("a", 10), snapshot("b", 9), snapshot("c", 1)],
    ],
)
def test_snapshots_sort_by_moment_then_by_when_they_were_sent(timeline, store, newest_first):
    store(*newest_first[::-1])
    assert read_all(timeline) == ids(newest_first)
    assert timeline.newest(WAREHOUSE)["report_id"] == newest_first[0]["report_id"]


def test_snapshots_of_other_warehouses_are_not_in_the_timeline(timeline):
    other = {**snapshot("other", 20), **keys.snapshot("wh_10", rank("other", 20))}
    timeline.table.put_all([other, {**keys.snapshot_order(WAREHOUSE), "version": 3}])
    assert timeline.newest(WAREHOUSE) is None
    assert timeline.newest_whole(WAREHOUSE) is None
    located = timeline.locate(WAREHOUSE, "own", rank("own", 5), None)
    assert (located.newest, located.previous, located.version) == (None, None, 3)


def test_shown_snapshot_is_stored_and_counted(timeline):
    located = timeline.locate(WAREHOUSE, "own", rank("own", 4), None)
    aggregates = {"report_id": "own", "generation": "job_1.1", "rows": 7}
    write(*timeline.show_operations(located, aggregates, moment(31)))
    stored = timeline.find_snapshot(WAREHOUSE, rank("own", 4))
    key = keys.snapshot(WAREHOUSE, rank("own", 4))
    assert stored == {**key, **aggregates, "shown_at": moment(31)}
    assert timeline.locate(WAREHOUSE, "x", rank("x", 1), None).version == 1
    again = timeline.locate(WAREHOUSE, "own", rank("own", 4), rank("own", 4))
    write(*timeline.show_operations(again, aggregates | {"rows": 8}, moment(31)))
    assert timeline.find_snapshot(WAREHOUSE, rank("own", 4))["rows"] == 8
    assert timeline.locate(WAREHOUSE, "x", rank("x", 1), None).version == 2


@pytest.mark.parametrize("earlier_changes", [0, 1])
@pytest.mark.parametrize("kind", ["show", "forget"])
def test_nothing_is_written_on_a_timeline_that_has_changed_since(
    timeline, store, kind, earlier_changes
):
    store(("own", 4, "whole"))
    for _ in range(earlier_changes):
        timeline.increment_version(WAREHOUSE)
    located = timeline.locate(WAREHOUSE, "own", rank("own", 6), rank("own", 4))
    timeline.increment_version(WAREHOUSE)
    operations = (
        timeline.show_operations(located, snapshot("own", 6), moment(31))
        if kind == "show"
        else timeline.forget_operations(located)
    )
    with pytest.raises(ConditionFailed) as failed:
        write(*operations)
    assert failed.value.failed == {0}
    assert [keys.rank_in(item) for item in timeline.newer(WAREHOUSE, "")] == [rank("own", 4)]


def test_snapshot_of_another_moment_moves(timeline, store):
    store(("own", 4, "whole"))
    located = timeline.locate(WAREHOUSE, "own", rank("own", 6), rank("own", 4))
    aggregates = {"report_id": "own", "generation": "job_2.1"}
    write(*timeline.show_operations(located, aggregates, moment(31)))
    assert [keys.rank_in(item) for item in timeline.newer(WAREHOUSE, "")] == [rank("own", 6)]


def test_forgotten_snapshot_is_gone_and_counted(timeline, store):
    store(("own", 4, "whole"), ("other", 5, "whole"))
    located = timeline.locate(WAREHOUSE, "own", rank("own", 4), rank("own", 4))
    write(*timeline.forget_operations(located))
    assert read_all(timeline) == ["other"]
    after = timeline.locate(WAREHOUSE, "own", rank("own", 4), None)
    assert after.version == 1
    # One that was never shown only counts.
    write(*timeline.forget_operations(after))
    assert read_all(timeline) == ["other"]
    assert timeline.locate(WAREHOUSE, "own", rank("own", 4), None).version == 2


@pytest.mark.parametrize(
    ("snapshots", "newest_whole"),
    [(WHOLES, "c"), (PARTS, "b"), ((("a", 1, "part"), ("b", 2, "part")), "b"), (SIX_PARTS, "a")],
)
def test_newest_whole_snapshot_or_the_newest_of_all(timeline, store, snapshots, newest_whole):
    store(*snapshots)
    assert id_of(timeline.newest_whole(WAREHOUSE)) == newest_whole


@pytest.mark.parametrize(
    ("of", "previous", "last_whole"),
    [("a", None, None), ("b", "a", "a"), ("c", "b", "b"), ("d", "c", "b")],
)
def test_previous_of_a_snapshot(timeline, store, of, previous, last_whole):
    store(*PARTS)
    (item,) = (snapshot(*entry) for entry in PARTS if entry[0] == of)
    found = timeline.previous_of(item)
    assert (id_of(found[0]), id_of(found[1])) == (previous, last_whole)


@pytest.mark.parametrize(
    ("after", "following"),
    [(rank("a", 1), "b"), (rank("b", 3), "c"), (rank("gone", 2), "b"), (rank("gone", 4), "c"),
     (rank("c", 5), None), (rank("gone", 6), None)],
)  # fmt: skip
def test_following_snapshot_also_of_a_rank_without_one(timeline, store, after, following):
    store(*WHOLES)
    assert id_of(timeline.find_following(WAREHOUSE, after)) == following


def test_newer_snapshots_end_before_the_rank(timeline, store):
    store(*PARTS)
    assert ids(timeline.newer(WAREHOUSE, rank("b", 2))) == ["d", "c"]
    assert ids(timeline.newer(WAREHOUSE, rank("d", 5))) == []
    assert ids(timeline.newer(WAREHOUSE, rank("gone", 4))) == ["d"]


def test_newer_snapshots_are_limited_by_the_whole_ones(timeline, store, monkeypatch):
    monkeypatch.setattr(timeline_module, "NEWER", 2)
    whole, part = "whole", "part"
    scopes = enumerate([whole, part, whole, part, whole, part, part], 1)
    store(*((f"s{day}", day, scope) for day, scope in scopes))
    assert ids(timeline.newer(WAREHOUSE, "")) == ["s7", "s6", "s5", "s4", "s3"]


def test_update_needs_the_generation_that_was_read(timeline, store):
    store(("own", 4, "whole"))
    item = timeline.find_snapshot(WAREHOUSE, rank("own", 4))
    write(timeline.update_operation(item, {"rows": 5, "acted": True}))
    changed = timeline.find_snapshot(WAREHOUSE, rank("own", 4))
    assert changed == {**item, "rows": 5, "acted": True}
    with pytest.raises(ConditionFailed):
        write(timeline.update_operation({**item, "generation": "job_0.1"}, {"rows": 6}))
    assert timeline.find_snapshot(WAREHOUSE, rank("own", 4)) == changed


def test_pages_of_snapshots(timeline, store):
    store(*((f"s{day}", day, "whole") for day in range(1, 6)))
    pages, cursor = [], None
    for _ in range(3):
        items, cursor = timeline.list_snapshots(WAREHOUSE, 2, cursor, "trends")
        pages.append(ids(items))
    assert (pages, cursor) == ([["s5", "s4"], ["s3", "s2"], ["s1"]], None)
    items, cursor = timeline.list_snapshots(WAREHOUSE, 2, None, "trends", ahead=1)
    assert ids(items) == ["s5", "s4", "s3"]
    assert ids(timeline.list_snapshots(WAREHOUSE, 2, cursor, "trends")[0]) == ["s3", "s2"]
    assert timeline.list_snapshots(WAREHOUSE, 5, None, "trends")[1] is None
    for warehouse_id, scope in ((WAREHOUSE, "utilization"), ("wh_2", "trends")):
        with pytest.raises(BadRequest, match="another list"):
            timeline.list_snapshots(warehouse_id, 2, cursor, scope)
