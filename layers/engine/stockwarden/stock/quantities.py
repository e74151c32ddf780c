"""Quantities as they are given, in the base unit of their item."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from stockwarden.catalog.units import Unit, check_decimals, convert, existing_unit
from stockwarden.core.errors import Invalid


def base_quantity(
    base_code: str, quantity: Decimal, code: str | None, units: Mapping[str, Unit], pointer: str
) -> Fraction:
    """A quantity as it is given, in the base unit of its item. Raises Invalid for a unit that is
    not known or measures something else, and for more decimals than the unit has."""
    unit = existing_unit(units, code or base_code, f"{pointer}/unit")
    base = units[base_code]
    check_decimals(quantity, unit, f"{pointer}/quantity")
    if unit.dimension is not base.dimension:
        raise Invalid.field(
            f"{pointer}/unit",
            f"The item is kept in {base.code}, which measures {base.dimension}; {unit.code} "
            f"measures {unit.dimension}.",
        )
    return convert(Fraction(quantity), unit, base)
