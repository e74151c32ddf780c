"""Dates of element strings, and the centuries that they are in."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.gs1.dates import date_from

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8"))
NONE = CASES.pop("none")


@pytest.mark.parametrize(
    ("year", "text", "expected"),
    [(year, text, day) for year, days in CASES.items() for text, day in days.items()],
)
def test_a_date_as_it_is_read_in_a_year(year, text, expected):
    assert date_from(text, date(year, 1, 1)) == expected
    assert date_from(text, date(year, 12, 31)) == expected


@pytest.mark.parametrize(("text", "reason"), NONE.items())
def test_what_is_no_date(text, reason):
    with pytest.raises(ValueError, match=reason):
        date_from(text, date(2026, 11, 30))


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_year_is_within_49_back_and_50_ahead(day, today):
    try:
        read = date_from(day.strftime("%y%m%d"), today)
    except ValueError:
        # The 29th of February of another century.
        assert (day.month, day.day) == (2, 29)
        return
    assert -49 <= read.year - today.year <= 50
    assert (read.year - day.year) % 100 == 0
