"""Numbers that go into a ledger are those that a person sees in the cell."""

from datetime import datetime
from decimal import Decimal

import pytest

from stockwarden.ingestion.columns.exact_numbers import read_exact
from stockwarden.ingestion.columns.numbers import NumberColumn, read_numbers


def read(*cells, number_format=None):
    return read_exact(cells, NumberColumn(cells), number_format)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2.85", "2.85"),
        (2.85, "2.85"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        (1e-7, "0.0000001"),
        (123456789012345, "123456789012345"),
        (" 12 ", "12"),
        ("-3", "-3"),
        ("(3)", "-3"),
        ("\u22123", "-3"),
        ("'12", "12"),
        ("1e3", "1000"),
        ("0.12345678901234567890", "0.12345678901234567890"),
    ],
)
def test_exactly_what_is_written(cell, value):
    (number,) = read(cell)
    assert (number.value, number.reason) == (Decimal(value), None)


def test_a_text_is_read_in_the_notation_that_its_column_proves():
    values = [number.value for number in read("1.234,5", "0,1", "7.000")]
    assert values == [Decimal("1234.5"), Decimal("0.1"), Decimal(7000)]
    undecided = read("1,234")
    assert undecided[0].reason == "decimal_or_thousands"
    assert read("1,234", number_format="1,234.56")[0].value == 1234
    assert read("1,234", number_format="1.234,56")[0].value == Decimal("1.234")


@pytest.mark.parametrize("cell", [None, "", "-", "n/a", "NULL", " "])
def test_blank(cell):
    (number,) = read(cell)
    assert (number.value, number.reason) == (None, None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("many", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("#REF!", "error_value"),
        (True, "not_a_value"),
        (float("inf"), "not_a_value"),
        (datetime(2027, 1, 31), "not_a_value"),
        ("9" * 500, "not_a_number"),
    ],
)
def test_what_is_no_number_has_a_reason(cell, reason):
    (number,) = read(cell)
    assert (number.value, number.reason) == (None, reason)


def test_the_unit_behind_a_number():
    (number,) = read("12,5 kg")
    assert (number.value, number.unit) == (Decimal("12.5"), "kg")


@pytest.mark.parametrize("cells", [["1.234,5", "7", "0,25"], ["1,234.5", "-7", "(2)"], [1.5, "2"]])
def test_the_same_numbers_as_inventories_read(cells):
    assert [float(number.value) for number in read(*cells)] == list(read_numbers(cells).values)
