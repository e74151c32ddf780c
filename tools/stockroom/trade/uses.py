"""What is used up in the plan, and what of it was logged wrong."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from stockwarden.consumption.model import ConsumptionRequest, CorrectionRequest
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.families import FOOD
from tools.stockroom.sites import Site
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.events import Corrected, Used

_PURPOSES = (
    "Packing bench",
    "Packing bench",
    "Line 2",
    "Maintenance",
    "Cleaning",
    "Forklift repair",
    "Office",
)
_NOTES = ("Counted again", "Typed one too many", "Was put back", "Wrong item taken")
_WRONG_EVERY, _FIRST_WRONG = 25, 7
_MOST = 6


@dataclass
class Uses:
    days: Days
    a_day: float

    def enter(self) -> None:
        for number in range(int(self.a_day * self.days.days)):
            self.days.on(1 + number / self.a_day, partial(self._use, number))

    def _use(self, number: int) -> None:
        chance = self.days.chance
        site = self.days.site()
        items = [item for item in self._usable() if self.days.free(site, item) > 2 * _MOST]
        if not items:
            return
        item = chance.choice(items)
        quantity = chance.randint(1, _MOST)
        day = self.days.now.date()
        place = self.days.shelves.find(site.warehouse_id, item.id, quantity, day)
        if place is None or not self.days.shelves.take_from(item.id, place, quantity):
            return
        request = ConsumptionRequest(
            item_id=item.id,
            quantity=Decimal(quantity),
            warehouse_id=site.warehouse_id,
            location=place.location,
            lot=None if place.lot == NONE else place.lot,
            purpose=chance.choice(_PURPOSES),
        )
        self.days.happen(Used, f"use {number}", site, request=request)
        if number % _WRONG_EVERY == _FIRST_WRONG:
            wait = chance.uniform(0.1, 1.5)
            self.days.after(wait, partial(self._correct, number, site, item, place, quantity))

    def _correct(
        self, number: int, site: Site, item: CatalogItem, place: Place, quantity: int
    ) -> None:
        """It was one fewer; nothing, if that is none."""
        right = quantity - 1
        self.days.shelves.put_back(item.id, place, 1)
        request = CorrectionRequest(
            quantity=Decimal(right) if right else None, note=self.days.chance.choice(_NOTES)
        )
        name = f"use {number}"
        self.days.happen(Corrected, f"{name} corrected", site, entry=name, request=request)

    def _usable(self) -> list[CatalogItem]:
        """Nobody eats what is for sale."""
        company = self.days.company
        return [
            item for item in company.goods if item.path[0] != FOOD and item is not company.scarce
        ]
