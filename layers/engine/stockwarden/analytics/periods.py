"""What an item did in a period: how much was used, what it was worth on average, how it lay."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from stockwarden.analytics.amounts import amount_of
from stockwarden.analytics.used_days import Day, DayInWarehouse, Used, by_day
from stockwarden.core.exact import parse_fraction
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys.projections import COMPANY

# Days that are asked for; those of today count.
PERIODS = (30, 90, 365)
LONGEST = max(PERIODS)


@dataclass(frozen=True)
class ItemInScope:
    """An item in a warehouse, or in all of them: what there is of it, and its days, newest first,
    by how many days ago they were."""

    item: Item
    scope: str
    quantity: Fraction
    amount: int
    days: Mapping[int, DayInWarehouse]

    def used(self, period: int) -> dict[str, Used]:
        """What was used in the last so many days, by what for."""
        used: dict[str, Used] = defaultdict(Used)
        for age, day in self.days.items():
            if age < period:
                for use, each in day.used.items():
                    used[use] += each
        return {use: each for use, each in sorted(used.items()) if each != Used()}

    def average(self, period: int) -> Fraction:
        """The mean of what the stock was worth at the ends of the last so many days, the last of
        which is now. The days before a change had what there is now, without the change."""
        missing = sum(
            day.change * (period - 1 - age) for age, day in self.days.items() if age < period
        )
        return self.amount - Fraction(missing, period)

    @property
    def idle_days(self) -> int | None:
        """Days since something was used; None where it was not within the longest period."""
        ages = [
            age for age, day in self.days.items() if any(u.quantity > 0 for u in day.used.values())
        ]
        return min(ages, default=None)

    @property
    def present_days(self) -> int:
        """Days since there was last none of it, at most the longest period."""
        quantity = self.quantity
        for age, day in sorted(self.days.items()):
            quantity -= day.moved
            if quantity <= 0:
                return age
        return LONGEST


def in_scopes(item: Item, days: Mapping[str, Day], today: date) -> Iterator[ItemInScope]:
    """The item in each warehouse where it is or was, and in the company. `days` by their dates."""
    recent: dict[str, dict[int, DayInWarehouse]] = defaultdict(lambda: defaultdict(DayInWarehouse))
    for text, warehouse_id, each in by_day(days):
        # A movement may be a minute ahead of the clock, and so of midnight.
        age = max((today - date.fromisoformat(text)).days, 0)
        if age < LONGEST:
            _add(recent[warehouse_id][age], each)
            _add(recent[COMPANY][age], each)
    books = item.get("books", {})
    total, quantity = 0, Fraction(0)
    for warehouse_id in sorted({*books, *recent} - {COMPANY}):
        book = books.get(warehouse_id, {"quantity": "0", "value": "0"})
        amount, there = amount_of(Decimal(book["value"])), parse_fraction(book["quantity"])
        total, quantity = total + amount, quantity + there
        yield ItemInScope(item, warehouse_id, there, amount, recent[warehouse_id])
    yield ItemInScope(item, COMPANY, quantity, total, recent[COMPANY])


def _add(day: DayInWarehouse, more: DayInWarehouse) -> None:
    day.change += more.change
    day.moved += more.moved
    for use, used in more.used.items():
        day.used[use] += used
