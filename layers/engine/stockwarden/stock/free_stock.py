"""What is free of items in a warehouse, place by place, in the order in which it should leave.

Free is what is neither reserved nor of a lot that has expired or is in quarantine.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from stockwarden.core.clock import Clock, iso
from stockwarden.stock.balance import Balance, read_balance
from stockwarden.stock.facts import FactsReader, Lot
from stockwarden.stock.unfit import is_fit
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.tables import Table

# Of an item in a warehouse: of one at more places, what is at the first ones counts.
MOST_PLACES = 1000
_AT_ONCE = 8

# The time zone of a warehouse, for whether a lot has expired there.
TimezoneOf = Callable[[str], str]


@dataclass(frozen=True)
class FreePlace:
    """`quantity` is above zero. `since` is when the stock began to be there, "" if unknown."""

    place: Place
    quantity: Fraction
    expiry_date: date | None
    since: str

    @property
    def order(self) -> tuple[date, str, Place]:
        """First expiry first out, then the oldest place."""
        return self.expiry_date or date.max, self.since, self.place


class FreeStock:
    """Reads one query for each item that is in the warehouse, a few at once, and their lots."""

    def __init__(
        self, table: Table, facts: FactsReader, clock: Clock, timezone_of: TimezoneOf
    ) -> None:
        self.table = table
        self.facts = facts
        self.clock = clock
        self.timezone_of = timezone_of

    def places(
        self, item_ids: Collection[str], warehouse_id: str | None, *, consistent: bool = False
    ) -> dict[str, list[FreePlace]]:
        """The free places of each item in a warehouse, or in all of them; those to take from
        first come first."""

        def read(item_id: str) -> dict[Place, Balance]:
            return self._balances(item_id, warehouse_id, consistent=consistent)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            balances = dict(zip(item_ids, pool.map(read, item_ids), strict=True))
        lots = self.facts.lots(
            {
                (item_id, place.lot)
                for item_id, there in balances.items()
                for place in there
                if place.lot != NONE
            }
        )
        warehouses = {place.warehouse_id for there in balances.values() for place in there}
        timezones = {each: self.timezone_of(each) for each in sorted(warehouses)}
        now = iso(self.clock())
        return {
            item_id: _free(item_id, there, lots, timezones, now)
            for item_id, there in balances.items()
        }

    def _balances(
        self, item_id: str, warehouse_id: str | None, *, consistent: bool
    ) -> dict[Place, Balance]:
        range_ = keys.balances_in(item_id, warehouse_id) if warehouse_id else keys.balances(item_id)
        items = self.table.query_all(range_, consistent=consistent)
        return {keys.place_in(item): read_balance(item) for item in islice(items, MOST_PLACES)}


def total(places: Iterable[FreePlace]) -> Fraction:
    return sum((each.quantity for each in places), Fraction(0))


def within(places: Iterable[FreePlace], location: str | None, lot: str | None) -> list[FreePlace]:
    """Those at a location and of a lot, where these are given."""
    return [
        each
        for each in places
        if location in {None, each.place.location} and lot in {None, each.place.lot}
    ]


def allocated(places: Sequence[FreePlace], wanted: Fraction) -> list[tuple[Place, Fraction]]:
    """From where so much is taken, in the order of the places; less, where there is less."""
    taken: list[tuple[Place, Fraction]] = []
    for each in places:
        part = min(each.quantity, wanted)
        if part <= 0:
            break
        taken.append((each.place, part))
        wanted -= part
    return taken


def _free(
    item_id: str,
    balances: Mapping[Place, Balance],
    lots: Mapping[tuple[str, str], Lot],
    timezones: Mapping[str, str],
    now: str,
) -> list[FreePlace]:
    found = []
    for place, balance in balances.items():
        lot = lots.get((item_id, place.lot))
        if lot is not None and not is_fit(lot, now, timezones[place.warehouse_id]):
            continue
        quantity = balance.quantity - balance.reserved_at(now)
        if quantity > 0:
            expiry = lot.expiry_date if lot else None
            found.append(FreePlace(place, quantity, expiry, balance.since))
    return sorted(found, key=lambda each: each.order)
