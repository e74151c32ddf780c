"""API models of what is low, and what to order."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from stockwarden.analytics.advice import Unknown


class SuggestedOffer(BaseModel):
    """From whom: `preferred` is the item's own supplier, `cheapest` the one that asks least for
    one. `lead_time_from` says whether its lead time was measured, or promised for the part or by
    the supplier."""

    supplier_id: str
    supplier_name: str
    chosen: Literal["preferred", "cheapest"]
    part_number: str
    packs: int
    pack_size: float | int
    price: str = Field(description="Of a pack.")
    currency: str
    lead_time_days: float | None
    lead_time_from: Literal["measured", "part", "supplier"] | None


class LowStockItem(BaseModel):
    """Quantities are in the item's unit. `daily_use` is the mean of the last 90 days, or of as many
    as there is the item; `days_left` how long what is free lasts, with what comes in time;
    `order_by` the day on which an order comes just before it runs out, and `is_late` that this is
    past. `unknown` says why something is null; `on_order` that enough is, and nothing to order."""

    item_id: str
    name: str
    sku: str
    unit: str
    category: str | None
    quantity: float | int
    reserved: float | int
    free: float | int
    on_order: float | int
    expected_at: str | None = Field(description="Of the first of the open orders.")
    reorder_point: float | int
    suggested_quantity: float | int
    offer: SuggestedOffer | None
    daily_use: float
    days_left: int | None
    runs_out_on: date | None
    order_by: date | None
    is_late: bool
    unknown: list[Unknown]


class LowStockPage(BaseModel):
    """The emptiest first, by their reorder points. `as_of` is of which items these are; what is
    said of them is as it was at the request."""

    as_of: str | None
    items: list[LowStockItem]
    next_cursor: str | None
