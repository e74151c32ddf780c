"""Headers of many systems and languages over generated values: what is sure, offered, or asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import Inspection, inspect_workbook
from tests.engine.ingestion import files

_ROWS = 40
_CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "mapping.yaml").read_text(encoding="utf-8")
)


def _sscc(row: int) -> str:
    digits = f"34012345{row * 7:09d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


_WORDS = ("Apple juice", "Rice bag", "Steel bolts", "Office paper", "Garden hose")
_VALUES: dict[str, Callable[[int], Any]] = {
    "pallet": lambda row: f"PLT{row * 3:06d}",
    "sscc": _sscc,
    "bin": lambda row: f"{'ABC'[row % 3]}-{row % 7:02d}-{row % 4 + 1}",
    "path": lambda row: f"WH/Stock/{'ABC'[row % 3]}-{row % 7:02d}-{row % 4 + 1}",
    "site": lambda row: ("East DC", "Main Warehouse")[row % 2],
    "address": lambda row: ("12 Mill Road North", "3 Harbour View Lane")[row % 2],
    "third": lambda row: f"A-{row % 7:02d}" if row % 3 == 0 else "",
    "part": lambda row: f"{row % 5 + 1:02d}",
    "line": lambda row: row + 1,
    "number": lambda row: 1000 + row % 20,
    "count": lambda row: (40, 48, 12, 60)[row % 4] + row % 5,
    "zero": lambda row: 0,
    "price": lambda row: round(3.5 + row % 9 * 1.25, 2),
    "unit": lambda row: ("EA", "CS")[row % 2],
    "date": lambda row: f"2026-{row % 2 + 1:02d}-{row % 28 + 1:02d}",
    "item": lambda row: f"{100 + row % 6}-{4711 + row % 6}",
    "lot": lambda row: f"L{2600 + row % 8}",
    "receipt": lambda row: f"R{500 + row % 9}",
    "few": lambda row: ("F1", "F2", "Q4")[row % 3],
    "zone": lambda row: ("Frozen", "Ambient", "Chilled")[row % 3],
    "constant": lambda row: "Main DC",
    "words": lambda row: f"{_WORDS[row % 5]} {'large' if row % 2 else 'small'}",
    "blank": lambda row: "",
}


def _inspect(case: dict[str, Any]) -> Inspection:
    columns = case["columns"]
    rows = [[_VALUES[kind](row) for kind in columns.values()] for row in range(_ROWS)]
    return inspect_workbook(open_workbook(files.csv_bytes([list(columns), *rows]), "stock.csv"))


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_case(case: dict[str, Any]) -> None:
    inspection = _inspect(case)
    asked = {question.field: question.column for question in inspection.questions}
    taken = {column: field for column, field in inspection.mapping.items() if field not in asked}
    offers = case.get("offers", {})
    assert {field: asked.get(field) for field in offers} == offers
    sure = case.get("sure", {})
    assert {column: taken.get(column) for column in sure} == sure
    assert asked.keys() >= set(case.get("asks", ()))
    for column, field in case.get("not", {}).items():
        assert inspection.mapping.get(column) != field
        assert asked.get(field) != column
    assert {"pallet_id", "location"} <= {*asked, *taken.values()}
    if "system" in case:
        assert inspection.source_system == case["system"]
        assert case["system"] in " ".join(inspection.notes)
