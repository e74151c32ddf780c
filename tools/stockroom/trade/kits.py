"""Kits of the plan: what they are made of, and when some of them are made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import product

from stockwarden.kits.model import AssemblyRequest, Component, FromPlace
from stockwarden.stock.movement import Kind
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.catalog import CatalogItem, item_id
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.events import Assembled, Composed

# Those of `make seed`; the ones after them are those of `make up`, in the same catalog.
MOST_KITS = 40
_PURPOSES = (
    "Packing station",
    "Cleaning trolley",
    "Maintenance",
    "Picking cart",
    "Loading dock",
    "Repair bench",
    "Canteen",
    "Inspection",
    "New starter",
    "Night shift",
    "Front desk",
)
_SIZES = ("basic", "standard", "large", "refill")
# Every third kit contains the one before it.
_NESTED_EVERY = 3
_TAKEN_APART = 0.12
_PRICE = 45.0


def kit_items(numbers: range) -> tuple[CatalogItem, ...]:
    """The items that become kits, by their numbers from 0; made in the house, so nobody sells
    them."""
    names = [f"{purpose} kit, {size}" for size, purpose in product(_SIZES, _PURPOSES)]
    return tuple(_kit_item(number + 1, names[number]) for number in numbers)


def _kit_item(number: int, name: str) -> CatalogItem:
    sku = f"KIT-{number:04}"
    return CatalogItem(
        id=item_id(sku),
        request={
            "name": name,
            "sku": sku,
            "description": f"{name}: put together in the warehouse.",
            "unit": "pcs",
            "storage_class": "ambient",
            "reorder_point": 4,
            "currency": "EUR",
        },
        path=("Kits",),
        supplier="",
        other_supplier="",
        pack="pcs",
        price=_PRICE,
        pace="C",
    )


@dataclass
class Kits:
    """The last kit is new, and takes more of the scarce item than there is."""

    days: Days
    assemblies: int
    composed: dict[str, dict[str, int]] = field(default_factory=dict)

    def enter(self) -> None:
        *kits, newest = self.days.company.kits
        for number, kit in enumerate(kits):
            self.days.on(1, partial(self._compose, number, kit))
        for number in range(self.assemblies if kits else 0):
            # In turn, so that there are some of a kit before one that contains it is made.
            day = 2 + (number + 0.5) * (self.days.days - 3) / self.assemblies
            kit = kits[number % len(kits)]
            self.days.on(day, partial(self._make, number, kit))
        self.days.on(self.days.days - 6, partial(self._compose, len(kits), newest))

    def _compose(self, number: int, kit: CatalogItem) -> None:
        chance, company = self.days.chance, self.days.company
        # Of what has no lots, so that a kit can be taken apart without naming any.
        usable = [
            item
            for item in company.goods
            if item.request.get("inventory_type") is None
            and item.request["unit"] == "pcs"
            and item is not company.scarce
        ]
        chosen = chance.sample(usable, min(len(usable), chance.randint(2, 5)))
        amounts = {item.id: chance.randint(1, 4) for item in chosen}
        if kit is company.kits[-1]:
            amounts[company.scarce.id] = 4
        elif number % _NESTED_EVERY == 1:
            amounts[company.kits[number - 1].id] = 1
        self.composed[kit.id] = amounts
        components = [
            Component(item_id=each, quantity=Decimal(amount)) for each, amount in amounts.items()
        ]
        self.days.happen(Composed, f"kit {kit.sku}", None, item_id=kit.id, components=components)

    def _make(self, number: int, kit: CatalogItem) -> None:
        """Some of it, as far as one place has enough of each component; or takes one apart."""
        chance, shelves, site = self.days.chance, self.days.shelves, self.days.company.sites[0]
        there = Place(site.warehouse_id, self.days.location(site, kit), NONE)
        if chance.random() < _TAKEN_APART and shelves.take_from(kit.id, there, 1):
            for item_id_, amount in self.composed[kit.id].items():
                shelves.add(item_id_, there, None, amount)
            self._happen(f"apart {number}", kit, _request(1, there), Kind.DISASSEMBLY)
            return
        several = chance.randint(2, 6)
        day = self.days.now.date()
        places = {
            each: shelves.find(site.warehouse_id, each, amount * several, day)
            for each, amount in self.composed[kit.id].items()
        }
        sources = []
        for each, place in places.items():
            if place is None:
                return
            sources.append(FromPlace(item_id=each, location=place.location))
        for each, place in places.items():
            if place is not None:
                shelves.take_from(each, place, self.composed[kit.id][each] * several)
        shelves.add(kit.id, there, None, several)
        request = _request(several, there, sources)
        self._happen(f"together {number}", kit, request, Kind.ASSEMBLY)

    def _happen(self, name: str, kit: CatalogItem, request: AssemblyRequest, kind: Kind) -> None:
        site = self.days.company.sites[0]
        self.days.happen(Assembled, name, site, item_id=kit.id, kind=kind, request=request)


def _request(quantity: int, place: Place, sources: Sequence[FromPlace] = ()) -> AssemblyRequest:
    """Of kits that come to a place, or leave it."""
    return AssemblyRequest(
        quantity=Decimal(quantity),
        warehouse_id=place.warehouse_id,
        location=place.location,
        components=list(sources),
    )
