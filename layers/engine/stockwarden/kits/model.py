"""API models of kits."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.core.fields import Quantity
from stockwarden.stock.model import MovementView
from stockwarden.stock.requests import Code, Id, Reason, UnitCode

# Of one kit; a kit of more has sub-kits.
MAX_COMPONENTS = 45

AboveZero = Annotated[Quantity, Field(gt=0)]
Serials = Annotated[list[Code], Field(max_length=50)]


class Component(BaseModel):
    """`quantity` is what one of the kit takes, in `unit` or else the item's own."""

    model_config = ConfigDict(extra="forbid")

    item_id: Id
    quantity: AboveZero
    unit: UnitCode | None = None


class ComponentsRequest(BaseModel):
    """What one of the item is made of. An item that is listed twice counts together. With none, it
    is no kit any more."""

    model_config = ConfigDict(extra="forbid")

    components: Annotated[list[Component], Field(max_length=MAX_COMPONENTS)]


class ComponentView(BaseModel):
    """`base_quantity` is the quantity in the item's base unit, as it was when it was set."""

    item_id: str
    name: str
    sku: str
    quantity: float | int
    unit: str
    base_quantity: float | int
    base_quantity_exact: str | None
    base_unit: str
    is_kit: bool


class ItemName(BaseModel):
    item_id: str
    name: str


class Components(BaseModel):
    """`used_in` names kits that have the item as a component, the first twenty. `version` is 0 for
    an item that never had components."""

    item_id: str
    name: str
    components: list[ComponentView]
    used_in: list[ItemName]
    updated_at: str | None
    version: int


class Kit(BaseModel):
    """`quantity` is what there is of it, assembled. `components` counts the lines of its list."""

    id: str
    name: str
    sku: str
    status: str
    unit: str
    quantity: float | int
    quantity_exact: str | None
    components: int


class KitPage(BaseModel):
    kits: list[Kit]
    next_cursor: str | None


class Expected(BaseModel):
    """What is on order: how much is still to come, in the item's base unit, when and where."""

    quantity: float | int
    expected_at: str | None
    supplier_id: str
    warehouse_id: str
    order_id: str
    number: str


class Source(BaseModel):
    """From whom a component comes: `packs` of the supplier's part cover what is short, and would be
    here on `expected_at` if they were ordered today."""

    supplier_id: str
    supplier: str
    part_number: str
    packs: int
    pack_size: float | int
    unit: str
    price: str
    currency: str
    lead_time_days: int | None
    expected_at: date | None


class Shortage(BaseModel):
    """`needed` for all kits together, `free` of it now, and `short` what lacks."""

    item_id: str
    name: str
    sku: str
    unit: str
    needed: float | int
    free: float | int
    short: float | int
    short_exact: str | None
    source: Source | None
    on_order: list[Expected]


class SubKit(BaseModel):
    """A kit in the kit, of which so many are to be assembled first."""

    item_id: str
    name: str
    unit: str
    quantity: float | int


class ComponentStock(BaseModel):
    """A component of the kit itself: what one kit takes, and what is free of it."""

    item_id: str
    name: str
    unit: str
    quantity: float | int
    free: float | int
    is_kit: bool


class Availability(BaseModel):
    """How many there are: `in_stock` are free as they are, and `can_be_assembled` of what is free
    of their components, through sub-kits; both together are `available`.

    With a `quantity`: what assembling so many takes. `sub_kits` are to be assembled first, and
    `short` is what lacks even then. `short` says at most fifty, `short_items` how many there are.
    """

    item_id: str
    warehouse_id: str | None
    unit: str
    is_kit: bool
    in_stock: float | int
    can_be_assembled: float | int
    available: float | int
    components: list[ComponentStock]
    quantity: float | int | None
    sub_kits: list[SubKit]
    short: list[Shortage]
    short_items: int


class FromPlace(BaseModel):
    """Where a component is taken from, or goes to. `quantity` is in the item's base unit, and only
    needed where a component is named more than once. `expiry_date` is that of a lot which is new
    when a kit is taken apart."""

    model_config = ConfigDict(extra="forbid")

    item_id: Id
    location: Code | None = None
    lot: Code | None = None
    quantity: AboveZero | None = None
    serials: Serials = []
    expiry_date: date | None = None


class AssemblyRequest(BaseModel):
    """Assembles or disassembles `quantity` kits, in `unit` or the item's own.

    `location`, `lot`, `expiry_date` and `serials` are those of the kits. Components that
    `components` does not name are taken from what is free in the warehouse, first expiry first out,
    then from the oldest place; those of a kit that is taken apart go to the kit's location.
    """

    model_config = ConfigDict(extra="forbid")

    quantity: AboveZero
    unit: UnitCode | None = None
    warehouse_id: Id
    location: Code | None = None
    lot: Code | None = None
    expiry_date: date | None = None
    serials: Serials = []
    components: Annotated[list[FromPlace], Field(max_length=100)] = []
    reason: Reason | None = None


class Assembly(BaseModel):
    """What an assembly or a disassembly moved, all of it together: what the kits are worth is what
    the components took, and the other way round. `quantity` is in the kit's base unit."""

    id: str
    kind: Literal["assembly", "disassembly"]
    kit_id: str
    quantity: float | int
    quantity_exact: str | None
    value: str
    movements: list[MovementView]
