"""Purchase orders of the plan: what is low is bought, comes when the supplier manages, sometimes in
parts, and some of it goes back."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from stockwarden.orders.requests import MovedLine
from stockwarden.orders.states import Act
from stockwarden.storage.keys.stock import NONE
from tools.stockroom.catalog import CatalogItem, pack_size, part_requests, supplier_id
from tools.stockroom.suppliers import SUPPLIERS, WHOLESALERS
from tools.stockroom.trade.arrivals import packs_of, place_of_arrival
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.desk import Desk, DeskLine

_LARGE = 40
# Of all orders, the even ones of which are purchases.
_LARGE_EVERY, _FIRST_LARGE = 40, 24
_DEARER = Decimal("1.08")
# From the quickest to the slowest delivery, as a share of the promised time.
_MANNERS = ((0.75, 1.0), (0.9, 1.15), (0.9, 1.4), (1.3, 2.2))
_WHY_BACK = ("Damaged in transit", "Wrong item delivered", "Quality")
_LEAD = {name: days for name, _, _, days in SUPPLIERS}


@dataclass
class Purchases:
    days: Days

    def buy(self, number: int, fate: str) -> None:
        """An order of what one supplier sells, as it ends by its fate."""
        desk = self.draw_up(number, large=number % _LARGE_EVERY == _FIRST_LARGE)
        desk.draft()
        chance = self.days.chance
        if fate == "dropped":
            self.days.after(chance.uniform(0.5, 3), desk.cancel)
        else:
            self.days.after(chance.uniform(0.05, 1.2), lambda: self.place(desk, fate))

    def draw_up(
        self, number: int, *, large: bool = False, more: Sequence[CatalogItem] = ()
    ) -> Desk:
        """`large` is an order of many lines, of a wholesaler; `more` is in the order, too."""
        site = self.days.company.sites[0] if more else self.days.site()
        if large:
            supplier, lines = WHOLESALERS[0], self._loose_lines()
        else:
            supplier = more[0].supplier if more else self._supplier()
            lines = self._pack_lines(supplier, more)
        request: dict[str, object] = {
            "type": "purchase",
            "supplier_id": supplier_id(supplier),
            "costs": self._costs(),
        }
        desk = Desk(self.days, number, site, request, lines)
        self._promised[number] = self._promise(supplier, lines)
        self._suppliers[number] = supplier
        return desk

    def place(self, desk: Desk, fate: str) -> None:
        """And it comes when it comes."""
        desk.place()
        quick, slow = self._manner(self._suppliers[desk.number])
        arrives = self._promised[desk.number] * self.days.chance.uniform(quick, slow)
        if fate == "cancelled":
            self.days.after(arrives * 0.6, desk.cancel)
        else:
            self.days.after(arrives, lambda: self._come(desk, fate))

    def receive(self, desk: Desk, share: float = 1) -> None:
        """All that is open, or a share of each line: of one that has only one, nothing."""
        lines = []
        for line in desk.lines:
            quantity = line.open if share == 1 else int(line.open * share)
            if not quantity:
                continue
            place, expires = place_of_arrival(self.days, desk.site, line.item)
            self.days.shelves.add(line.item.id, place, expires, quantity * line.size)
            line.open -= quantity
            lines.append(
                MovedLine(
                    line_id=line.id,
                    quantity=Decimal(quantity),
                    location=place.location,
                    lot=None if place.lot == NONE else place.lot,
                    expiry_date=expires,
                )
            )
        desk.move(Act.RECEIVE, lines)

    def _come(self, desk: Desk, fate: str) -> None:
        chance = self.days.chance
        if fate not in {"partial", "short"}:
            self.receive(desk)
            if fate == "returned":
                self.days.after(chance.uniform(1, 4), lambda: self._send_back(desk))
            return
        self.receive(desk, 0.6)
        if fate == "short":
            self.days.after(chance.uniform(4, 12), desk.cancel)
        else:
            self.days.after(chance.uniform(2, 9), lambda: self.receive(desk))

    def _send_back(self, desk: Desk) -> None:
        shelves, day = self.days.shelves, self.days.now.date()
        for line in desk.lines:
            place = shelves.find(desk.site.warehouse_id, line.item.id, line.size, day)
            if place is not None and shelves.take_from(line.item.id, place, line.size):
                back = MovedLine(
                    line_id=line.id,
                    quantity=Decimal(1),
                    location=place.location,
                    lot=None if place.lot == NONE else place.lot,
                )
                desk.move(Act.RETURN, [back], self.days.chance.choice(_WHY_BACK))
                return

    # ---- What is ordered ----

    def _supplier(self) -> str:
        """Of three, the one whose goods are lowest."""
        names = self.days.chance.choices(self._names, k=3)
        return min(names, key=lambda name: min(map(self._cover, self._sold_by(name))))

    @cached_property
    def _names(self) -> list[str]:
        """Of suppliers, each as often as it has goods."""
        return [item.supplier for item in self._goods]

    @cached_property
    def _goods(self) -> Sequence[CatalogItem]:
        scarce = self.days.company.scarce
        return [item for item in self.days.company.goods if item is not scarce]

    def _sold_by(self, supplier: str) -> list[CatalogItem]:
        return [item for item in self._goods if item.supplier == supplier]

    def _cover(self, item: CatalogItem) -> float:
        there = sum(self.days.free(site, item) for site in self.days.company.sites)
        return there / int(item.request.get("reorder_point", 10))

    def _pack_lines(self, supplier: str, more: Sequence[CatalogItem]) -> list[DeskLine]:
        lowest = sorted(self._sold_by(supplier), key=lambda item: (self._cover(item), item.sku))
        items = [*more, *lowest][: max(len(more) + 1, self.days.chance.randint(1, 7))]
        return [
            DeskLine(
                id=f"{position + 1:04}",
                item=item,
                quantity=packs_of(int(item.request["reorder_quantity"]) / 2, pack_size(item)),
                packs=True,
                size=int(pack_size(item)),
            )
            for position, item in enumerate(items)
        ]

    def _loose_lines(self) -> list[DeskLine]:
        """In the items' own units, at the price of somebody who sells everything."""
        lowest = sorted(self._goods, key=lambda item: (self._cover(item), item.sku))[:_LARGE]
        return [
            DeskLine(
                id=f"{position + 1:04}",
                item=item,
                quantity=int(item.request["reorder_quantity"]),
                price=Decimal(str(item.price)) * _DEARER,
            )
            for position, item in enumerate(lowest)
        ]

    def _costs(self) -> list[dict[str, str]]:
        chance, costs = self.days.chance, []
        if chance.random() < 0.4:
            costs.append({"name": "Freight", "amount": f"{chance.randint(25, 140)}.00"})
        if chance.random() < 0.1:
            costs.append({"name": "Duty", "amount": f"{chance.randint(10, 90)}.50"})
        return costs

    # ---- How long it takes ----

    @cached_property
    def _promised(self) -> dict[int, float]:
        """The days that were promised, by the numbers of orders."""
        return {}

    @cached_property
    def _suppliers(self) -> dict[int, str]:
        return {}

    def _promise(self, supplier: str, lines: Sequence[DeskLine]) -> float:
        parts = [
            float(body["lead_time_days"])
            for line in lines
            if line.packs
            for name, body in part_requests(line.item)
            if name == supplier
        ]
        return max(parts, default=float(_LEAD[supplier]))

    def _manner(self, supplier: str) -> tuple[float, float]:
        """A supplier is as it is: quick, punctual, or late."""
        return random.Random(f"manner of {supplier}").choice(_MANNERS)  # noqa: S311
