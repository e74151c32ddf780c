"""What to order of an item that is low: how much, from whom, and until when.

Pure: it gets what was read. How much: the item's reorder quantity, as often as it takes to be above
the reorder point with what is on order; without one, up to the reorder point and a month's use (as
much again as the reorder point, where that is more). It is rounded up to the supplier's packs.

Until when: an order must come before what is free, and what comes in time, runs out at the mean
use. What is late counts for how much to order, but nobody knows when it comes.

From whom: the item's own supplier, if it sells the item; else who asks least for one, of those in
the item's currency. Archived suppliers are asked for nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

from stockwarden.catalog.lead_times import measured
from stockwarden.catalog.units import Unit, convert
from stockwarden.core.exact import parse_fraction
from stockwarden.stock.head import fraction_of

Unknown = Literal["no_use", "no_offer", "no_lead_time", "on_order"]
# So many days of use are looked back on, and so many are ordered for.
RATE_DAYS = 90
_ORDERED_DAYS = 30
# A date further away says nothing.
_FAR_DAYS = 3650


@dataclass(frozen=True)
class Offer:
    """How a supplier sells an item: packs of so much, in the item's unit, each for a price."""

    supplier_id: str
    supplier_name: str
    part_number: str
    pack: Fraction
    price: Decimal
    currency: str
    minimum_packs: int
    lead_days: float | None
    lead_from: str | None

    @property
    def price_of_one(self) -> Fraction:
        return Fraction(self.price) / self.pack


@dataclass(frozen=True)
class Delivery:
    """What is on order, in the item's unit; `expected_on` is None where nobody said when."""

    quantity: Fraction
    expected_on: date | None


@dataclass(frozen=True)
class LowItem:
    """What is known of an item that is low. `used` is what was used in the last `used_days` days;
    all quantities are in its unit."""

    free: Fraction
    deliveries: Sequence[Delivery]
    reorder_point: Fraction
    reorder_quantity: Fraction | None
    decimals: int
    used: Fraction
    used_days: int
    supplier_id: str | None
    currency: str | None
    offers: Sequence[Offer]

    @property
    def on_order(self) -> Fraction:
        return sum((each.quantity for each in self.deliveries), Fraction(0))


@dataclass(frozen=True)
class Advice:
    """`unknown` says why something is None: `no_use`, `no_offer`, `no_lead_time`; or that there is
    nothing to order, and so no day for it: `on_order`."""

    quantity: Fraction
    packs: int | None
    offer: Offer | None
    chosen: str | None
    daily_use: Fraction
    days_left: int | None
    runs_out_on: date | None
    order_by: date | None
    unknown: tuple[Unknown, ...]


def advise(item: LowItem, today: date) -> Advice:
    offer, chosen = _chosen(item)
    daily = max(item.used, Fraction(0)) / item.used_days
    needed = _needed(item, daily)
    quantity, packs = _rounded(item, needed, offer)
    left = _days_left(item, daily, today) if daily else None
    runs_out_on = today + timedelta(days=left) if left is not None and left < _FAR_DAYS else None
    lead = offer.lead_days if offer else None
    order_by = None
    if needed and runs_out_on and lead is not None:
        order_by = runs_out_on - timedelta(days=ceil(lead))
    reasons: dict[Unknown, bool] = {
        "no_use": not daily,
        "no_offer": offer is None,
        "no_lead_time": offer is not None and lead is None,
        "on_order": not needed,
    }
    unknown = tuple(name for name, holds in reasons.items() if holds)
    return Advice(quantity, packs, offer, chosen, daily, left, runs_out_on, order_by, unknown)


def _days_left(item: LowItem, daily: Fraction, today: date) -> int:
    left: Fraction = item.free / daily
    expected = sorted(
        (each.expected_on, each.quantity)
        for each in item.deliveries
        if each.expected_on is not None
    )
    for day, quantity in expected:
        if 0 <= (day - today).days <= max(left, Fraction(0)):
            left += quantity / daily
    return max(floor(left), 0)


def _chosen(item: LowItem) -> tuple[Offer | None, str | None]:
    own = next((each for each in item.offers if each.supplier_id == item.supplier_id), None)
    if own is not None:
        return own, "preferred"
    comparable = [each for each in item.offers if item.currency in {None, each.currency}]
    currencies = {each.currency for each in comparable}
    if len(currencies) != 1:
        return None, None
    cheapest = min(comparable, key=lambda each: (each.price_of_one, each.supplier_id))
    return cheapest, "cheapest"


def _needed(item: LowItem, daily: Fraction) -> Fraction:
    coming = item.free + item.on_order
    if coming > item.reorder_point:
        return Fraction(0)
    missing = item.reorder_point - coming
    if item.reorder_quantity:
        # At the reorder point it is still low: it must be above.
        return item.reorder_quantity * (floor(missing / item.reorder_quantity) + 1)
    return missing + (max(daily * _ORDERED_DAYS, item.reorder_point) or Fraction(1))


def _rounded(item: LowItem, needed: Fraction, offer: Offer | None) -> tuple[Fraction, int | None]:
    if offer is None:
        step = Fraction(1, 10**item.decimals)
        return ceil(needed / step) * step, None
    if not needed:
        return needed, 0
    packs = max(ceil(needed / offer.pack), offer.minimum_packs)
    return packs * offer.pack, packs


def offers_of(
    parts: Sequence[Mapping[str, Any]],
    suppliers: Mapping[str, Mapping[str, Any]],
    units: Mapping[str, Unit],
    unit: str,
) -> list[Offer]:
    """The offers of an item that is kept in `unit`. What was measured of a supplier comes before
    what it promises for the part, and that before what it promises in general."""
    offers = []
    for part in parts:
        supplier = suppliers.get(part["supplier_id"])
        sold, kept = units.get(part["unit"]), units.get(unit)
        is_offered = supplier is not None and not supplier.get("archived")
        if supplier is None or not is_offered or sold is None or kept is None:
            continue
        if sold.dimension is not kept.dimension:
            continue
        days = {
            "measured": measured(supplier)["measured_lead_time_days"],
            "part": part.get("lead_time_days"),
            "supplier": supplier.get("lead_time_days"),
        }
        lead_from = next((name for name, each in days.items() if each is not None), None)
        offers.append(
            Offer(
                supplier_id=part["supplier_id"],
                supplier_name=supplier["name"],
                part_number=part["part_number"],
                pack=convert(parse_fraction(part["pack_size"]), sold, kept),
                price=Decimal(part["price"]),
                currency=part["currency"],
                minimum_packs=part.get("minimum_packs") or 1,
                lead_days=days[lead_from] if lead_from else None,
                lead_from=lead_from,
            )
        )
    return offers


def quantity_of(text: str | None) -> Fraction | None:
    """A stored reorder quantity; None also for nothing."""
    return fraction_of(text) or None
