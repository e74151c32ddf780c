"""API models of the ranked lists of items."""

from typing import Literal

from pydantic import BaseModel, Field

# `issue` is sold or given away, less what came back; `assembly` what kits are made of.
Use = Literal["issue", "consumption", "assembly"]


class ListedItem(BaseModel):
    """`name`, `sku` and `unit` are as they are now; null where the item is gone by now."""

    item_id: str
    name: str | None
    sku: str | None
    unit: str | None
    category: str | None
    supplier: str | None
    inventory_type: str | None


class UsedItem(ListedItem):
    """`quantity` is in the item's unit, `value` what it cost."""

    quantity: float | int
    quantity_exact: str | None
    value: str


class RankedList(BaseModel):
    """`as_of` is when the list was made, null before the first time. `days` is the period, today
    included; `currency` that of the values, null for items that name none, and `currencies` has
    those that there are such lists in."""

    as_of: str | None
    days: int
    warehouse_id: str | None
    currency: str | None
    currencies: list[str | None]
    next_cursor: str | None


class ClassifiedItem(UsedItem):
    """`share_before` is the share of the items before it, which decides its class."""

    abc_class: str = Field(alias="class", serialization_alias="class")
    share_before: float


class ClassTotal(BaseModel):
    name: str
    items: int
    value: str
    share: float | None


class AbcList(RankedList):
    value: str
    classes: list[ClassTotal]
    items: list[ClassifiedItem]


class TurnoverItem(ListedItem):
    """`used` is the cost of what left, `average` the mean value at the ends of the days; `turnover`
    how often the one is in the other, and `days_of_stock` how long the average would last."""

    used: str
    average: str
    turnover: float | None
    days_of_stock: float | None


class TurnoverList(RankedList):
    used: str
    average: str
    turnover: float | None
    days_of_stock: float | None
    items: list[TurnoverItem]


class SlowItem(UsedItem):
    """`quantity` and `value` are what there is. `idle_days` is since something was last used, or,
    where nothing was within the period (`used_before` is false), since there is stock."""

    idle_days: int
    used_before: bool


class IdleTotal(BaseModel):
    """What lies for so many days or longer."""

    idle_days: int
    items: int
    value: str


class SlowList(RankedList):
    totals: list[IdleTotal]
    items: list[SlowItem]


class UseOfItem(BaseModel):
    """`purpose` is that of the consumption log, in small letters, where it has one."""

    use: Use
    purpose: str | None
    quantity: float | int
    quantity_exact: str | None
    value: str


class ConsumedItem(UsedItem):
    """What was used, and what for: the hundred uses that cost most, which a filter finds it by, and
    how many others there are. `per_day` and `per_week` are means over the period."""

    per_day: float
    per_week: float
    uses: list[UseOfItem]
    further_uses: int


class UseTotal(BaseModel):
    use: Use
    purpose: str | None
    items: int
    value: str


class ConsumptionList(RankedList):
    """`uses` are the hundred that cost most, the dearest first."""

    value: str
    uses: list[UseTotal]
    further_uses: int
    items: list[ConsumedItem]
