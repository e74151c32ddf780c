"""Exact numbers: as written, as fractions, as JSON."""

import json
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.exact import (
    WrittenNumber,
    decimals_of,
    exact_text,
    fraction_text,
    json_number,
    parse_fraction,
    written,
)
from stockwarden.http.json_body import parse_json


@pytest.mark.parametrize(
    ("text", "value"),
    [("2.85", "2.85"), ("0.3", "0.3"), ("1e2", "100"), ("12", "12"), ("-0.50", "-0.50")],
)
def test_a_number_is_what_was_written(text, value):
    assert written(parse_json(text)) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["0.30000000000000004", "1.0000000000000001", "1234567890123456", "1e15", "1e-16", "true"],
)
def test_a_number_with_more_digits_than_are_kept_is_refused(text):
    with pytest.raises(ValueError, match=r"digits|number"):
        written(parse_json(text))


@pytest.mark.parametrize(
    ("text", "places"), [("2.50", 1), ("2.55", 2), ("100", 0), ("1e-3", 3), ("0.0", 0)]
)
def test_decimals(text, places):
    assert decimals_of(Decimal(text)) == places


@pytest.mark.parametrize(
    ("fraction", "number", "exact"),
    [
        ("60", "60", None),
        ("3/10", "0.3", None),
        ("119/120", "0.991666666666667", "119/120"),
        ("-1/3", "-0.333333333333333", "-1/3"),
        ("97000002576708/100000000000", "970.00002576708", None),
        ("1000000000000001", "1000000000000000.0", "1000000000000001"),
    ],
)
def test_an_answer_says_where_it_had_to_round(fraction, number, exact):
    quantity = parse_fraction(fraction)
    assert json.dumps(json_number(quantity)) == number
    assert exact_text(quantity) == exact


@pytest.mark.parametrize("text", ["", "1/0", "1.5", "1/2/3", " 1", "١", "1" * 41, "a"])
def test_other_texts_are_no_fractions(text):
    with pytest.raises(ValueError, match="fraction"):
        parse_fraction(text)


@given(st.fractions())
def test_a_fraction_comes_back_from_its_text(number):
    if max(abs(number.numerator), number.denominator) < 10**40:
        assert parse_fraction(fraction_text(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**9))
def test_a_decimal_comes_back_from_its_json(number):
    answered = json.dumps(json_number(Fraction(number)))
    assert written(parse_json(answered)) == number
    assert exact_text(Fraction(number)) is None


def test_a_written_number_survives_copying():
    assert pickle.loads(pickle.dumps(WrittenNumber("0.10"))).text == "0.10"  # noqa: S301 - ours
