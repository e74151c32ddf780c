"""Units of measure: their dimensions and exact factors, and what is computed from them.

A factor is how much of the dimension's base unit one of the unit is: 12 for a dozen, 0.45359237
for a pound. All of it is exact: `convert` there and back gives the same fraction.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from stockwarden.core.errors import Invalid
from stockwarden.core.exact import MAX_DIGITS, decimals_of, fraction_text

MAX_DECIMALS = 9
LONGEST_CODE = 20
CODE = re.compile(rf"[a-z0-9][a-z0-9_.-]{{0,{LONGEST_CODE - 1}}}")


class Dimension(StrEnum):
    COUNT = "count"
    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    TIME = "time"


@dataclass(frozen=True)
class Unit:
    """`decimals` is how fine a quantity may be given in it. `uses` counts what refers to it; that
    of a standard unit is not counted."""

    code: str
    name: str
    dimension: Dimension
    factor: Fraction
    decimals: int
    standard: bool = False
    version: int = 1
    uses: int = 0


def standard_unit(code: str, name: str, dimension: Dimension, factor: str, decimals: int) -> Unit:
    return Unit(code, name, dimension, Fraction(factor), decimals, standard=True)


def canonical_code(text: str) -> str:
    """As a code is stored and compared: in lower case."""
    return text.strip().lower()


def may_be_code(code: str) -> bool:
    """Whether a canonical code has the shape of one, and so may become part of a key."""
    return CODE.fullmatch(code) is not None


def convert(quantity: Fraction, unit: Unit, target: Unit) -> Fraction:
    """The same quantity in another unit, exactly. Raises Invalid for one that measures something
    else."""
    if unit.dimension is not target.dimension:
        raise Invalid.field(
            "/to",
            f"{unit.code} measures {unit.dimension}, and {target.code} measures "
            f"{target.dimension}: one cannot be converted into the other.",
        )
    return quantity * unit.factor / target.factor


def check_decimals(quantity: Decimal, unit: Unit, pointer: str = "/quantity") -> Decimal:
    """The quantity. Raises Invalid for more decimals than the unit has; `pointer` is its field."""
    if decimals_of(quantity) <= unit.decimals:
        return quantity
    most = {0: "no decimals", 1: "one decimal at most"}
    has = most.get(unit.decimals, f"{unit.decimals} decimals at most")
    raise Invalid.field(pointer, f"{quantity:f}: {unit.name.lower()} has {has}.")


def factor_text(factor: Fraction) -> str:
    """As it is shown: a decimal where it has one of `MAX_DIGITS` decimals, else a fraction."""
    scaled = factor * 10**MAX_DIGITS
    if scaled.denominator != 1:
        return fraction_text(factor)
    return f"{Decimal(scaled.numerator).scaleb(-MAX_DIGITS).normalize():f}"


def existing_unit(units: Mapping[str, Unit], code: str, pointer: str) -> Unit:
    """The unit with this code. Raises Invalid, about the field at `pointer`."""
    unit = units.get(code)
    if unit is None:
        raise Invalid.field(pointer, f"There is no unit {code!r}.")
    return unit
