"""Occupancy by type and zone: pallets, used and empty locations, capacity."""

import pytest

from stockwarden.snapshots import occupancy as occupancy_module
from stockwarden.snapshots.occupancy import (
    locations_of,
    occupancy,
    outside_layout,
    pallets_without_location,
)
from tests.engine.detection.inventory import stock

COLUMNS = ("type", "zone", "pallets", "locations", "empty", "capacity", "in_capacity")
LAYOUT = [
    {"location_pattern": "A-{1..4}", "location_type": "STORAGE", "capacity": 2, "zone": " cold "},
    {"location_pattern": "DOCK-*", "location_type": "DOCK"},
]


def rows(*places, **more):
    """A row per place, with pallets P0, P1, …; a place may be (location, pallet)."""
    entries = [
        place if isinstance(place, tuple) else (place, f"P{number}")
        for number, place in enumerate(places)
    ]
    return [{"location": location, "pallet_id": pallet, **more} for location, pallet in entries]


def areas(*places, layout=LAYOUT, **more):
    return [tuple(area.values()) for area in occupancy(stock(rows(*places, **more), layout))]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("A-1", "A-1", "A-3"), [("STORAGE", "COLD", 3, 2, 2, 8, 3)]),
        # One code in two spellings.
        (("a-1", " A-1 "), [("STORAGE", "COLD", 2, 1, 3, 8, 2)]),
        # A pallet with two rows in a location counts once there, and once in each location.
        ((("A-1", "P"), ("A-1", "P"), ("A-2", "P")), [("STORAGE", "COLD", 2, 2, 2, 8, 2)]),
        # All of a layout's locations in use.
        (("A-1", "A-2", "A-3", "A-4"), [("STORAGE", "COLD", 4, 4, 0, 8, 4)]),
        # More pallets than fit.
        (("A-1", "A-1", "A-1"), [("STORAGE", "COLD", 3, 1, 3, 8, 3)]),
        # Where no capacity is known it stays unknown, and its empty locations are not listed.
        (
            ("DOCK-1", "DOCK-2", "A-1"),
            [("DOCK", None, 2, 2, 0, None, 0), ("STORAGE", "COLD", 1, 1, 3, 8, 1)],
        ),
        # Outside the layout: no type, no zone, no capacity.
        (
            ("A-1", "XX", "XX"),
            [(None, None, 2, 1, 0, None, 0), ("STORAGE", "COLD", 1, 1, 3, 8, 1)],
        ),
        ((None, None), []),
    ],
)
def test_areas(places, expected):
    assert areas(*places) == expected


def test_area_that_is_empty_is_listed_too():
    layout = [*LAYOUT, {"location_pattern": "C-{1..5}", "location_type": "STAGING", "capacity": 3}]
    assert areas("A-1", layout=layout) == [
        ("STORAGE", "COLD", 1, 1, 3, 8, 1),
        ("STAGING", None, 0, 0, 5, 15, 0),
    ]


def test_areas_have_names():
    (area,) = occupancy(stock(rows("A-1"), LAYOUT))
    assert tuple(area) == COLUMNS


def test_without_a_layout_nothing_is_empty_and_no_capacity_known():
    assert areas("RECV-01", "RECV-01", "Q", layout=None) == [
        ("RECEIVING", None, 2, 1, 0, None, 0),
        (None, None, 1, 1, 0, None, 0),
    ]


def test_capacity_sums_what_is_known_of_an_area():
    layout = [
        {"location_pattern": "A-1", "location_type": "STORAGE", "capacity": 2},
        {"location_pattern": "A-2", "location_type": "STORAGE"},
        {"location_pattern": "A-3", "location_type": "STORAGE", "capacity": 5},
    ]
    # Two of three pallets are where capacity is known; A-3 is empty.
    places = ("A-1", "A-2", "A-1")
    assert areas(*places, layout=layout) == [("STORAGE", None, 3, 2, 1, 7, 2)]


def test_first_layout_row_of_a_location_counts_it():
    layout = [
        {"location_pattern": "A-1", "location_type": "DOCK", "capacity": 1},
        {"location_pattern": "A-{1..3}", "location_type": "STORAGE", "capacity": 10},
    ]
    assert areas("A-2", layout=layout) == [
        ("STORAGE", None, 1, 1, 1, 20, 1),
        ("DOCK", None, 0, 0, 1, 1, 0),
    ]


def test_zone_of_the_file_serves_where_the_layout_has_none():
    assert areas("DOCK-1", "DOCK-1", "A-1", temperature_zone="frozen") == [
        ("DOCK", "FROZEN", 2, 1, 0, None, 0),
        ("STORAGE", "COLD", 1, 1, 3, 8, 1),
    ]


@pytest.mark.parametrize(("most", "listed"), [(1, ["C"]), (2, ["C", "A"]), (3, ["C", "A", "B"])])
def test_fullest_areas_are_kept(monkeypatch, most, listed):
    """Of equally full ones in the order of their names."""
    monkeypatch.setattr(occupancy_module, "MOST_AREAS", most)
    layout = [
        {"location_pattern": zone, "location_type": "STORAGE", "zone": zone} for zone in "BAC"
    ]
    assert [zone for _, zone, *_ in areas("B", "A", "C", "C", layout=layout)] == listed


@pytest.mark.parametrize(("most", "empty"), [(3, 0), (4, 3)])
def test_layout_rows_beyond_the_limit_are_not_spelled_out(monkeypatch, most, empty):
    monkeypatch.setattr(occupancy_module, "_MOST_LOCATIONS", most)
    ((*_, counted, capacity, _),) = areas("A-1")
    assert (counted, capacity) == (empty, 2 + 2 * empty)


def test_each_location_has_the_facts_of_its_first_row():
    kinds = ("STAGING", "DOCK", "DOCK", "STORAGE")
    places = ("X", "Y", "X", None)
    lines = [{**row, "location_type": kind} for row, kind in zip(rows(*places), kinds, strict=True)]
    sample = stock(lines)
    table = locations_of(sample)
    assert sample.locations.values == ["X", "Y"]
    assert table[["type", "pallets"]].to_numpy().tolist() == [["STAGING", 2], ["DOCK", 1]]
    assert table["capacity"].isna().all()


@pytest.mark.parametrize(
    ("places", "count"),
    [
        ((("A-1", "P"), (None, "Q")), 1),
        ((("A-1", "P"), (None, "P"), ("", "P")), 1),  # also one that has a location as well
        (((None, "P"), (None, "p")), 1),
        (((None, None), ("A-1", None)), 0),
        ((("A-1", "P"),), 0),
    ],
)
def test_pallets_without_location(places, count):
    assert pallets_without_location(stock(rows(*places), LAYOUT)) == count


@pytest.mark.parametrize(
    ("places", "layout", "count"),
    [
        (("A-1", "XX", "xx", "YY"), LAYOUT, 2),
        (("A-1", "DOCK-9"), LAYOUT, 0),
        ((None, "A-1"), LAYOUT, 0),  # no location is not one outside the layout
        (("A-5",), LAYOUT, 1),  # beyond the end of the range
        (("XX",), None, None),
        (("XX",), [], None),
    ],
)
def test_locations_outside_the_layout(places, layout, count):
    assert outside_layout(stock(rows(*places), layout)) == count
