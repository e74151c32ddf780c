"""Goods as they arrive: in which lots, and what was there when the plan begins."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.sites import Site
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.events import Arrived

# A transaction has 100 actions, and a line with a new lot takes five.
_TOGETHER = 15
_OF_THE_SCARCE = 2


def place_of_arrival(days: Days, site: Site, item: CatalogItem) -> tuple[Place, date | None]:
    """Where the item goes that arrives now, and when it expires."""
    today = days.now.date()
    life: int | None = item.request.get("shelf_life_days")
    has_lots = item.request.get("inventory_type") is not None
    lot = f"{site.mark}{today:%y%m%d}" if has_lots else NONE
    expires = today + timedelta(days=int(life * 0.9)) if has_lots and life else None
    return Place(site.warehouse_id, days.location(site, item), lot), expires


def open_shop(days: Days) -> None:
    """Enters what is there on the first day."""
    for position, site in enumerate(days.company.sites):
        goods = days.company.goods if position == 0 else days.company.goods[::3]
        for first in range(0, len(goods), _TOGETHER):
            name, items = f"opening {position}-{first}", goods[first : first + _TOGETHER]
            days.on(0, partial(_open, days, site, items, name))


def _open(days: Days, site: Site, items: Sequence[CatalogItem], name: str) -> None:
    lines = []
    for position, item in enumerate(items):
        point = int(item.request.get("reorder_point", 10))
        quantity = point * days.chance.randint(3, 6)
        if item is days.company.scarce:
            quantity = _OF_THE_SCARCE
        place, expires = place_of_arrival(days, site, item)
        days.shelves.add(item.id, place, expires, quantity)
        lines.append(
            Line(
                pointer=f"/lines/{position}",
                item_id=item.id,
                kind=Kind.RECEIPT,
                place=place,
                quantity=Decimal(quantity),
                reason="Opening stock",
                expiry_date=expires,
                unit_cost=Decimal(f"{item.price:.2f}"),
                timezone=site.timezone,
            )
        )
    days.happen(Arrived, name, site, lines=lines)


def packs_of(quantity: float, pack: Decimal) -> int:
    """How many packs hold so much."""
    return max(1, math.ceil(quantity / float(pack)))
