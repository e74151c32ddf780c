"""The figures of a snapshot that utilization and trends show."""

import pytest

from stockwarden.anomalies.model import NO_LOCATION, Recurrence
from stockwarden.anomalies.records import Carried
from stockwarden.snapshots.aggregates import (
    HOT_SPOTS,
    comparison_facts,
    hot_spots,
    merged_hot_spots,
    resolution_facts,
)
from stockwarden.snapshots.comparison import Comparison, VanishedAnomaly

AS_OF = "2025-01-09T12:00:00.000Z"


def vanished(*since):
    return Comparison(
        vanished=tuple(VanishedAnomaly("rep", str(n), moment, "") for n, moment in enumerate(since))
    )


def test_comparison_facts_count_each_kind():
    kinds = [Recurrence.NEW] * 3 + [Recurrence.PERSISTING] * 2 + [Recurrence.REAPPEARED]
    comparison = Comparison(
        carried={str(n): Carried(kind, AS_OF) for n, kind in enumerate(kinds)},
        vanished=vanished(*[AS_OF] * 4).vanished,
        uncovered=5,
    )
    assert comparison_facts(comparison) == {
        "new": 3, "persisting": 2, "reappeared": 1, "vanished": 4, "not_covered": 5,
    }  # fmt: skip
    assert set(comparison_facts(Comparison()).values()) == {0}


@pytest.mark.parametrize(
    ("since", "mean", "middle"),
    [
        (["2025-01-09T00:00:00.000Z"], 12.0, 12.0),
        (["2025-01-09T11:00:00.000Z", "2025-01-08T12:00:00.000Z"], 12.5, 12.5),
        # The median of three is the middle one, whatever the longest.
        (
            ["2025-01-09T11:00:00.000Z", "2025-01-09T10:00:00.000Z", "2024-12-31T12:00:00.000Z"],
            73.0,
            2.0,
        ),
        (["2025-01-09T11:50:00.000Z"], 0.2, 0.2),  # ten minutes, rounded to tenths of an hour
        ([AS_OF], 0.0, 0.0),
        (["2025-01-09T12:00:00+02:00"], 2.0, 2.0),
    ],
)
def test_time_to_resolution_in_hours(since, mean, middle):
    assert resolution_facts(vanished(*since), AS_OF) == {
        "count": len(since),
        "mean_hours": mean,
        "median_hours": middle,
    }


def test_no_time_to_resolution_where_nothing_vanished():
    assert resolution_facts(Comparison(uncovered=3), AS_OF) is None


def counted(spots):
    return [(spot["location"], spot["anomalies"]) for spot in spots]


@pytest.mark.parametrize(
    ("locations", "spots"),
    [
        (["B", "A", "B"], [("B", 2), ("A", 1)]),
        (["B", "A", "C"], [("A", 1), ("B", 1), ("C", 1)]),
        (["a-1", " A-1 ", "A-1"], [("A-1", 3)]),
        ([None, "", "A"], [(NO_LOCATION, 2), ("A", 1)]),
        (["X" * 81], [("X" * 80, 1)]),
        ([], []),
    ],
)
def test_hot_spots_are_the_locations_with_most_anomalies(locations, spots):
    assert counted(hot_spots(locations)) == spots


def test_hot_spots_are_limited():
    names = [f"L{number:02}" for number in range(HOT_SPOTS + 1)]
    assert counted(hot_spots([*names, names[-1]])) == [
        (names[-1], 2),
        *((name, 1) for name in names[: HOT_SPOTS - 1]),
    ]


def spots(**anomalies):
    return {"hot_spots": [{"location": name, "anomalies": n} for name, n in anomalies.items()]}


@pytest.mark.parametrize(
    ("snapshots", "merged"),
    [
        ([spots(A=2, B=5), spots(A=4), spots(C=1)], [("A", 6, 2), ("B", 5, 1), ("C", 1, 1)]),
        # Equal totals by name, not by the number of snapshots.
        ([spots(B=1), spots(B=1), spots(A=2)], [("A", 2, 1), ("B", 2, 2)]),
        ([{}, spots()], []),  # snapshots of earlier versions have none
        ([], []),
    ],
)
def test_hot_spots_of_several_snapshots(snapshots, merged):
    assert [tuple(spot.values()) for spot in merged_hot_spots(snapshots)] == merged


def test_hot_spots_of_several_snapshots_are_limited():
    many = [spots(**{f"L{number:02}": 1}) for number in range(HOT_SPOTS + 1)]
    names = [spot["location"] for spot in merged_hot_spots(many[::-1])]
    assert names == [f"L{number:02}" for number in range(HOT_SPOTS)]
