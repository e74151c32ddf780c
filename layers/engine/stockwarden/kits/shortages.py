"""From whom what is short comes, and when: suppliers' parts, and what is on order already."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.units import Unit
from stockwarden.core.clock import Clock
from stockwarden.core.exact import exact_text, json_number, parse_fraction
from stockwarden.identity.access import Caller
from stockwarden.kits.graph import Takings
from stockwarden.kits.model import Expected, Shortage, Source
from stockwarden.stock.head import Head
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Table

# So many shortages are told, each with up to so many parts examined.
MOST_TOLD = 50
_MOST_PARTS = 20
_AT_ONCE = 8

# What is still to come of each item, of purchase orders, by the ids of the items.
OnOrder = Callable[[Collection[str]], Mapping[str, Sequence[Expected]]]


class Shortages:
    def __init__(
        self, catalog: Table, units: UnitRepository, clock: Clock, *, on_order: OnOrder
    ) -> None:
        self.catalog = catalog
        self.units = units
        self.clock = clock
        self.on_order = on_order

    def told(
        self,
        caller: Caller,
        takings: Takings,
        heads: Mapping[str, Head],
        free: Mapping[str, Fraction],
    ) -> list[Shortage]:
        """What is short, by name; of the first `MOST_TOLD`. A query for the parts of each, one read
        for all suppliers. What is on order is that of the warehouses which the caller reaches."""
        short = sorted(takings.short, key=lambda each: (heads[each].name, each))[:MOST_TOLD]
        if not short:
            return []
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            parts = dict(zip(short, pool.map(self._parts, short), strict=True))
        suppliers = self._suppliers(
            {part["supplier_id"] for each in parts.values() for part in each}
        )
        codes = {part["unit"] for each in parts.values() for part in each}
        units = self.units.find_many(codes | {heads[each].unit for each in short})
        expected = self.on_order(short)
        return [
            Shortage(
                item_id=each,
                name=heads[each].name,
                sku=heads[each].sku,
                unit=heads[each].unit,
                needed=json_number(takings.needed[each]),
                free=json_number(free.get(each, Fraction(0))),
                short=json_number(takings.short[each]),
                short_exact=exact_text(takings.short[each]),
                source=self._source(
                    heads[each], takings.short[each], parts[each], suppliers, units
                ),
                on_order=[
                    order for order in expected.get(each, ()) if caller.reaches(order.warehouse_id)
                ],
            )
            for each in short
        ]

    def _parts(self, item_id: str) -> list[Item]:
        return self.catalog.query(keys.parts(item_id), limit=_MOST_PARTS).items

    def _suppliers(self, supplier_ids: set[str]) -> dict[str, Item]:
        wanted = [keys.suppliers().key(each) for each in sorted(supplier_ids)]
        return {item["id"]: item for item in self.catalog.get_many(wanted)}

    def _source(
        self,
        head: Head,
        short: Fraction,
        parts: Sequence[Item],
        suppliers: Mapping[str, Item],
        units: Mapping[str, Unit],
    ) -> Source | None:
        """The part of the item's own supplier; else the one that is here first, of those the
        cheapest. None where nobody sells it."""
        offers = []
        for part in parts:
            supplier = suppliers.get(part["supplier_id"])
            if supplier is None or supplier.get("archived") or part["unit"] not in units:
                continue
            pack = parse_fraction(part["pack_size"])
            base = pack * units[part["unit"]].factor / units[head.unit].factor
            days = part.get("lead_time_days", supplier.get("lead_time_days"))
            is_own = head.item.get("supplier") == part["supplier_id"]
            cost = Fraction(Decimal(part["price"])) / base
            rank = (not is_own, days is None, days or 0, cost, part["supplier_id"])
            offers.append((rank, part, supplier, base, days))
        if not offers:
            return None
        _, part, supplier, base, days = min(offers, key=lambda offer: offer[0])
        packs = max(-(-short // base), int(part.get("minimum_packs") or 1))
        return Source(
            supplier_id=part["supplier_id"],
            supplier=supplier["name"],
            part_number=part["part_number"],
            packs=packs,
            pack_size=json_number(parse_fraction(part["pack_size"])),
            unit=part["unit"],
            price=part["price"],
            currency=part["currency"],
            lead_time_days=_days(days),
            expected_at=self._in(days),
        )

    def _in(self, days: Any) -> Any:
        if days is None:
            return None
        return (self.clock() + timedelta(days=int(days))).date()


def _days(days: Any) -> int | None:
    return None if days is None else int(days)
