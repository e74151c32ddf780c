"""Units: exact factors, conversion there and back, and decimals."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.catalog.units import (
    Dimension,
    Unit,
    check_decimals,
    convert,
    factor_text,
    may_be_code,
)
from stockwarden.core.errors import Invalid

BOX = Unit("box", "Box", Dimension.COUNT, Fraction(12), 0)
BOTTLE = Unit("bottle", "Bottle", Dimension.VOLUME, Fraction(12, 100), 0)
FACTORS = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6)


@pytest.mark.parametrize(
    ("quantity", "unit", "target", "expected"),
    [
        ("5", BOX, "pcs", "60"),
        ("1", "pcs", "dozen", "1/12"),
        ("1", "ml", BOTTLE, "1/120"),
        ("2138.484", "lb", "kg", "970.00002576708"),
        ("970.00002576708", "kg", "lb", "2138.484"),
        ("1", "gal", "fl_oz", "128"),
        ("1", "yd", "in", "36"),
        ("1", "m2", "cm2", "10000"),
        ("1", "day", "s", "86400"),
        ("1", "lb", "oz", "16"),
        ("-3", "gross", "dozen", "-36"),
    ],
)
def test_conversions(quantity, unit, target, expected):
    units = [STANDARD_UNITS.get(each, each) for each in (unit, target)]
    assert convert(Fraction(quantity), *units) == Fraction(expected)


@given(quantity=st.fractions(), factor=FACTORS, other=FACTORS)
def test_there_and_back_is_exact(quantity, factor, other):
    unit = Unit("a", "A", Dimension.MASS, factor, 3)
    target = Unit("b", "B", Dimension.MASS, other, 3)
    assert convert(convert(quantity, unit, target), target, unit) == quantity


@given(factor=FACTORS)
def test_a_factor_is_shown_exactly(factor):
    assert Fraction(factor_text(factor)) == factor


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        ("12", "12"),
        ("0.45359237", "0.45359237"),
        ("1/12", "1/12"),
        ("1000000000000000", "1" + "0" * 15),
    ],
)
def test_how_a_factor_is_shown(factor, text):
    assert factor_text(Fraction(factor)) == text


def test_other_dimensions_are_both_named():
    with pytest.raises(Invalid, match="kg measures mass, and l measures volume"):
        convert(Fraction(1), STANDARD_UNITS["kg"], STANDARD_UNITS["l"])


@pytest.mark.parametrize(
    ("quantity", "code", "refusal"),
    [
        ("2", "pcs", None),
        ("2.0", "pcs", None),
        ("2.5", "pcs", "2.5: piece has no decimals."),
        ("0.123456789", "kg", None),
        ("0.1234567891", "kg", "0.1234567891: kilogram has 9 decimals at most."),
    ],
)
def test_decimals(quantity, code, refusal):
    number = Decimal(quantity)
    if refusal is None:
        assert check_decimals(number, STANDARD_UNITS[code]) == number
        return
    with pytest.raises(Invalid) as refused:
        check_decimals(number, STANDARD_UNITS[code], "/lines/0/quantity")
    (error,) = refused.value.errors
    assert (error.pointer, error.detail) == ("/lines/0/quantity", refusal)


def test_the_standard_units():
    bases = {unit.dimension: code for code, unit in STANDARD_UNITS.items() if unit.factor == 1}
    assert bases == {
        Dimension.COUNT: "pcs",
        Dimension.MASS: "kg",
        Dimension.VOLUME: "l",
        Dimension.LENGTH: "m",
        Dimension.AREA: "m2",
        Dimension.TIME: "s",
    }
    for code, unit in STANDARD_UNITS.items():
        assert unit.code == code and may_be_code(code) and unit.standard
        assert 0 <= unit.decimals <= 9
