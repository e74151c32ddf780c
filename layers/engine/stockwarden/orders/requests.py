"""API models of what draws up an order, and of what moves its goods."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from stockwarden.core.fields import FREE_TEXT, NAME, Currency, ExactNumber, Moment, Money, Quantity
from stockwarden.orders.states import OrderType
from stockwarden.stock.requests import Code, Id, Reason, Scanned, UnitCode

MOST_LINES = 500
MOST_COSTS = 20
# Printable ASCII, so that it may be a part of a key and of a file's name.
NUMBER_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}$"

InternalNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=NUMBER_PATTERN), NAME
]
Customer = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), NAME
]
Note = Annotated[str, StringConstraints(max_length=2000), FREE_TEXT]
Percent = Annotated[ExactNumber, Field(ge=0, le=100)]
LineId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
MoreThanNothing = Annotated[Quantity, Field(gt=0)]


class CostRequest(BaseModel):
    """What the order costs beside its goods, in its currency: freight, duty."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), NAME
    ]
    amount: Money


class OrderLineRequest(BaseModel):
    """`quantity` is in `unit`, the item's own if it is not given, and `price` is for one of it.

    With `packs` the quantity is in packs as the supplier sells the item (its part), and the price
    for one pack; that of the part, if it is not given. How much a pack holds is fixed then.
    The item is given by its `item_id`, or by a `code` as it was scanned.
    """

    model_config = ConfigDict(extra="forbid")

    item_id: Id | None = None
    code: Scanned | None = None
    quantity: MoreThanNothing
    unit: UnitCode | None = None
    packs: bool = False
    price: Money | None = None

    @model_validator(mode="after")
    def _names_one_item(self) -> "OrderLineRequest":
        if (self.item_id is None) == (self.code is None):
            raise ValueError("A line names its item by item_id or by code, one of them")
        if self.packs and self.unit is not None:
            raise ValueError("A quantity is in packs or in a unit, one of them")
        return self


Lines = Annotated[list[OrderLineRequest], Field(min_length=1, max_length=MOST_LINES)]
Costs = Annotated[list[CostRequest], Field(max_length=MOST_COSTS)]


def _check_partner(kind: OrderType, supplier_id: str | None, customer: str | None) -> None:
    if kind is OrderType.PURCHASE and (supplier_id is None or customer is not None):
        raise ValueError("A purchase order has a supplier_id, and no customer")
    if kind is OrderType.SALES and (customer is None or supplier_id is not None):
        raise ValueError("A sales order has a customer, and no supplier_id")


class OrderRequest(BaseModel):
    """Without `internal_number` the next of its type and year is given to it. `expected_at` is
    when it is to come or to go out; without it, a purchase order is expected after the lead time
    that the supplier has promised. `over_receipt_percent` is how much more than ordered is
    accepted of each line."""

    model_config = ConfigDict(extra="forbid")

    type: OrderType
    internal_number: InternalNumber | None = None
    supplier_id: Id | None = None
    customer: Customer | None = None
    warehouse_id: Id | None = None
    currency: Currency | None = None
    expected_at: Moment | None = None
    note: Note | None = None
    over_receipt_percent: Percent | None = None
    costs: Costs = []
    lines: Lines

    @model_validator(mode="after")
    def _has_its_partner(self) -> "OrderRequest":
        _check_partner(self.type, self.supplier_id, self.customer)
        return self


class OrderPatch(BaseModel):
    """A JSON merge patch: what is left out stays as it is, and null takes a field away. `lines` are
    replaced as a whole. Once the order is placed, only `expected_at` and `note` can be changed."""

    model_config = ConfigDict(extra="forbid")

    supplier_id: Id | None = None
    customer: Customer | None = None
    warehouse_id: Id | None = None
    currency: Currency | None = None
    expected_at: Moment | None = None
    note: Note | None = None
    over_receipt_percent: Percent | None = None
    costs: Costs | None = None
    lines: Lines | None = None

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class MovedLine(BaseModel):
    """Of a line of the order, what comes, goes out or goes back. `quantity` is in `unit`, or as the
    line is ordered; all that is open if it is not given. A line may stand here several times, for
    several lots or locations."""

    model_config = ConfigDict(extra="forbid")

    line_id: LineId
    quantity: MoreThanNothing | None = None
    unit: UnitCode | None = None
    location: Code | None = None
    lot: Code | None = None
    expiry_date: date | None = None
    serials: Annotated[list[Code], Field(max_length=50)] = []

    @model_validator(mode="after")
    def _has_a_quantity(self) -> "MovedLine":
        if self.unit is not None and self.quantity is None:
            raise ValueError("A unit stands beside a quantity")
        return self


class MovedLines(BaseModel):
    """What is moved; without lines, all that is open."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[MovedLine], Field(max_length=MOST_LINES)] = []
    reason: Reason | None = None
