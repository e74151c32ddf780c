"""Workbooks hold every value as it was, and no text of theirs is a formula or a link."""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from stockwarden.core.cells import fitting
from stockwarden.exports import workbook_file
from stockwarden.exports.workbook_file import WorkbookFile


def written(*rows, title="Stock"):
    file = io.BytesIO()
    with WorkbookFile(file) as book:
        sheet = book.add_sheet(title, [20, 30])
        for row in rows:
            sheet.append(row)
    return openpyxl.load_workbook(file).active


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ("+34 600", "+34 600"),
        ("-A1", "-A1"),
        ("@cmd", "@cmd"),
        ("\tx", "\tx"),
        ("#N/A", "#N/A"),
        ("00123", "00123"),
        ("a\x07b", "a\u2407b"),
        ("x" * 40_000, "x" * 32_766 + "…"),
        (123456789012345678, "123456789012345678"),
        (float("nan"), "nan"),
        ("https://example.com", "https://example.com"),
        ("  two  ", "  two  "),
        ("line\nbreak", "line\nbreak"),
        (date(2025, 1, 9), datetime(2025, 1, 9)),
        (time(4, 30), time(4, 30)),
        (timedelta(hours=30), timedelta(hours=30)),
        (date(1800, 1, 1), "1800-01-01"),
        (timedelta(days=-1), "-1 day, 0:00:00"),
        (12.5, 12.5),
        (True, True),
        (datetime(2025, 1, 9, 12), datetime(2025, 1, 9, 12)),
        (None, None),
    ],
)
def test_values_survive_a_round_trip(value, stored):
    cell = written(["first", value])["B1"]
    assert cell.value == stored
    assert cell.data_type != "f"
    assert cell.hyperlink is None
    if isinstance(stored, str):
        assert cell.data_type == "s"


@given(st.text(min_size=1, max_size=80))
@example("_x000D_")
@example("a\r\nb")
def test_every_text_is_read_as_it_was_written(text):
    file = io.BytesIO()
    with WorkbookFile(file) as book:
        book.add_sheet("Stock", [20]).append([text])
    file.seek(0)
    # Calamine undoes the escapes of control characters as Excel does; openpyxl does not.
    assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python() == [
        [fitting(text)]
    ]


def test_texts_that_look_like_formulas_are_quoted():
    sheet = written(["=1+1", "1+1"])
    assert sheet["A1"].quotePrefix
    assert not sheet["B1"].quotePrefix


def test_a_header_stays_in_view_and_filters_to_the_last_row():
    file = io.BytesIO()
    with WorkbookFile(file) as book:
        sheet = book.add_sheet("Stock", [20, 30])
        sheet.append(["Stock of today"])
        sheet.append_header(["Pallet", "=Location"])
        sheet.append(["P-1", "001A"])
        sheet.filter_from(2, 2)
    stock = openpyxl.load_workbook(file).active
    assert (stock.freeze_panes, stock.auto_filter.ref) == ("A3", "A2:B3")
    assert stock["B2"].font.bold
    assert (stock["B2"].value, stock["B2"].data_type) == ("=Location", "s")
    assert stock.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_a_sheet_says_when_it_is_full(monkeypatch):
    monkeypatch.setattr(workbook_file, "SHEET_ROWS", 2)
    with WorkbookFile(io.BytesIO()) as book:
        sheet = book.add_sheet("Stock", [20])
        sheet.append(["P-1"])
        assert not sheet.is_full
        sheet.append(["P-2"])
        assert sheet.is_full
