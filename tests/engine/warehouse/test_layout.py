import pytest

from stockwarden.core.errors import Invalid
from stockwarden.warehouse.layout.layout import MAX_ROWS, Layout
from stockwarden.warehouse.layout.location_types import LocationType


def row(pattern="A-*", kind="STORAGE", **more):
    return {"location_pattern": pattern, "location_type": kind, **more}


WRONG = [
    (row(pattern=""), "location_pattern", "needs a pattern"),
    ({"location_type": "DOCK"}, "location_pattern", "needs a pattern"),
    (row(pattern="A["), "location_pattern", "never closed"),
    (row(pattern=7), "location_pattern", "not text"),
    (row(kind="SHELF"), "location_type", "'SHELF' is not known"),
    ({"location_pattern": "A"}, "location_type", "is missing"),
    (row(kind=3), "location_type", "not known"),
    (row(capacity="many"), "capacity", "'many' is not a whole number"),
    (row(capacity=2.5), "capacity", "2.5 is not a whole number"),
    (row(capacity=-1), "capacity", "-1 is not"),
    (row(capacity=True), "capacity", "True is not"),
    (row(capacity=float("nan")), "capacity", "nan is not"),
    (row(capacity=10**9), "capacity", "is not a whole number"),
    (row(allowed_description="{A"), "allowed_description", "never closed"),
    (row(zone=["A"]), "zone", "not text"),
    (row(notes="x" * 501), "notes", "longer than 500"),
    (row(height=2), "height", "has no 'height'"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG, ids=lambda case: str(case)[:40])
def test_a_wrong_field_is_named_with_its_pointer(wrong, field, words):
    with pytest.raises(Invalid) as caught:
        Layout.from_rows([row(), wrong])
    (error,) = caught.value.errors
    assert error.pointer == f"/layout/1/{field}"
    assert words in error.detail


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(Invalid) as caught:
        Layout.from_rows(
            [row(capacity="x"), "text", row(kind="?", pattern="[")], pointer="/warehouse"
        )
    assert [error.pointer for error in caught.value.errors] == [
        "/warehouse/0/capacity",
        "/warehouse/1",
        "/warehouse/2/location_pattern",
        "/warehouse/2/location_type",
    ]


def test_too_many_rows():
    with pytest.raises(Invalid, match=str(MAX_ROWS)):
        Layout.from_rows([row()] * (MAX_ROWS + 1))


@pytest.mark.parametrize(
    ("raw", "capacity"),
    [(2, 2), (2.0, 2), ("2", 2), (" 2.0 ", 2), (0, 0), ("", None), (None, None)],
)
def test_capacities_as_spreadsheets_give_them(raw, capacity):
    assert Layout.from_rows([row(capacity=raw)]).rows[0].capacity == capacity


@pytest.mark.parametrize(("alias", "kind"), [("final", "STORAGE"), (" Aisle ", "TRANSITIONAL")])
def test_aliases_of_types(alias, kind):
    assert Layout.from_rows([row(kind=alias)]).rows[0].location_type is LocationType[kind]


def test_rows_survive_a_round_trip():
    rows = [
        row("A-{01..04}", "RECEIVING", capacity=3, zone="cold", notes="n"),
        row(" b ", "FINAL", allowed_description="*BOX*"),
    ]
    layout = Layout.from_rows(rows)
    assert Layout.from_rows(layout.to_rows()) == layout
    assert layout.to_rows()[1] == {
        "location_pattern": "b",
        "location_type": "STORAGE",
        "allowed_description": "*BOX*",
    }


def test_the_first_match_wins_also_for_spelled_out_codes():
    layout = Layout.from_rows([row("A-1"), row("A-*"), row("A-2"), row("B"), row("B")])
    assert layout.classify(["a-1", " A-2", "A-9", "B", "C", ""]) == [0, 1, 1, 3, None, None]
    assert layout.knows(["B", "C"]) == [True, False]
    assert layout.row_of("b") is layout.rows[3]
    assert layout.row_of("C") is None
    assert layout.exact_codes == ("A-1", "A-2", "B")


def test_a_warehouse_of_400_locations_does_not_know_999999A():
    layout = Layout.from_rows([row("{001..100}{A..D}")])
    assert layout.knows(["999999A", "100A", "100D", "101A", "1A"]) == [
        False,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("patterns", "limit", "codes"),
    [
        (["{1..3}{A..B}"], 6, ["1A", "1B", "2A", "2B", "3A", "3B"]),
        (["B-[2-3]", "b-3", "A"], 9, ["B-2", "B-3", "A"]),
        (["{DOCK,BAY-{9..10}}"], 3, ["DOCK", "BAY-9", "BAY-10"]),
        (["{1..9}", "A-*", "X?", "[!A]", "DOCK"], 8, ["DOCK"]),
        (["{000000000001..999999999999}", "DOCK"], 10, ["DOCK"]),
    ],
)
def test_finite_patterns_are_enumerated_up_to_the_limit(patterns, limit, codes):
    layout = Layout.from_rows([row(pattern) for pattern in patterns])
    assert sorted(layout.spelled_out(limit)) == sorted(codes)
    assert all(layout.knows(layout.spelled_out(limit)))


def test_a_layout_without_rows_is_false_and_knows_nothing():
    layout = Layout.from_rows([])
    assert not layout
    assert layout.classify(["A"]) == [None]
