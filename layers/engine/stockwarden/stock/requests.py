"""API models of what moves stock."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    RootModel,
    StringConstraints,
    model_validator,
)

from stockwarden.catalog.units import canonical_code
from stockwarden.core.fields import FREE_TEXT, NAME, Moment, Money, Quantity
from stockwarden.stock.ledger import MAX_LINES
from stockwarden.storage.keys.stock import NONE

_OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


def _is_code(text: str) -> str:
    if text == NONE:
        raise ValueError(f"{NONE} is no code; leave the field out for none")
    return text.upper()


Code = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64),
    AfterValidator(_is_code),
    NAME,
]
Id = Annotated[str, StringConstraints(min_length=1, max_length=80)]
UnitCode = Annotated[
    str, StringConstraints(min_length=1, max_length=20), AfterValidator(canonical_code), NAME
]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), FREE_TEXT
]


def _since_2000(moment: datetime) -> datetime:
    if moment < _OLDEST:
        raise ValueError("A movement is not older than the year 2000")
    return moment


EffectiveAt = Annotated[
    Moment,
    AfterValidator(_since_2000),
    Field(description="When it happened, if that is not now; at most a minute ahead."),
]
MovementKind = Literal[
    "receipt", "issue", "adjustment", "consumption", "return", "transfer", "count"
]


Scanned = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Field(examples=["(01)09501101530003(17)270131(10)L-7"]),
]


class PlaceRequest(BaseModel):
    """A place in a warehouse. Codes compare in capitals, without blanks around them."""

    model_config = ConfigDict(extra="forbid")

    warehouse_id: Id
    location: Code | None = None
    lot: Code | None = None


class MovementLine(PlaceRequest):
    """`quantity` is above zero; an adjustment's is signed, and a count's is what was counted.

    The item is given by its `item_id`, or by a `code` as it was scanned: its SKU, its GTIN, or a
    GS1 element string, which also names lot, expiry date and serial number.

    `unit` is the item's own if it is not given. `unit_cost` is the price of one `unit`, in the
    item's currency; only what comes in has one.
    """

    item_id: Id | None = None
    code: Scanned | None = None
    kind: MovementKind
    quantity: Quantity
    unit: UnitCode | None = None
    effective_at: EffectiveAt | None = None
    reason: Reason | None = None
    to: PlaceRequest | None = None
    expiry_date: date | None = None
    serials: Annotated[list[Code], Field(max_length=50)] = []
    unit_cost: Money | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "MovementLine":
        if (self.item_id is None) == (self.code is None):
            raise ValueError("A movement names its item by item_id or by code, one of them")
        if self.kind == "adjustment":
            if not self.reason:
                raise ValueError("An adjustment has a reason")
            if self.quantity == 0:
                raise ValueError("An adjustment of 0 changes nothing")
        elif self.quantity < 0 or (self.quantity == 0 and self.kind != "count"):
            raise ValueError(f"The quantity of a {self.kind} is above zero")
        if (self.to is not None) != (self.kind == "transfer"):
            raise ValueError("A transfer, and nothing else, has a place `to` which it goes")
        comes_in = self.kind in {"receipt", "return"}
        if self.unit_cost is not None and not comes_in and self.kind != "adjustment":
            raise ValueError(f"A {self.kind} has no unit_cost: that of the stock counts")
        if self.expiry_date is not None and not comes_in:
            raise ValueError(f"A {self.kind} has no expiry_date; change that of the lot")
        return self


class MovementLines(BaseModel):
    """Several movements as one: all of them, or none."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[MovementLine], Field(min_length=1, max_length=MAX_LINES)]


def _either(request: object) -> MovementLine | MovementLines:
    """Validated by the form that it has, so that errors name fields of this form only."""
    has_lines = isinstance(request, dict) and "lines" in request
    form: type[MovementLine | MovementLines] = MovementLines if has_lines else MovementLine
    return form.model_validate(request)


class MovementRequest(
    RootModel[
        Annotated[
            MovementLine | MovementLines,
            PlainValidator(_either, json_schema_input_type=MovementLine | MovementLines),
        ]
    ]
):
    """One movement, or several `lines` as one."""


class ReversalRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason | None = None
    effective_at: EffectiveAt | None = None


class ReservationRequest(PlaceRequest):
    """Keeps stock of a place for `minutes`, and then lets it go by itself."""

    item_id: Id
    quantity: Annotated[Quantity, Field(gt=0)]
    unit: UnitCode | None = None
    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 30)] = 30
    reason: Reason | None = None


class CountedPlace(PlaceRequest):
    item_id: Id


class CountRequest(BaseModel):
    """What is going to be counted."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[CountedPlace], Field(min_length=1, max_length=MAX_LINES)]
    note: Reason | None = None


class CountedLine(BaseModel):
    """What was counted of a line, by its number from 1. `counted_at` is now, if not given."""

    model_config = ConfigDict(extra="forbid")

    line: Annotated[int, Field(ge=1, le=MAX_LINES)]
    quantity: Annotated[Quantity, Field(ge=0)]
    unit: UnitCode | None = None
    counted_at: EffectiveAt | None = None


class CountPosting(BaseModel):
    """Every line of the count, with what was counted."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[CountedLine], Field(min_length=1, max_length=MAX_LINES)]


def not_ahead(moment: datetime, now: datetime) -> bool:
    """Whether a moment is no more than a minute ahead, as clocks differ."""
    return moment <= now + timedelta(minutes=1)
