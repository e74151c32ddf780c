"""The position of a report among the snapshots of its warehouse."""

from datetime import datetime

import pytest

from stockwarden.bootstrap import stores
from stockwarden.snapshots.timeline import (
    Timeline,
    areas_before,
    has_acted,
    rank_of,
    through_whole,
)
from stockwarden.storage.keys import reports as keys
from tests.engine.snapshots.timeline_items import (
    PARTS,
    SIX_PARTS,
    WAREHOUSE,
    WHOLES,
    id_of,
    ids,
    moment,
    position,
    rank,
    snapshot,
)


@pytest.fixture
def locate(aws):
    """Locates the report `own` among stored snapshots, given as (report id, day, scope)."""
    timeline = Timeline(stores.reports_table())

    def among(snapshots, own_rank, shown_rank=None):
        timeline.table.put_all(snapshot(*entry) for entry in snapshots)
        return timeline.locate(WAREHOUSE, "own", own_rank, shown_rank)

    return among


@pytest.mark.parametrize(
    ("snapshots", "day", "expected"),
    [
        ((), 4, (None, None, [], True)),
        (WHOLES, 6, ("c", "c", ["c"], True)),
        (WHOLES, 4, ("b", "b", ["c"], False)),
        (WHOLES, 0, (None, None, ["c"], False)),
        (PARTS, 6, ("d", "b", ["d", "c", "b"], True)),
        (PARTS, 4, ("c", "b", ["d", "c", "b"], False)),
        ((("a", 1, "part"), ("b", 2, "part")), 3, ("b", None, ["b", "a"], True)),
        # More than one page of a query.
        (SIX_PARTS, 9, ("p7", "a", ["p7", "p6", "p5", "p4", "p3", "p2", "a"], True)),
    ],
)
def test_position_has_the_snapshots_down_to_the_last_whole_one(locate, snapshots, day, expected):
    """`expected`: the previous snapshot, the last whole one, all others, whether it is newest."""
    own_rank = rank("own", day) if day else keys.rank("2024-12-31T12:00:00.000Z", "", "own")
    located = locate(snapshots, own_rank)
    previous, last_whole, others, is_newest = expected
    assert (id_of(located.previous), id_of(located.last_whole)) == (previous, last_whole)
    assert ids(located.other_snapshots) == others
    assert located.is_newest is is_newest
    assert located.was_newest is False
    assert (located.version, located.shown_item) == (0, None)


@pytest.mark.parametrize(
    ("shown_day", "day", "expected"),
    [
        (4, 4, (True, True, "b")),
        (4, 2, (True, False, "a")),
        (2, 4, (False, True, "b")),
        (2, 2, (False, False, "a")),
    ],
)
def test_report_that_is_shown_already_is_not_one_of_the_others(locate, shown_day, day, expected):
    """`expected`: whether it was the newest, whether it will be, and the previous snapshot."""
    snapshots = ("a", 1, "part"), ("b", 3, "part"), ("own", shown_day, "whole")
    located = locate(snapshots, rank("own", day), rank("own", shown_day))
    assert id_of(located.shown_item) == "own"
    assert ids(located.other_snapshots) == ["b", "a"]
    assert (located.was_newest, located.is_newest, id_of(located.previous)) == expected
    assert located.as_of == moment(day)


def test_areas_before_are_those_of_the_previous_and_the_last_whole_snapshot():
    whole, part = snapshot("a", 1, areas={"A": 3}), snapshot("b", 2, "part", areas={"A": 1, "B": 2})
    located = position(snapshot("own", 9), part, whole, last_whole=whole)
    assert located.areas_before == {"A": 3, "B": 0}


NEWER_SNAPSHOT = snapshot("newer", 20)
OLDER_SNAPSHOT = snapshot("older", 1)
ACTED, IDLE = ({"acted": acted, "comparison": {"vanished": 0}} for acted in (True, False))


@pytest.mark.parametrize(
    ("others", "shown", "resolves"),
    [
        ((OLDER_SNAPSHOT,), None, True),
        ((), None, True),
        ((NEWER_SNAPSHOT,), None, False),
        # Analyzed again: it goes on to resolve what it resolved before.
        ((NEWER_SNAPSHOT,), snapshot("own", 10, **ACTED), True),
        ((NEWER_SNAPSHOT,), snapshot("own", 10, **IDLE), False),
        # Of another moment now, and not the newest there.
        ((NEWER_SNAPSHOT,), snapshot("own", 9, **ACTED), False),
        ((OLDER_SNAPSHOT,), snapshot("own", 9, **IDLE), True),
    ],
)
def test_only_the_newest_snapshot_resolves_what_it_lacks(others, shown, resolves):
    assert position(snapshot("own", 10), *others, shown=shown).resolves_absent is resolves


@pytest.mark.parametrize(
    ("item", "acted"),
    [
        ({"acted": True, "comparison": {"vanished": 0}}, True),
        ({"acted": False, "comparison": {"vanished": 3}}, False),
        ({"comparison": {"vanished": 1}}, True),
        ({"comparison": {"vanished": 0}}, False),
    ],
)
def test_snapshots_of_earlier_versions_acted_if_anomalies_vanished(item, acted):
    assert has_acted(item) is acted


@pytest.mark.parametrize(
    ("scopes", "listed"),
    [([], 0), (["whole", "whole"], 1), (["part", "whole", "part"], 2), (["part", "part"], 2)],
)
def test_snapshots_worked_on_end_with_a_whole_one(scopes, listed):
    snapshots = [{"scope": scope} for scope in scopes]
    assert list(through_whole(snapshots)) == snapshots[:listed]


@pytest.mark.parametrize(
    ("previous", "last_whole", "areas"),
    [
        (None, None, {}),
        ({"areas": {"A": 3}}, None, {"A": 0}),
        # What the previous part had more than the whole is known, but not how much.
        ({"areas": {"A": 9, "B": 2}}, {"areas": {"A": 3}}, {"A": 3, "B": 0}),
        # Stored by an earlier version: names only.
        ({"areas": ["A"]}, {"areas": ["A", "C"]}, {"A": 0, "C": 0}),
        ({"areas": ["B"]}, {"areas": {"A": 3}}, {"A": 3, "B": 0}),
        ({}, {}, {}),
    ],
)
def test_areas_before_have_the_pallets_of_the_last_whole_snapshot(previous, last_whole, areas):
    assert areas_before(previous, last_whole) == areas


def test_ranks_are_in_utc():
    as_of = datetime.fromisoformat("2025-01-09T01:30:00+02:00")
    assert rank_of(as_of, moment(31), "rep") == f"2025-01-08T23:30:00.000Z#{moment(31)}#rep"
