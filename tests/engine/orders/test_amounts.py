"""What an order costs: exact amounts, and shares that add up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.orders.amounts import (
    amount_text,
    is_in_minor_units,
    minor_decimals,
    parse_amount,
    shared,
)
from stockwarden.orders.line import OrderLine

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "CLF"])
VALUES = st.lists(
    st.decimals(0, 10**12, places=6).map(Fraction) | st.just(Fraction(0)), min_size=1, max_size=40
)


@given(st.integers(0, 10**14), VALUES, CURRENCIES)
def test_shares_add_up_and_follow_the_values(units, values, currency):
    unit = Fraction(1, 10 ** minor_decimals(currency))
    shares = shared(units * unit, values, currency)
    assert sum(shares) == units * unit
    total = sum(values)
    for value, share in zip(values, shares, strict=True):
        assert (share / unit).denominator == 1
        exact = units * unit * value / total if total else units * unit / len(values)
        assert abs(share - exact) < unit
    for value, share in zip(values, shares, strict=True):
        assert all(
            share + unit >= other
            for each, other in zip(values, shares, strict=True)
            if value >= each
        )


def test_of_equal_remainders_the_first_counts():
    assert shared(Fraction(10), [Fraction(1)] * 3, "EUR") == [
        Fraction("3.34"),
        Fraction("3.33"),
        Fraction("3.33"),
    ]
    assert shared(Fraction(10), [Fraction(1)] * 3, "JPY") == [4, 3, 3]
    assert shared(Fraction(1), [Fraction(0), Fraction(0)], "EUR") == [Fraction("0.5")] * 2
    assert shared(Fraction(0), [], "EUR") == []


@pytest.mark.parametrize(
    ("amount", "currency", "fits"),
    [
        ("1", "JPY", True),
        ("1.5", "JPY", False),
        ("1.50", "EUR", True),
        ("1.505", "EUR", False),
        ("1.505", "KWD", True),
        ("1.5051", "CLF", True),
    ],
)
def test_minor_units(amount, currency, fits):
    assert is_in_minor_units(amount, currency) is fits


@given(st.decimals(-(10**20), 10**20, places=9))
def test_an_amount_is_written_exactly(amount):
    text = amount_text(Fraction(amount))
    assert parse_amount(text) == Fraction(amount)
    assert "e" not in text.lower()
    assert len(text.partition(".")[2]) >= 2


def test_an_endless_amount_is_none():
    with pytest.raises(ValueError, match="no amount"):
        amount_text(Fraction(1, 3))


QUANTITIES = st.decimals("0.001", 10**6, places=3)


@given(
    st.decimals(0, 10**6, places=6),
    QUANTITIES,
    st.lists(st.integers(0, 100), min_size=1, max_size=6),
    st.integers(0, 10**6),
)
def test_costs_of_parts_add_up_to_those_of_the_line(price, quantity, parts, cents):
    """Whatever the parts, and with what is beyond the order at the price alone."""
    line = OrderLine(
        id="0001",
        item_id="item_1",
        item_name="Flour",
        sku="F",
        quantity=quantity,
        unit="box",
        base_quantity=Fraction(quantity) * 12,
        base_unit="pcs",
        price=str(price),
        costs=Fraction(cents, 100),
    )
    assert line.as_ordered(line.in_base(Fraction(5))) == 5
    steps = [Fraction(part, sum(parts)) for part in parts] if sum(parts) else [Fraction(1)]
    done, paid = Fraction(0), Fraction(0)
    for step in steps:
        more = line.base_quantity * step
        paid += line.cost_of(done + more) - line.cost_of(done)
        done += more
    assert paid == Fraction(price) * Fraction(quantity) + Fraction(cents, 100)
    beyond = line.cost_of(done * 2) - line.cost_of(done)
    assert beyond == Fraction(price) * Fraction(Decimal(quantity))
