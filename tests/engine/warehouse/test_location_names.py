import pytest

from stockwarden.warehouse.layout.location_codes import why_impossible
from stockwarden.warehouse.layout.location_types import read_location_type, type_from_name

TYPES = [
    ("RECV-01", "RECEIVING"),
    ("receiving", "RECEIVING"),
    ("RECEPCION-2", "RECEIVING"),
    ("AISLE-04", "TRANSITIONAL"),
    ("02-AISLE", "TRANSITIONAL"),
    ("STAGE-01", "STAGING"),
    ("STAGING2", "STAGING"),
    ("DOCK-01", "DOCK"),
    ("SHIP-3", "SHIPPING"),
    ("QUARANTINE", "QUARANTINE"),
    ("HOLD-1", "QUARANTINE"),
    ("018B", "STORAGE"),
    ("02-06-003A", "STORAGE"),
    ("BULK", "STORAGE"),
    ("RECLAIM", None),
    ("AISLE05-BAY02-L3", "STORAGE"),
    ("AISLE 5 / BAY 2 / LEVEL 3", "STORAGE"),
    ("AISLE-05-02-01", "STORAGE"),
    ("PASILLO-05-NIVEL-2", "STORAGE"),
    ("AISLE-05-02", None),
    ("AISLE-A", "TRANSITIONAL"),
    ("MAIN AISLE", "TRANSITIONAL"),
    ("WH/Stock/A-01-1", "STORAGE"),
    ("WH/Receiving/DOCK-1", "DOCK"),
    ("WH/Receiving/01", "RECEIVING"),
    ("VERSAND-2", "SHIPPING"),
    ("SPERRLAGER", "QUARANTINE"),
    ("LOST", None),
    ("", None),
]
POSSIBLE = ["018B", "02-06-003A", "A.1/2", "DOCK 1", "ÑU-01", "A_1", "A" * 20, "A+1", "(A)",
            "WH/STOCK/ZONE A/A-01-1",
            "MAIN DISTRIBUTION CENTRE/A-1", "WH\\STOCK\\A-1"]  # fmt: skip
IMPOSSIBLE = [
    ("LOC@INVALID", "contains @"),
    ("!!!ERROR!!!", "contains !"),
    ("A#1?", "contains # ?"),
    ("A\tB", "contains U+0009"),
    ("A" * 21, "21 characters"),
    ("WH/STOCK/" + "A" * 21, "21 characters"),
    ("WH/STOCK/A@1", "contains @"),
    ("ERROR/" + "A" * 41 + "/B", "characters"),
    ("SOMETHING EVEN LONGER/", "characters"),
]


@pytest.mark.parametrize(("name", "kind"), TYPES)
def test_type_from_location_code(name, kind):
    assert type_from_name(name) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("final", "STORAGE"),
        ("AISLE", "TRANSITIONAL"),
        (" dock ", "DOCK"),
        ("Cuarentena", "QUARANTINE"),
        ("Quarantäne", "QUARANTINE"),
        ("Expédition", "SHIPPING"),
        ("Wareneingang", "RECEIVING"),
        ("ontvangst", "RECEIVING"),
        ("wysyłka", "SHIPPING"),
        ("UNKNOWN", None),
    ],
)
def test_location_type_aliases(text, kind):
    assert read_location_type(text) == kind


@pytest.mark.parametrize("code", POSSIBLE)
def test_possible_codes(code):
    assert why_impossible(code) is None


@pytest.mark.parametrize(("code", "why"), IMPOSSIBLE)
def test_impossible_codes_have_a_reason(code, why):
    assert why in (why_impossible(code) or "")
