import pytest

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.warehouse.layout.layout_file import read_layout

READ = {
    "as documented": (
        [
            ["location_pattern", "location_type", "allowed_description", "capacity", "notes"],
            ["A-0[1-5]-*", "FINAL", "*CARTON*", 2.0, "Pasillos 1 al 5"],
            ["RECEIVING", "RECEIVING", "*", 999.0, None],
        ],
        [
            {"location_pattern": "A-0[1-5]-*", "location_type": "STORAGE", "capacity": 2,
             "allowed_description": "*CARTON*", "notes": "Pasillos 1 al 5"},
            {"location_pattern": "RECEIVING", "location_type": "RECEIVING", "capacity": 999,
             "allowed_description": "*"},
        ],
    ),
    "Spanish, below a title, with blank and note rows": (
        [
            ["Reglas del almacén"],
            [],
            ["Notas", "Patrón de ubicación", "Tipo", "Capacidad máxima", "Zona"],
            ["", " a-* ", "pasillo", "2", "Fría"],
            [None, None, None, None],
            ["only a remark"],
            [None, 101.0, "FINAL"],
        ],
        [
            {"location_pattern": "a-*", "location_type": "TRANSITIONAL", "capacity": 2,
             "zone": "Fría"},
            {"location_pattern": "101", "location_type": "STORAGE"},
        ],
    ),
    "short names, foreign columns beside": (
        [["Picker", "Location", "TYPE", "Max Pallets"], ["x", "DOCK-01", "dock", "2.0"]],
        [{"location_pattern": "DOCK-01", "location_type": "DOCK", "capacity": 2}],
    ),
}  # fmt: skip

REFUSED = {
    "an inventory": (
        [["pallet_id", "location", "creation_date", "location_type"], ["P", "A", "2025", "FINAL"]],
        "not_a_layout",
        "looks like an inventory (columns pallet_id, creation_date)",
    ),
    "another table": ([["a", "b"], [1, 2]], "not_a_layout", "no header with such names"),
    "a layout without types": (
        [["location_pattern", "capacity"], ["A", 1]],
        "not_a_layout",
        "location_type is missing",
    ),
    "nothing": ([], "not_a_layout", "location_pattern"),
    "a header alone": ([["location_pattern", "location_type"], [None, ""]], "no_rows", "no rows"),
}


@pytest.mark.parametrize(("grid", "rows"), READ.values(), ids=READ)
def test_a_layout_is_read(grid, rows):
    assert read_layout(grid).to_rows() == rows


@pytest.mark.parametrize(("grid", "reason", "words"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_file_is_refused_with_the_reason(grid, reason, words):
    with pytest.raises(UnreadableFile) as caught:
        read_layout(grid)
    assert caught.value.reason == reason
    assert words in caught.value.detail


def test_bad_cells_are_named_by_their_row():
    grid = [
        ["location_pattern", "location_type", "capacity"],
        ["A-*", "FINAL", 2.0],
        [],
        ["B-*", "FINAL", "many"],
        [None, "SHELF", 1],
    ]
    with pytest.raises(Invalid) as caught:
        read_layout(grid, first_row=3)
    assert [error.pointer for error in caught.value.errors] == [
        "/layout/1/capacity",
        "/layout/2/location_type",
        "/layout/2/location_pattern",
    ]
    assert "Row 6 (B-*): Capacity 'many'" in caught.value.detail
    assert caught.value.errors[1].detail.startswith("Row 7: The location type 'SHELF'")
