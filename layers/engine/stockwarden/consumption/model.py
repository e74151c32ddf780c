"""API models of what is consumed."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from stockwarden.core.fields import FREE_TEXT, NAME, Quantity
from stockwarden.stock.requests import Code, EffectiveAt, Id, Scanned, UnitCode

Purpose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), FREE_TEXT
]
Person = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


class ConsumptionRequest(BaseModel):
    """What was used. The item is given by its `item_id`, or by a `code` as it was scanned.

    Without `location` and `lot` it is taken from what is free in the warehouse, first expiry first
    out, then from the oldest place. A kit is used as itself, or with `components` as what it is
    made of. `by` is the user name of who used it, if that is not the caller.
    """

    model_config = ConfigDict(extra="forbid")

    item_id: Id | None = None
    code: Scanned | None = None
    quantity: Annotated[Quantity, Field(gt=0)]
    unit: UnitCode | None = None
    warehouse_id: Id
    location: Code | None = None
    lot: Code | None = None
    serials: Annotated[list[Code], Field(max_length=50)] = []
    components: bool = False
    purpose: Purpose | None = None
    note: Note | None = None
    by: Person | None = None
    effective_at: EffectiveAt | None = None

    @model_validator(mode="after")
    def _check_item(self) -> "ConsumptionRequest":
        if (self.item_id is None) == (self.code is None):
            raise ValueError("What is used is named by item_id or by code, one of them")
        if self.components and (self.location or self.lot or self.serials):
            raise ValueError("The components of a kit are at places of their own: name none")
        return self


class CorrectionRequest(BaseModel):
    """What it should have been, in the unit of the entry; nothing, if it is not given."""

    model_config = ConfigDict(extra="forbid")

    quantity: Annotated[Quantity, Field(ge=0)] | None = None
    note: Note | None = None


class ConsumedPart(BaseModel):
    """What left a place, in the item's base unit and in value; below zero where a correction put it
    back."""

    item_id: str
    item_name: str
    unit: str
    location: str | None
    lot: str | None
    quantity: float | int
    quantity_exact: str | None
    value: str
    movement_id: str


class Consumption(BaseModel):
    """An entry of the log. `quantity` is in the item's base unit. A correction has what it
    `corrects`, and the difference as its quantity, so that all entries add up to what was used;
    `standing` is what counts after it. `day` is that of the first entry, by the warehouse's clock.

    With `of_components` the item is a kit, and its components were used. `by` used it, `logged_by`
    made the entry.
    """

    id: str
    item_id: str
    item_name: str
    unit: str
    quantity: float | int
    quantity_exact: str | None
    given_quantity: float | int
    given_unit: str | None
    standing: float | int
    warehouse_id: str
    of_components: bool
    parts: list[ConsumedPart]
    value: str
    currency: str | None
    purpose: str | None
    note: str | None
    by: str
    by_name: str | None
    logged_by: str
    logged_by_name: str | None
    day: date
    effective_at: str
    recorded_at: str
    corrects: str | None
    corrected_by: str | None


class ConsumptionPage(BaseModel):
    consumption: list[Consumption]
    next_cursor: str | None


class UsedOnDay(BaseModel):
    day: date
    quantity: float | int


class Rate(BaseModel):
    """How much of an item was used, what it was worth, and how much that is for each day and week
    of the period. `entries` counts those that were not corrected away. `by_day` is only told where
    one item is asked for."""

    item_id: str
    item_name: str
    unit: str
    quantity: float | int
    quantity_exact: str | None
    per_day: float | int
    per_week: float | int
    value: str
    currency: str | None
    entries: int
    by_day: list[UsedOnDay]


class ConsumptionRates(BaseModel):
    """`days` are those from which the rates are: of the whole period, or since the first use if
    that is in it. From less than seven `too_little_data` is said. Those used most often come first,
    a hundred at most."""

    first: date
    last: date
    days: int
    too_little_data: bool
    rates: list[Rate]
