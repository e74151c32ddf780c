"""Cells of an xlsx are read as their number formats show them, where these show codes."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock

AS_OF = datetime(2026, 3, 2, tzinfo=UTC)
_CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "number_formats.yaml").read_text(encoding="utf-8")
)
_MAPPING = {
    "Pallet": "pallet_id", "Place": "location", "Quantity": "quantity", "Expiry": "expiry_date",
    "Created": "creation_date",
}  # fmt: skip


def _read(columns: dict[str, list[tuple[Any, str]]]) -> Inventory:
    """Reads a workbook of {header: (value, number format) of each cell}."""
    book = openpyxl.Workbook()
    sheet = book.active
    for column, (header, cells) in enumerate(columns.items(), start=1):
        sheet.cell(1, column, header)
        for row, (value, number_format) in enumerate(cells, start=2):
            sheet.cell(row, column, value).number_format = number_format
    target = io.BytesIO()
    book.save(target)
    workbook = open_workbook(target.getvalue(), "stock.xlsx")
    mapping = {header: _MAPPING[header] for header in columns}
    inspection = inspect_workbook(workbook, choice=UserChoice(column_mapping=mapping))
    assert not inspection.questions
    return read_stock(workbook, inspection, as_of=AS_OF)


_PALLETS = [("P1", "General"), ("P2", "General"), ("P3", "General")]


@pytest.mark.parametrize("case", _CASES, ids=[str(case) for case in _CASES])
def test_what_is_shown_is_read(case: dict[str, Any]) -> None:
    places = [(case["value"], case["format"]), ("A-1", "General"), ("A-2", "General")]
    inventory = _read({"Pallet": _PALLETS, "Place": places})
    assert inventory.frame["location"].tolist() == [case["shown"], "A-1", "A-2"]


def test_quantities_stay_numbers() -> None:
    quantities = [(40, "0000"), (12, '0 "cs"'), (1200, "#,##0")]
    inventory = _read({"Pallet": _PALLETS, "Place": _PALLETS, "Quantity": quantities})
    assert inventory.frame["quantity"].tolist() == [40, 12, 1200]
    assert inventory.frame["unit"].tolist() == [None, "cs", None]


@pytest.mark.parametrize("number_format", ["mmm-yy", "mm/yyyy", "[$-407]mmmm\\ yyyy"])
def test_best_before_months_end_with_their_last_day(number_format: str) -> None:
    first = datetime(2026, 2, 1)
    cells = [(first, number_format)] * 3
    inventory = _read({"Pallet": _PALLETS, "Place": _PALLETS, "Expiry": cells, "Created": cells})
    assert {f"{day:%Y-%m-%d}" for day in inventory.frame["expiry_date"]} == {"2026-02-28"}
    assert {f"{day:%Y-%m-%d}" for day in inventory.frame["creation_date"]} == {"2026-02-01"}


def test_days_are_days() -> None:
    cells = [(datetime(2026, 2, 1), "yyyy-mm-dd")] * 3
    inventory = _read({"Pallet": _PALLETS, "Place": _PALLETS, "Expiry": cells})
    assert {f"{day:%Y-%m-%d}" for day in inventory.frame["expiry_date"]} == {"2026-02-01"}
