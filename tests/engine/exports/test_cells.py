"""Export cells: no text becomes a formula and no text is lost."""

import csv
import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stockwarden.exports.cells import cells, csv_value, guarded, restored

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.text())
@example("=1+1")
@example("'=1+1")
@example("''")
@example("\ufeff=1")
def test_guarded_text_is_not_a_formula_and_can_be_restored(text):
    assert not guarded(text).startswith(DANGEROUS)
    assert restored(guarded(text)) == text


@pytest.mark.parametrize("start", DANGEROUS, ids=ascii)
def test_every_formula_prefix_is_guarded(start):
    assert guarded(f"{start}x") == csv_value(f"{start}x") == f"'{start}x"


@given(st.text(alphabet=st.characters(exclude_characters=DANGEROUS)))
def test_other_texts_are_not_changed(text):
    if not text.startswith("'"):
        assert guarded(text) == text


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1))
def test_csv_texts_survive_a_round_trip(texts):
    file = io.StringIO(newline="")
    csv.writer(file).writerow([csv_value(text) for text in texts])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert [restored(text) for text in row] == texts


def test_numbers_stay_numbers():
    assert [csv_value(value) for value in (-5, 2.5, True, None)] == ["-5", "2.5", "true", ""]


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
        (date(1800, 1, 1), "1800-01-01"),
        (timedelta(days=-1), "-1 day, 0:00:00"),
        (12.5, 12.5),
        (True, True),
        (datetime(2025, 1, 9, 12), datetime(2025, 1, 9, 12)),
        (None, None),
    ],
)
def test_workbook_values_survive_a_round_trip(value, stored):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("x")
    sheet.append(cells(sheet, ["first", value]))
    file = io.BytesIO()
    book.save(file)
    cell = openpyxl.load_workbook(file).active["B1"]
    assert cell.value == stored
    assert cell.data_type != "f"
    if isinstance(stored, str):
        assert cell.data_type == "s"
