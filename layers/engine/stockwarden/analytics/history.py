"""What the stock was worth at the ends of past days: what it is now, without the changes since.

By when things happened, in UTC; so it is there from the first day on, and changes with movements
that are recorded late.
"""

from collections import Counter
from datetime import date, timedelta

from stockwarden.analytics.periods import LONGEST, ItemInScope


class History:
    """Of a scope and a currency."""

    def __init__(self) -> None:
        self.now = 0
        self.changes: Counter[int] = Counter()

    def add(self, item: ItemInScope) -> None:
        self.now += item.amount
        for age, day in item.days.items():
            self.changes[age] += day.change

    def days(self, today: date) -> list[tuple[str, int]]:
        """The amounts at the ends of the days of the longest period; the last is now."""
        amount, found = self.now, list[tuple[str, int]]()
        for age in range(LONGEST):
            found.append(((today - timedelta(days=age)).isoformat(), amount))
            amount -= self.changes[age]
        return found[::-1]
