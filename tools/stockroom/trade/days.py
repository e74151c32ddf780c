"""The days of a plan: an agenda of what is to happen, which is gone through in the order of time,
and the events that come of it."""

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from stockwarden.identity.access import Caller
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.sites import Site, shelf_of
from tools.stockroom.trade.events import Event
from tools.stockroom.trade.shelves import Shelves

_OPENS, _CLOSES = 7, 16


@dataclass(frozen=True)
class Company:
    """Whose trade is planned: `goods` are bought, sold and used; of the `scarce` one there are few.
    `kits` are made of goods."""

    goods: Sequence[CatalogItem]
    scarce: CatalogItem
    kits: Sequence[CatalogItem]
    sites: Sequence[Site]
    keeper: Caller


class Days:
    """`days` days from the `first`; what would happen later does not. `now` is the moment of what
    is happening."""

    def __init__(self, company: Company, seed: int, first: date, days: int) -> None:
        warehouse_id = company.sites[0].warehouse_id
        # Repeatable, not secret.
        self.chance = random.Random(f"{seed}/trade/{warehouse_id}")  # noqa: S311
        self.company, self.days = company, days
        self.begin = datetime.combine(first, time(), UTC)
        self.end = self.begin + timedelta(days=days)
        self.now = self.begin
        self.shelves = Shelves()
        self.events: list[Event] = []
        self._locations: dict[tuple[str, str], str] = {}
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._entered = 0

    def on(self, day: float, act: Callable[[], None]) -> None:
        """Enters into the agenda what is done in working hours of a day, counted from the first;
        on a Monday instead of on a weekend, if that is not too late."""
        morning = self.begin + timedelta(days=int(day))
        monday = morning + timedelta(days=7 - morning.weekday())
        if morning.weekday() > 4 and monday < self.end:
            morning = monday
        minutes = self.chance.randrange(_OPENS * 60, _CLOSES * 60)
        self._enter(morning + timedelta(minutes=minutes), act)

    def after(self, days: float, act: Callable[[], None]) -> None:
        """So many days from now, at any hour."""
        self._enter(self.now + timedelta(days=days), act)

    def go_through(self) -> Sequence[Event]:
        while self._agenda:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        return self.events

    def happen(self, kind: type[Event], name: str, site: Site | None, /, **facts: Any) -> None:
        """Somebody who works at the site does it; the keeper, without a site."""
        by = site.worker(self.chance, max(self.now, site.founded)) if site else None
        event = kind(name=name, moment=self.now, by=by or self.company.keeper, **facts)
        self.events.append(event)

    def moment_of(self, day: float) -> datetime:
        return self.begin + timedelta(days=day)

    def site(self) -> Site:
        """Mostly the first one."""
        sites = self.company.sites
        return sites[0] if self.chance.random() < 0.7 else self.chance.choice(sites)

    def location(self, site: Site, item: CatalogItem) -> str:
        """Where the item stands there."""
        key = site.warehouse_id, item.id
        if key not in self._locations:
            self._locations[key] = shelf_of(item, self.chance)
        return self._locations[key]

    def free(self, site: Site, item: CatalogItem) -> int:
        return self.shelves.quantity(site.warehouse_id, item.id, self.now.date())

    def _enter(self, moment: datetime, act: Callable[[], None]) -> None:
        if moment < self.end:
            # What is entered first comes first, where two are at the same moment.
            self._entered += 1
            heapq.heappush(self._agenda, (moment, self._entered, act))
