"""The plan of the trade: everything from the seed, the items, the warehouses and the first day.

Suppliers keep their promises, or do not; customers get what there is. The last days are as a
warehouse is found on a morning: drafts, an order to receive, some that are late, some that are
halfway, and a kit that lacks a part which is on order.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import cycle

from stockwarden.identity.access import Caller
from tools.stockroom.catalog import CatalogItem, pack_size
from tools.stockroom.families import DEVICE_TYPE
from tools.stockroom.sites import Site
from tools.stockroom.trade.arrivals import open_shop
from tools.stockroom.trade.days import Company, Days
from tools.stockroom.trade.events import Event
from tools.stockroom.trade.kits import Kits, kit_items
from tools.stockroom.trade.purchases import Purchases
from tools.stockroom.trade.sales import Sales
from tools.stockroom.trade.uses import Uses

# How ordinary orders end, in turn. Purchases and sales alternate, so that there is each of both.
_AFTER_THAT = {"usual": 9, "partial": 3, "returned": 1, "short": 1, "dropped": 1}
FATES = (
    *("usual", "partial", "returned", "cancelled"),
    *(fate for fate, number in _AFTER_THAT.items() for _ in range(number)),
)
# Those of the last days.
FOUND_AT_THE_END = 8
_FEWEST_GOODS, _MOST_GOODS, _SHARE_OF_GOODS = 8, 160, 4
_SHORT_LIVED = 300


@dataclass(frozen=True)
class Size:
    """How many orders and assemblies there are, and uses a day; the numbers of the kits."""

    orders: int
    kits: range
    assemblies: int
    uses_a_day: float


def goods_of(items: Sequence[CatalogItem]) -> Sequence[CatalogItem]:
    """Those that are ordered, a quarter of all at most, the last ones; none where there are few.
    No devices, and nothing that spoils soon."""
    suitable = [
        item
        for item in items
        if item.request.get("inventory_type") != DEVICE_TYPE
        and (item.request.get("shelf_life_days") or _SHORT_LIVED) >= _SHORT_LIVED
        and item.request.get("reorder_point")
    ]
    number = min(_MOST_GOODS, len(items) // _SHARE_OF_GOODS)
    return suitable[-number:] if number >= _FEWEST_GOODS else ()


def company_of(
    goods: Sequence[CatalogItem], kits: range, sites: Sequence[Site], keeper: Caller
) -> Company:
    """`kits` are their numbers. Raises StopIteration where no goods are sold by the box."""
    # Sold by the box, and in boxes that a plan can count.
    scarce = next(
        item
        for item in goods
        if item.request.get("inventory_type") is None
        and item.request["unit"] == "pcs"
        and pack_size(item) > 1
    )
    return Company(goods, scarce, kit_items(kits), sites, keeper)


def plan(company: Company, size: Size, seed: int, first: date, days: int) -> Sequence[Event]:
    """What happens in `days` days from the `first`, in the order of time."""
    return _Plan(company, size, Days(company, seed, first, days)).make()


class _Plan:
    def __init__(self, company: Company, size: Size, days: Days) -> None:
        self.company, self.size, self.days = company, size, days
        self.purchases, self.sales = Purchases(days), Sales(days)

    def make(self) -> Sequence[Event]:
        open_shop(self.days)
        Kits(self.days, self.size.assemblies).enter()
        Uses(self.days, self.size.uses_a_day).enter()
        ordinary = self.size.orders - FOUND_AT_THE_END
        acts: Iterator[Callable[[int, str], None]] = cycle((self.purchases.buy, self.sales.sell))
        for number, act in zip(range(ordinary), acts, strict=False):
            day = 1 + (number + 0.5) * (self.days.days - 10) / ordinary
            fate = FATES[number % len(FATES)]
            self.days.on(day, partial(act, number, fate))
        for position, (ago, draw_up) in enumerate(self._at_the_end()):
            self.days.on(self.days.days - ago, partial(draw_up, ordinary + position))
        return self.days.go_through()

    def _at_the_end(self) -> Sequence[tuple[float, Callable[[int], None]]]:
        """(how many days before the end, what is done with an order of that number)."""
        return (
            (24, self._late_purchase),
            (14, self._partly_received),
            (11, self._late_sale),
            (6, self._partly_shipped),
            (6, self._to_receive),
            (5, self._to_ship),
            (4, self._drafted_purchase),
            (4, self._drafted_sale),
        )

    def _late_purchase(self, number: int) -> None:
        desk = self.purchases.draw_up(number)
        desk.expect_on(self.days.days - 6)
        desk.draft()
        self.days.after(0.1, desk.place)

    def _partly_received(self, number: int) -> None:
        desk = self.purchases.draw_up(number, large=True)
        desk.expect_on(self.days.days + 3)
        desk.draft()
        self.days.after(0.1, desk.place)
        self.days.after(9, partial(self.purchases.receive, desk, 0.5))

    def _to_receive(self, number: int) -> None:
        """With what the newest kit lacks; by the pack, whose labels can be scanned."""
        desk = self.purchases.draw_up(number, more=[self.company.scarce])
        desk.expect_on(self.days.days + 4)
        desk.draft()
        self.days.after(0.1, desk.place)

    def _late_sale(self, number: int) -> None:
        self._sale(number, self.days.days - 4)

    def _to_ship(self, number: int) -> None:
        self._sale(number, self.days.days + 2)

    def _partly_shipped(self, number: int) -> None:
        self._sale(number, self.days.days + 1, shipped=0.5)

    def _sale(self, number: int, expected: float, shipped: float = 0) -> None:
        desk = self.sales.draw_up(number, large=shipped > 0)
        if desk is None:
            return
        desk.expect_on(expected)
        desk.draft()
        self.days.after(0.1, desk.place)
        if shipped:
            self.days.after(1.5, partial(self.sales.ship_share, desk, shipped))

    def _drafted_purchase(self, number: int) -> None:
        self.purchases.draw_up(number).draft()

    def _drafted_sale(self, number: int) -> None:
        desk = self.sales.draw_up(number)
        if desk is not None:
            desk.draft()
