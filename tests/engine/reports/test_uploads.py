"""File names and object keys of uploads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import TooLarge
from stockwarden.core.filenames import CONTENT_TYPES, checked_filename, title_of
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES, check_size, upload_key

KEYS = {
    "stock.csv": "stock.csv",
    "Stock 2025.XLSX": "Stock_2025.xlsx",
    "Lager März (2).ods": "Lager_M_rz_2_.ods",
    "${filename}.csv": "_filename_.csv",
    "ñ.csv": "_.csv",
    "a.b.c.tsv": "a.b.c.tsv",
    "a?b#c&d=e%2F.txt": "a_b_c_d_e_2F.txt",
}


@pytest.mark.parametrize(("name", "last"), KEYS.items())
def test_upload_keys_have_only_characters_without_meaning_to_s3(name, last):
    assert upload_key("rep_1", "inventory", name) == f"uploads/rep_1/inventory/{last}"


@given(st.text(min_size=1, max_size=210), st.sampled_from([*CONTENT_TYPES, ".pdf", ""]))
def test_every_accepted_filename_has_a_plain_key(stem, suffix):
    try:
        name = checked_filename(stem + suffix)
    except ValueError:
        return
    assert title_of(name)
    key = upload_key("rep_1", "rules", name)
    assert re.fullmatch(r"uploads/rep_1/rules/[A-Za-z0-9._-]{1,100}\.[a-z]{3,4}", key)


@pytest.mark.parametrize(
    "name",
    ["", "  ", "stock", ".csv", "a/b.csv", "a\\b.csv", "a\0.csv", "a.pdf", "a" * 200 + ".csv"],
)
def test_invalid_filenames_are_refused(name):
    with pytest.raises(ValueError, match=r"\."):
        checked_filename(name)


def test_filename_is_trimmed_and_keeps_its_letters():
    assert checked_filename(" Lager März.xlsx ") == "Lager März.xlsx"
    assert title_of("Lager März.xlsx") == "Lager März"


def test_largest_file_is_accepted_and_a_larger_one_refused():
    check_size(None)
    check_size(MAX_UPLOAD_BYTES)
    with pytest.raises(TooLarge, match="150 MiB"):
        check_size(MAX_UPLOAD_BYTES + 1)
