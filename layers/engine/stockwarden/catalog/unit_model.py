"""API models of units."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.catalog.units import LONGEST_CODE, MAX_DECIMALS, Dimension
from stockwarden.core.fields import NAME, ExactAnswer, Factor

_SHAPE = rf"^\s*[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_CODE - 1}}}\s*$"
UnitCode = Annotated[
    str,
    StringConstraints(pattern=_SHAPE, max_length=LONGEST_CODE + 10),
    Field(description="Without regard to case; stored in lower case.", examples=["kg"]),
]
UnitName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), NAME
]
Decimals = Annotated[
    int,
    Field(
        ge=0, le=MAX_DECIMALS, strict=True, description="How fine a quantity may be given in it."
    ),
]


class UnitRequest(BaseModel):
    """`factor` is how much of the dimension's base unit one is: pcs, kg, l, m, m2 or s."""

    model_config = ConfigDict(extra="forbid")

    code: UnitCode
    name: UnitName
    dimension: Dimension
    factor: Factor
    decimals: Decimals = 0


class UnitPatch(BaseModel):
    """A field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: UnitName | None = None
    factor: Factor | None = None
    decimals: Decimals | None = None


class UnitView(BaseModel):
    """A `standard` unit is the same in every company, and cannot be changed."""

    code: str
    name: str
    dimension: Dimension
    factor: str = Field(description="Exact: a decimal, or a fraction such as 1/12.")
    decimals: int
    standard: bool
    version: int


class UnitPage(BaseModel):
    """By code, the standard ones among the company's own."""

    units: list[UnitView]
    next_cursor: str | None


class Conversion(BaseModel):
    """`quantity_exact` is the fraction, where `quantity` had to be rounded to 15 digits."""

    quantity: ExactAnswer
    quantity_exact: str | None
    unit: str = Field(serialization_alias="from", description="The code of the given unit.")
    target: str = Field(serialization_alias="to", description="The code of the other unit.")
