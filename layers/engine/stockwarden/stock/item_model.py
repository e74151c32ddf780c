"""API models of items."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.core.fields import FREE_TEXT, NAME, Money, Quantity
from stockwarden.core.gs1.check_digits import normalized_gtin
from stockwarden.core.gs1.element_strings import looks_like_element_string, parse_element_string
from stockwarden.stock.requests import Code, Id, UnitCode

ItemStatus = Literal["pending", "active", "completed", "archived"]
StorageClass = Literal["ambient", "chilled", "frozen", "hazardous", "controlled"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), NAME]
Description = Annotated[str, StringConstraints(max_length=2000), FREE_TEXT]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["EUR"])]


def _gtin(text: str) -> str:
    if not looks_like_element_string(text):
        return normalized_gtin(text)
    # No date of it is kept, so the century of one does not matter.
    gtin = parse_element_string(text, date(2026, 1, 1)).gtin
    if gtin is None:
        raise ValueError("This element string names no item: there is no (01) in it.")
    return gtin


Gtin = Annotated[
    str,
    StringConstraints(max_length=500),
    AfterValidator(_gtin),
    Field(
        description="8, 12, 13 or 14 digits with their check digit, or an element string that has "
        "them; kept with 14."
    ),
]
ShelfLife = Annotated[int, Field(ge=1, le=3650)]
NotNegative = Annotated[Quantity, Field(ge=0)]
AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=50), NAME]
AttributeValue = Annotated[str, StringConstraints(max_length=200), FREE_TEXT] | int | bool
Attributes = Annotated[dict[AttributeName, AttributeValue], Field(max_length=30)]
DEFAULT_UNIT = "pcs"


class ItemFields(BaseModel):
    """What describes an item. `unit` is the one that it is kept in; `reorder_point` and
    `reorder_quantity` are in it, and `unit_cost` is for one of it."""

    model_config = ConfigDict(extra="forbid")

    sku: Code | None = None
    description: Description | None = None
    status: ItemStatus | None = None
    unit: UnitCode | None = None
    category: Id | None = None
    supplier: Id | None = None
    inventory_type: Id | None = None
    reorder_point: NotNegative | None = None
    reorder_quantity: NotNegative | None = None
    unit_cost: Money | None = None
    currency: Currency | None = None
    gtin: Gtin | None = None
    storage_class: StorageClass | None = None
    shelf_life_days: ShelfLife | None = None
    attributes: Attributes | None = None


class ItemRequest(ItemFields):
    """A name is enough. A `quantity` becomes a receipt: in `warehouse_id`, else in the company's
    main warehouse, which is made when it is first needed."""

    name: Name
    quantity: NotNegative | None = None
    warehouse_id: Id | None = None


class ItemChange(ItemFields):
    """The fields that are given are changed, and no others. A `quantity` is what there is now, as
    if it had been counted: where the item is, if that is one place, else in `warehouse_id`."""

    name: Name | None = None
    quantity: NotNegative | None = None
    warehouse_id: Id | None = None


class ItemPatch(ItemFields):
    """A JSON merge patch: null takes a field away."""

    name: Name | None = None


class ItemSummary(BaseModel):
    """As lists show it. `low_stock` says that the quantity is not above the reorder point."""

    id: str
    name: str
    sku: str
    status: ItemStatus
    quantity: float | int
    quantity_exact: str | None
    unit: str
    category: str | None
    supplier: str | None
    inventory_type: str | None
    reorder_point: float | int | None
    low_stock: bool
    unit_cost: str | None
    currency: str | None
    created_at: str
    updated_at: str
    version: int


class ItemView(ItemSummary):
    description: str | None
    reorder_quantity: float | int | None
    gtin: str | None
    storage_class: StorageClass | None
    shelf_life_days: int | None
    attributes: dict[str, Any]


class ItemPage(BaseModel):
    """`total` counts all items, or those of one status; null with any other filter."""

    items: list[ItemSummary]
    next_cursor: str | None
    total: int | None
