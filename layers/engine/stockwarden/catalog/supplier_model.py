"""API models of suppliers and of what they sell."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.catalog.unit_model import UnitCode
from stockwarden.core.fields import (
    FREE_TEXT,
    NAME,
    Currency,
    EmailAddress,
    ExactAnswer,
    Money,
    Quantity,
)

SupplierName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME
]
ContactName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME
]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), NAME]
Website = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s/]+\S*$", max_length=200),
    NAME,
    Field(examples=["https://acme.example"]),
]
Notes = Annotated[str, StringConstraints(max_length=2000), FREE_TEXT]
PartNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), NAME
]
LeadTime = Annotated[
    int, Field(ge=0, le=365, strict=True, description="From the order to the receipt, as promised.")
]
Packs = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]


def _above_zero(quantity: Quantity) -> Quantity:
    if quantity <= 0:
        raise ValueError("A pack holds more than nothing")
    return quantity


PackSize = Annotated[
    Quantity, AfterValidator(_above_zero), Field(description="How much a pack holds, in `unit`.")
]


class Contact(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: ContactName | None = None
    email: EmailAddress | None = None
    phone: Phone | None = None


class SupplierRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: SupplierName
    contact: Contact | None = None
    website: Website | None = None
    notes: Notes | None = None
    currency: Currency = "EUR"
    lead_time_days: LeadTime | None = None
    minimum_order: Money | None = Field(default=None, description="In the supplier's currency.")


class SupplierPatch(BaseModel):
    """A field that is left out stays as it is; null removes it."""

    model_config = ConfigDict(extra="forbid")

    name: SupplierName | None = None
    contact: Contact | None = None
    website: Website | None = None
    notes: Notes | None = None
    currency: Currency | None = None
    lead_time_days: LeadTime | None = None
    minimum_order: Money | None = None
    archived: bool | None = None


class SupplierContact(BaseModel):
    name: str | None = None
    email: str | None = None
    phone: str | None = None


class Supplier(BaseModel):
    """An `archived` one is not offered, and stays readable. `parts` counts what it sells, and
    `orders` what was ordered there."""

    id: str
    name: str
    contact: SupplierContact | None = None
    website: str | None = None
    notes: str | None = None
    currency: str
    lead_time_days: int | None = None
    measured_lead_time_days: float | None = Field(
        default=None,
        description="The median of its newest completed orders, from the order to the last "
        "receipt; null until there are some.",
    )
    measured_orders: int = Field(default=0, description="Of how many orders that is.")
    minimum_order: str | None = None
    archived: bool = False
    parts: int = 0
    orders: int = 0
    created_at: str
    updated_at: str
    version: int


class SupplierPage(BaseModel):
    """By name. With a filter a page may have fewer than `limit`."""

    suppliers: list[Supplier]
    next_cursor: str | None


class PartRequest(BaseModel):
    """How a supplier sells an item: in packs of `pack_size`, each for `price`. Without `currency`
    the supplier's is meant, without `lead_time_days` too."""

    model_config = ConfigDict(extra="forbid")

    part_number: PartNumber
    unit: UnitCode
    pack_size: PackSize
    price: Money
    currency: Currency | None = None
    lead_time_days: LeadTime | None = None
    minimum_packs: Packs | None = None


class Part(BaseModel):
    supplier_id: str
    item_id: str
    part_number: str
    unit: str
    pack_size: ExactAnswer
    price: str
    currency: str
    lead_time_days: int | None = None
    minimum_packs: int | None = None
    updated_at: str
    version: int


class PartPage(BaseModel):
    """By the items' ids."""

    parts: list[Part]
    next_cursor: str | None
