"""What has moved of one item: a year, or some weeks, of a plausible life.

Everything comes from the seed, the item, the warehouses and the first day. Goods arrive when there
are few, leave by the earliest expiry date, are counted, returned, damaged, moved to a pick face or
to another warehouse. Some items run low, some were bought far too many of, some are given up; some
lots are kept back, and some forgotten until they have expired.
"""

import math
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from stockwarden.stock.movement import Kind
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.catalog import ARCHIVED_IN_SAMPLE, CatalogItem, pack_size
from tools.stockroom.families import DEVICE_TYPE
from tools.stockroom.journal import Journal, Life, Lot
from tools.stockroom.sites import Site, pick_face_of, shelf_of

# The chance that something leaves on a working day, by pace.
_BUSY = {"A": 0.4, "B": 0.11, "C": 0.03}
_COUNT_EVERY = {"A": 80, "B": 130, "C": 260}
_FATES = {"low": 8, "over": 6, "archived": 2, "quarantine": 4, "forgotten": 5, "usual": 75}
# How far into its life somebody still orders an item.
_BOUGHT_UNTIL = {"archived": 0.6, "low": 0.75}
_USED = {"Packaging": "Used in packing", "Workshop": "Used in the workshop"}
_OPENING = "Opening stock"
_FEW_DAYS = 100
_LAST_DAYS = 20


def life_of(item: CatalogItem, sites: Sequence[Site], seed: int, first: date, days: int) -> Life:
    """What happened to the item in `days` days from the `first`."""
    return _Life(item, sites, seed, first, days).live()


class _Life:
    def __init__(
        self, item: CatalogItem, sites: Sequence[Site], seed: int, first: date, days: int
    ) -> None:
        # Repeatable, not secret.
        self.chance = random.Random(f"{seed}/{item.sku}/{sites[0].warehouse_id}")  # noqa: S311
        self.item, self.sites, self.first, self.days = item, sites, first, days
        self.journal = Journal(item.id, sites, self.chance)
        self.point = Decimal(item.request.get("reorder_point", 10))
        self.pack = pack_size(item)
        kept_by = item.request.get("inventory_type")
        self.has_serials = kept_by == DEVICE_TYPE
        self.has_lots = kept_by is not None and not self.has_serials
        self.shelf_life: int | None = item.request.get("shelf_life_days")
        self.shelves = {site.warehouse_id: shelf_of(item, self.chance) for site in sites}
        self.pick_face = pick_face_of(item, self.chance)
        self.fate = self.chance.choices(list(_FATES), list(_FATES.values()))[0]
        if item.sku == ARCHIVED_IN_SAMPLE:
            self.fate = "archived"
        self.serials = 0

    def live(self) -> Life:
        arrives: int | None = None
        for day in range(self.days):
            self._begin(day)
            if day == 0:
                self._open()
            elif self.journal.moment.weekday() < 5:
                if arrives is not None and day >= arrives:
                    self._receive(self._order_quantity())
                    arrives = None
                self._work(day)
            is_bought = day < self.days * _BOUGHT_UNTIL.get(self.fate, 1)
            if arrives is None and is_bought and self.journal.quantity() <= self.point:
                arrives = day + self.chance.randint(2, 9)
        quarantined = self._end()
        self.journal.close()
        return Life(self.journal.chunks, quarantined, self.fate == "archived")

    def _begin(self, day: int) -> None:
        morning = datetime.combine(self.first + timedelta(days=day), time(6, 30), UTC)
        morning += timedelta(minutes=self.chance.randrange(240))
        self.journal.moment = max(self.journal.moment.replace(tzinfo=UTC), morning)

    def _open(self) -> None:
        """What was there before."""
        life = 0.35 + 0.6 * self.chance.random()
        self._receive(self.point * self.chance.randint(2, 4), reason=_OPENING, life=life)
        if self.fate == "forgotten" and self.has_lots:
            self._receive_what_is_forgotten()

    def _order_quantity(self) -> Decimal:
        if self.shelf_life and self.shelf_life < _FEW_DAYS:
            return self.point * 2
        return Decimal(self.item.request["reorder_quantity"])

    def _work(self, day: int) -> None:
        """A working day."""
        busy = _BUSY[self.item.pace]
        # Each part of the assortment has its own season.
        season = 1 + 0.4 * math.sin(2 * math.pi * (day / 365 + len(self.item.path[-1]) / 12))
        if self.chance.random() < busy * season:
            self._issue(self.chance.choice(self.sites))
        if self.fate == "low" and day > self.days - _LAST_DAYS:
            self._sell_out()
        if self.chance.random() < busy * 0.12:
            self._relocate()
        if self.chance.random() < busy * 0.04:
            self._damage()
        if (day + len(self.item.request["name"]) * 7) % _COUNT_EVERY[self.item.pace] == 1:
            self._count()
        if day % 5 == 2:
            self._write_off_expired()

    # ---- What can happen ----

    def _receive(self, wanted: Decimal, *, reason: str = "", life: float = 0.9) -> None:
        """Whole packs, of which `life` of the shelf life is left."""
        packs = max(1, math.ceil(wanted / self.pack))
        site = self.sites[0]
        place = Place(site.warehouse_id, self.shelves[site.warehouse_id], self._lot(life).code)
        self._add_receipt(place, min(packs, 8) if self.has_serials else packs, reason)

    def _receive_what_is_forgotten(self) -> None:
        """A pallet of a lot that stands somewhere else, until nobody may have it any more."""
        made, site = self.journal.moment.date(), self.sites[0]
        expires = made + timedelta(days=max(3, int(self.days * 0.7))) if self.shelf_life else None
        lot = self.journal.new_lot(f"{site.mark}{made:%y%m%d}F", expires, forgotten=True)
        place = Place(site.warehouse_id, shelf_of(self.item, self.chance), lot.code)
        self._add_receipt(place, max(1, math.ceil(self.point / 2 / self.pack)), _OPENING)

    def _add_receipt(self, place: Place, packs: int, reason: str) -> None:
        lot = self.journal.lot_at(place)
        price = Decimal(str(self.item.price)) * self.pack
        serials = self._new_serials(lot, packs) if self.has_serials else ()
        drift = Decimal(self.chance.randint(94, 108)) / 100
        self.journal.add(
            Kind.RECEIPT,
            place,
            Decimal(packs),
            base=packs * self.pack,
            unit=self.item.pack,
            unit_cost=(price * drift).quantize(Decimal("0.01")),
            expiry_date=lot.expires,
            serials=serials,
            reason=reason or f"Delivery of {self.item.supplier}",
        )

    def _issue(self, site: Site) -> None:
        """What is wanted, as far as it is there; what expires first leaves first."""
        share = Decimal(self.chance.randint(8, 34)) / (300 if self.fate == "over" else 100)
        wanted = _whole(self.point * share)
        used = _USED.get(self.item.path[0])
        order = f"Order SO-{self.journal.moment:%y%m%d}-{self.chance.randint(100, 999)}"
        kind, reason = (Kind.CONSUMPTION, used) if used else (Kind.ISSUE, order)
        for place in self._usable(site):
            taken = min(wanted, self.journal.stock[place])
            serials = self.journal.take_serials(place, int(taken))
            self.journal.add(kind, place, taken, base=-taken, reason=reason, serials=serials)
            wanted -= taken
            if not wanted:
                self._regret(place, taken)
                return

    def _sell_out(self) -> None:
        for site in (*self.sites, *self.sites):
            if self.journal.quantity() > self.point / 2:
                self._issue(site)

    def _regret(self, place: Place, taken: Decimal) -> None:
        """Some of what was issued comes back, or was never issued."""
        chance = self.chance.random()
        if self.has_serials:
            return
        if chance < 0.02:
            self.journal.reverse_last()
        elif chance < 0.06:
            back = min(taken, _whole(taken / 3))
            reason = self.chance.choice(("Ordered too much", "Wrong item sent", "Not collected"))
            self.journal.add(Kind.RETURN, place, back, base=back, reason=reason)

    def _relocate(self) -> None:
        """To the pick face, or to another warehouse."""
        site, stock = self.sites[0], self.journal.stock
        sources = [place for place in self._usable(site) if stock[place] >= 2]
        if not sources or self.has_serials:
            return
        source = sources[-1]
        moved = _whole(stock[source] / 2)
        if len(self.sites) > 1 and self.chance.random() < 0.6:
            other = self.chance.choice(self.sites[1:]).warehouse_id
            target, why = Place(other, self.shelves[other], source.lot), "Replenishment"
        elif self.pick_face and source.location != self.pick_face:
            target, why = Place(site.warehouse_id, self.pick_face, source.lot), "To the pick face"
        else:
            return
        self.journal.add(Kind.TRANSFER, source, moved, base=-moved, to=target, reason=why)

    def _count(self) -> None:
        if self.has_serials:
            return
        for place in sorted(self.journal.stock)[:3]:
            there = found = self.journal.stock[place]
            if there > 3 and self.chance.random() < 0.3:
                found += self.chance.choice((-2, -1, -1, 1))
            self.journal.add(Kind.COUNT, place, found, base=found - there, reason="Cycle count")

    def _damage(self) -> None:
        places = [place for place, there in sorted(self.journal.stock.items()) if there > 2]
        if places and not self.has_serials:
            reason = self.chance.choice(("Broken in handling", "Wet", "Packaging torn"))
            self._write_off(self.chance.choice(places), Decimal(1), reason)

    def _write_off_expired(self) -> None:
        today = self.journal.moment.date()
        for place, there in sorted(self.journal.stock.items()):
            lot = self.journal.lot_at(place)
            is_seen = not lot.forgotten and self.chance.random() < 0.6
            if is_seen and not lot.is_good_at(today - timedelta(days=1)):
                self._write_off(place, there, "Expired")

    def _write_off(self, place: Place, quantity: Decimal, reason: str) -> None:
        self.journal.add(Kind.ADJUSTMENT, place, -quantity, base=-quantity, reason=reason)

    def _end(self) -> list[str]:
        """How things are at the end. The lots that are kept back."""
        site = self.sites[0]
        if self.fate == "over":
            self._receive(self._order_quantity() * 5)
        if self.fate == "quarantine":
            return [place.lot for place in self._usable(site) if place.lot != NONE][-1:]
        return []

    # ---- What there is ----

    def _usable(self, site: Site) -> list[Place]:
        """Where something is that may leave, in the order in which it should."""
        soon = self.journal.moment.date() + timedelta(days=2)

        def order(place: Place) -> tuple[date, bool, Place]:
            expires = self.journal.lot_at(place).expires or date.max
            return expires, place.location != self.pick_face, place

        def is_usable(place: Place) -> bool:
            lot = self.journal.lot_at(place)
            return lot.is_good_at(soon) and not lot.forgotten

        here = [each for each in self.journal.stock if each.warehouse_id == site.warehouse_id]
        return sorted(filter(is_usable, here), key=order)

    def _lot(self, life: float) -> Lot:
        """The lot of what arrives; that without a code where no lots are kept."""
        if not self.has_lots:
            return self.journal.new_lot(NONE, None)
        made = self.journal.moment.date()
        expires = made + timedelta(days=int(self.shelf_life * life)) if self.shelf_life else None
        return self.journal.new_lot(f"{self.sites[0].mark}{made:%y%m%d}", expires)

    def _new_serials(self, lot: Lot, count: int) -> tuple[str, ...]:
        first, self.serials = self.serials, self.serials + count
        numbers = range(first + 1, first + count + 1)
        serials = tuple(f"{self.sites[0].mark}{self.item.sku}-{each:04}" for each in numbers)
        lot.serials.extend(serials)
        return serials


def _whole(quantity: Decimal) -> Decimal:
    """At least one."""
    return max(Decimal(1), quantity.to_integral_value())
