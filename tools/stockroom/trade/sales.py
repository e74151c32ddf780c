"""Sales orders of the plan: they ask for what there is, and go out as far as it is still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from stockwarden.orders.requests import MovedLine
from stockwarden.orders.states import Act
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.sites import Site
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.desk import Desk, DeskLine

_CUSTOMERS = (
    "Bistro Havenzicht",
    "Hotel Mirador",
    "Buurtwinkel Linde",
    "Colegio San Telmo",
    "Werkplaats Oost",
    "Residencia Los Olmos",
    "Kantine Noord",
    "Talleres Pinar",
)
_MARGIN = Decimal("1.35")
_TRIES = 3
# Of all orders, the odd ones of which are sales.
_LARGE_EVERY, _FIRST_LARGE = 30, 15
_WHY_BACK = ("Ordered too much", "Wrong item sent", "Not collected")


@dataclass
class Sales:
    days: Days

    def sell(self, number: int, fate: str) -> None:
        """An order of what there is, as it ends by its fate; where there is nothing, none."""
        desk = self.draw_up(number, large=number % _LARGE_EVERY == _FIRST_LARGE)
        if desk is None:
            return
        desk.expect_on((self.days.now - self.days.begin).days + 6)
        desk.draft()
        chance = self.days.chance
        if fate == "dropped":
            self.days.after(chance.uniform(0.5, 3), desk.cancel)
            return
        self.days.after(chance.uniform(0.02, 0.5), desk.place)
        if fate == "cancelled":
            self.days.after(chance.uniform(0.6, 2), desk.cancel)
        else:
            self.days.after(chance.uniform(0.8, 4), lambda: self._go(desk, fate, _TRIES))

    def draw_up(self, number: int, *, large: bool = False) -> Desk | None:
        site = self.days.site()
        items = self._items(site)
        wanted = self.days.chance.randint(15, 30) if large else self.days.chance.randint(1, 6)
        lines = [
            self._line(position, site, item)
            for position, item in enumerate(self.days.chance.sample(items, min(wanted, len(items))))
        ]
        customer = self.days.chance.choice(_CUSTOMERS)
        request: dict[str, object] = {"type": "sales", "customer": customer, "currency": "EUR"}
        return Desk(self.days, number, site, request, lines) if lines else None

    def ship_share(self, desk: Desk, share: float) -> None:
        self._ship(desk, share)

    def _ship(self, desk: Desk, share: float) -> list[tuple[DeskLine, Place]]:
        """Of each line what is open, or a share of it, as far as it is there."""
        moved, lines = [], []
        for line in desk.lines:
            wanted = line.open if share == 1 else int(line.open * share)
            there = self._take(desk, line, wanted)
            for place, quantity in there:
                line.open -= quantity
                moved.append((line, place))
                lines.append(_moved_line(line, place, quantity))
        desk.move(Act.SHIP, lines)
        return moved

    def _take(self, desk: Desk, line: DeskLine, quantity: int) -> Sequence[tuple[Place, int]]:
        day = self.days.now.date()
        return self.days.shelves.take(desk.site.warehouse_id, line.item.id, quantity, day)

    def _go(self, desk: Desk, fate: str, tries: int) -> None:
        chance = self.days.chance
        is_first = tries == _TRIES
        moved = self._ship(desk, 0.5 if is_first and fate in {"partial", "short"} else 1)
        if fate == "short" and moved:
            self.days.after(chance.uniform(1, 5), desk.cancel)
        elif desk.is_open and tries:
            self.days.after(chance.uniform(1, 5), lambda: self._go(desk, fate, tries - 1))
        elif desk.is_open:
            desk.cancel()
        if fate == "returned" and moved and is_first:
            self.days.after(chance.uniform(2, 9), lambda: self._come_back(desk, *moved[0]))

    def _come_back(self, desk: Desk, line: DeskLine, place: Place) -> None:
        self.days.shelves.put_back(line.item.id, place, 1)
        back = [_moved_line(line, place, 1)]
        desk.move(Act.RETURN, back, self.days.chance.choice(_WHY_BACK))

    def _items(self, site: Site) -> list[CatalogItem]:
        company = self.days.company
        sold = [item for item in (*company.goods, *company.kits) if item is not company.scarce]
        return [item for item in sold if self.days.free(site, item) > 2]

    def _line(self, position: int, site: Site, item: CatalogItem) -> DeskLine:
        share = self.days.chance.randint(4, 18)
        return DeskLine(
            id=f"{position + 1:04}",
            item=item,
            quantity=max(1, self.days.free(site, item) * share // 100),
            price=Decimal(str(item.price)) * _MARGIN,
        )


def _moved_line(line: DeskLine, place: Place, quantity: int) -> MovedLine:
    return MovedLine(
        line_id=line.id,
        quantity=Decimal(quantity),
        location=place.location,
        lot=None if place.lot == NONE else place.lot,
    )
