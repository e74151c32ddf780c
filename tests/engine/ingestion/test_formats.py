"""The same table in every format that is read."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats import xlsx_size
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion import binary_books, files
from tests.engine.ingestion.corpus.formats import filtered

_ROWS = [
    ["Pallet ID", "Location", "Created", "Quantity"],
    ["P1", "A-01", "2025-01-09 10:00", 5.0],
    ["P2", "A-02", "2025-01-10 10:00", 7.0],
]
_ODS = "".join(
    "<table:table-row>"
    + "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        if isinstance(cell, float)
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        for cell in row
    )
    + "</table:table-row>"
    for row in _ROWS
)
_FILES = {
    "xlsx": files.xlsx({"S": _ROWS}),
    "xls": binary_books.xls(_ROWS),
    "xls, shared texts": binary_books.xls(_ROWS, shared=True),
    "xlsb": binary_books.xlsb(_ROWS),
    "ods": files.raw_ods(f'<table:table table:name="S">{_ODS}</table:table>'),
    "text": files.csv_bytes(_ROWS, delimiter=";"),
}


@pytest.mark.parametrize("kind", list(_FILES))
def test_every_format_gives_the_same_stock(kind: str) -> None:
    workbook = open_workbook(_FILES[kind], "stock.bin")
    assert workbook.kind == kind.partition(",")[0]
    inspection = inspect_workbook(workbook)
    assert not inspection.questions
    intake = read_stock(workbook, inspection, as_of=datetime(2025, 2, 1, tzinfo=UTC))
    assert intake.frame["pallet_id"].tolist() == ["P1", "P2"]
    assert intake.frame["quantity"].tolist() == [5, 7]
    assert intake.frame["creation_date"].dt.day.tolist() == [9, 10]
    assert str(intake.frame["creation_date"].dtype) == "datetime64[ns, UTC]"
    assert intake.rows.tolist() == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_that_is_written_as_a_formula_is_read_as_a_spreadsheet_shows_it(encoding: str) -> None:
    text = 'Pallet ID;Location;Description\n="00012";"=""A-01""";="\n"=""00013""";A-02;a="b"\n'
    (sheet,) = open_workbook(text.encode(encoding), "stock.csv").sheets
    assert sheet.rows[1:] == [["00012", "A-01", '="'], ["00013", "A-02", 'a="b"']]


_TOO_FAR = {
    "xls, far cell": binary_books.xls(_ROWS, far=(65_535, 65_535)),
    "xls, claimed": binary_books.xls(_ROWS, dimensions=(4_000_000_000, 256)),
    "xlsb, far cell": binary_books.xlsb(_ROWS, far=(1_048_575, 16_383)),
    "xlsb, beyond the format": binary_books.xlsb(_ROWS, far=(4_000_000_000, 4)),
}


@pytest.mark.parametrize("name", list(_TOO_FAR))
def test_far_cells_are_refused_before_they_take_memory(name: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        _ = open_workbook(_TOO_FAR[name], "stock.bin").sheets
    assert refused.value.reason == "too_large"


@pytest.mark.parametrize("book", [binary_books.xls, binary_books.xlsb], ids=["xls", "xlsb"])
def test_hidden_rows_of_binary_workbooks_are_known(book: Callable[..., bytes]) -> None:
    (sheet,) = open_workbook(book(_ROWS, hidden=[2]), "stock.bin").sheets
    assert sheet.hidden_rows == (2,)


def test_hidden_rows_belong_to_their_sheet() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["notes"])
    stock = workbook.create_sheet("Stock & more")
    for row in _ROWS:
        stock.append(row)
    stock.row_dimensions[3].hidden = True
    target = io.BytesIO()
    workbook.save(target)
    hidden = {
        sheet.name: sheet.hidden_rows for sheet in open_workbook(target.getvalue(), "").sheets
    }
    assert hidden == {"Sheet": (), "Stock & more": (2,)}


def test_a_large_sheet_with_a_filter_is_searched_for_hidden_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_size, "_SEARCHED", 0)
    (sheet,) = open_workbook(filtered([3, 5]), "stock.xlsx").sheets
    assert sheet.hidden_rows == (2, 4)
