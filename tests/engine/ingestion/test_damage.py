"""Damaged cells are reported by row and never misread as another value."""

from datetime import UTC, datetime

import pytest

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from stockwarden.ingestion.table.receipt import DETAILS_PER_REASON
from tests.engine.ingestion import files

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)
HEADER = ["Pallet ID", "Location", "Created", "Quantity"]
MAPPING = dict(zip(HEADER, ("pallet_id", "location", "creation_date", "quantity"), strict=True))


def _read(data: bytes, name: str = "stock.csv", choice: UserChoice | None = None) -> Inventory:
    workbook = open_workbook(data, name)
    inspection = inspect_workbook(workbook, choice=choice or UserChoice(column_mapping=MAPPING))
    assert not inspection.questions
    return read_stock(workbook, inspection, as_of=AS_OF)


def _rows(*created: str) -> list[list[str]]:
    return [[f"P-{n:03d}", f"A-{n:02d}", day, "5"] for n, day in enumerate(created, 1)]


def test_unread_dates_are_told_by_row() -> None:
    rows = _rows("2025-01-09", "soon", "", "2025-02-30", "2025-01-10")
    intake = _read(files.csv_bytes([HEADER, *rows]))
    document = intake.receipt.to_document()
    assert document["evaluated"] == 5
    assert document["unread"] == {"creation_date_unreadable": 2}
    assert [
        (detail["row"], detail["reason"], detail["column"], detail["raw"])
        for detail in document["details"]
    ] == [
        (3, "creation_date_unreadable", "Created", "soon"),
        (5, "creation_date_unreadable", "Created", "2025-02-30"),
    ]
    assert "does not exist" in document["details"][1]["detail"]
    (note,) = [line for line in intake.notes if "could not be read" in line]
    assert note.startswith("2 cells of “Created”")
    assert "row 3" in note


def test_of_many_unread_cells_the_first_are_named_and_all_counted() -> None:
    rows = _rows("2025-01-09", *["soon"] * 60)
    receipt = _read(files.csv_bytes([HEADER, *rows])).receipt
    assert receipt.unread == {"creation_date_unreadable": 60}
    assert len(receipt.details) == DETAILS_PER_REASON


DAMAGED = [HEADER, *[[f"1.2345{n}E+17", f"A-{n:02d}", "2025-01-09", "5"] for n in range(1, 8)]]


def test_damaged_ids_in_text_are_asked_about() -> None:
    inspection = inspect_workbook(open_workbook(files.csv_bytes(DAMAGED), "stock.csv"))
    assert "pallet_id" in [question.field for question in inspection.questions]
    assert "last digits are lost" in " ".join(question.detail for question in inspection.questions)


def test_without_any_usable_row_the_receipt_says_why() -> None:
    receipt = _read(files.csv_bytes(DAMAGED)).receipt
    assert receipt.evaluated == 0
    assert "7 rows (2, 3, 4, 5, 6, 7, 8)" in receipt.why_unusable
    assert "digits are lost" in receipt.why_unusable
    assert _read(files.csv_bytes([HEADER, *_rows("2025-01-09")])).receipt.why_unusable == ""


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Subtotal", "Gran total", "Total general"])
def test_a_sum_beside_the_word_is_no_location(word: str) -> None:
    rows = _rows(*["2025-01-09"] * 4)
    receipt = _read(files.csv_bytes([HEADER, *rows, [word, "12", "", "1,234"]])).receipt
    assert dict(receipt.skipped) == {"totals": 1}
    assert receipt.evaluated == 4


@pytest.mark.parametrize("row", [["Total", "A-12", "", ""], ["Total-7", "12", "", ""]])
def test_a_pallet_with_a_place_is_no_sum(row: list[str]) -> None:
    rows = _rows(*["2025-01-09"] * 4)
    assert _read(files.csv_bytes([HEADER, *rows, row])).receipt.evaluated == 5


def test_formulas_without_values_are_named() -> None:
    rows = [[f'=CONCATENATE("P",{n})', f"A-{n:02d}", "2025-01-09", 5] for n in range(1, 30)]
    inspection = inspect_workbook(open_workbook(files.xlsx({"S": [HEADER, *rows]}), "stock.xlsx"))
    (detail,) = [
        question.detail for question in inspection.questions if question.field == "pallet_id"
    ]
    assert "formulas without values" in detail
    assert not detail.endswith("?")
    rows = [['="P"', '="A"', '="B"', "=1+1"]] * 5
    with pytest.raises(UnreadableFile, match="formulas without values"):
        inspect_workbook(open_workbook(files.xlsx({"S": [HEADER, *rows]}), "stock.xlsx"))


@pytest.mark.parametrize("zeros", [1, 2, 40])
def test_nul_bytes_in_a_small_file(zeros: int) -> None:
    data = files.csv_bytes([HEADER, *_rows(*["2025-01-09"] * 4)])
    intake = _read(data.replace(b"P-002", b"P-0" + bytes(zeros) + b"02"))
    assert intake.frame["pallet_id"].tolist() == ["P-001", "P-002", "P-003", "P-004"]
    assert any("NUL" in note and "line 3)" in note for note in intake.notes)


@pytest.mark.parametrize("row", [1, 3, 300])
def test_nul_bytes_in_a_row_do_not_hide_the_others(row: int) -> None:
    lines = files.csv_bytes([HEADER, *_rows(*["2025-01-09"] * 400)]).splitlines(keepends=True)
    lines[row] = lines[row].replace(b",A", b"\0\0\0,A")
    intake = _read(b"".join(lines))
    assert intake.receipt.evaluated == 400
    assert intake.frame["pallet_id"][row - 1] == f"P-{row:03d}"
    assert any("NUL" in note and f"line {row + 1}" in note for note in intake.notes)
