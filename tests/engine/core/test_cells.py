"""Export cells: no text becomes a formula and no text is lost."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stockwarden.core.cells import csv_value, guarded, restored

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
