"""Small files that expand: refused at once, in little memory, naming the limit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from tests.engine.ingestion import binary_books, files
from tests.engine.ingestion.hostile_books import BOOKS, listed_often

_TABLE: list[list[str | float]] = [["Pallet ID", "Location", "Quantity"]]
_TABLE += [[f"P{n}", f"A-{n:02}", float(n)] for n in range(6)]
_CELLS = "".join(
    "<table:table-row>"
    + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in row
    )
    + "</table:table-row>"
    for row in _TABLE
)
_GOOD = {
    "xlsx": files.xlsx({"S": _TABLE}),
    "ods": files.raw_ods(f'<table:table table:name="S">{_CELLS}</table:table>'),
    "xls": binary_books.xls(_TABLE),
    "xlsb": binary_books.xlsb(_TABLE),
}


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, Any]]:
    """{name: seconds, memory and answer of opening that workbook in a separate process}."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.engine.ingestion.hostile_books"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=Path(__file__).parents[3],
    )
    assert run.returncode == 0, run.stderr
    return {
        measurement["name"]: measurement for measurement in map(json.loads, run.stdout.splitlines())
    }


@pytest.mark.parametrize("name", list(BOOKS))
def test_it_is_refused_at_once(name: str, measured: dict[str, dict[str, Any]]) -> None:
    measurement = measured[name]
    reason, _, detail = measurement["answer"].partition(": ")
    assert reason in {"too_large", "corrupted"}
    if reason == "too_large":
        assert sum(map(str.isdigit, detail)) > 3, "the limit, and what was found"
    assert measurement["seconds"] < 3 * measured["usual"]["seconds"], "a workbook of 20,000 rows"


def test_all_of_them_together_take_little_memory(measured: dict[str, dict[str, Any]]) -> None:
    assert measured["all"]["MiB"] < 150


@pytest.mark.parametrize("times", [3, 4])
def test_a_sheet_that_is_listed_often_counts_each_time(times: int) -> None:
    data = listed_often(files.cell("A1") + files.cell("J10"), times)
    limits = SafetyLimits(max_cells=300)
    if times * 100 <= limits.max_cells:
        assert len(open_workbook(data, "stock.xlsx", limits).sheets) == times
        return
    with pytest.raises(UnreadableFile, match="400 with the sheets before it"):
        _ = open_workbook(data, "stock.xlsx", limits).sheets


@pytest.mark.parametrize("kind", list(_GOOD))
def test_the_formats_are_read_when_nothing_is_wrong(kind: str) -> None:
    workbook = open_workbook(_GOOD[kind], "stock")
    assert workbook.kind == kind
    assert (workbook.sheets[0].height, workbook.sheets[0].width) == (7, 3)
    assert not inspect_workbook(workbook).questions


@given(st.data(), st.sampled_from(list(_GOOD)))
@settings(max_examples=150, deadline=None)
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(
    data: st.DataObject, kind: str
) -> None:
    changed = bytearray(_GOOD[kind])
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(changed) - 1))
        new = data.draw(st.binary(min_size=1, max_size=4))
        changed[position : position + len(new)] = new
    end = data.draw(st.sampled_from([len(changed), len(changed) * 3 // 4]))
    try:
        inspect_workbook(open_workbook(bytes(changed[:end]), "stock")).to_document()
    except UnreadableFile as refused:
        assert refused.reason
        assert refused.detail.endswith(".")


def test_cells_that_are_only_formatted_take_nothing() -> None:
    rows = "".join(f'<row r="{n}">{files.cell(f"A{n}")}{files.cell(f"B{n}")}</row>' for n in (1, 2))
    far = '<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFC1048576" s="1"></c></row>'
    (sheet,) = open_workbook(files.raw_xlsx(rows + far), "stock.xlsx").sheets
    assert (sheet.height, sheet.width) == (2, 2)


def test_a_dimension_that_says_too_much_is_not_believed() -> None:
    data = files.raw_xlsx(
        "",
        {
            "xl/worksheets/sheet1.xml": '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
            f"<row>{files.cell('A1')}{files.cell('B1')}</row></sheetData></worksheet>"
        },
    )
    assert open_workbook(data, "stock.xlsx").sheets[0].width == 2


def test_what_an_open_document_says_of_its_cells_is_no_text_of_theirs() -> None:
    style = "a-style-with-a-long-name-" * 40
    cell = (
        f'<table:table-cell table:style-name="{style}" table:number-columns-repeated="1000" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell>'
    )
    row = f'<table:table-row table:number-rows-repeated="200">{cell}</table:table-row>'
    data = files.raw_ods(f'<table:table table:name="S">{row}</table:table>')
    (sheet,) = open_workbook(data, "stock.ods").sheets
    assert (sheet.height, sheet.width) == (200, 1000)
