"""The value of the stock at the ends of days, in UTC: totals as they were soon after midnight."""

from collections.abc import Iterator
from datetime import timedelta

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.valued_item import ALL, GROUPS, WAREHOUSE
from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import COMPANY
from stockwarden.storage.tables import Table, write

_KEPT_DAYS = 800
_NOTE = "day-ends"


class DayEnds:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def keep_if_due(self, generations: Generations) -> bool:
        """Keeps the totals as the end of yesterday, once; the next time where a rebuild has removed
        them while they were read. Raises Unavailable."""
        now = self.clock()
        day = (now.date() - timedelta(days=1)).isoformat()
        note = keys.progress().key(_NOTE)
        stored = self.table.get(note, consistent=True)
        if stored is not None and stored["day"] >= day:
            return False
        generation = generations.current()
        ends = list(self._ends(generation, day))
        if generations.current(consistent=True) != generation:
            return False
        expires = int((now + timedelta(days=_KEPT_DAYS)).timestamp())
        kept = {"as_of": iso(now), "expires_at_epoch": expires}
        self.table.put_all({**end, **kept} for end in ends)
        write(self.table.put({**note, "day": day}))
        return True

    def _ends(self, generation: int, day: str) -> Iterator[Item]:
        warehouses = {
            total["group"]
            for total in self.table.query_all(keys.totals(generation, COMPANY, WAREHOUSE))
        }
        for scope in [COMPANY, *sorted(warehouses)]:
            for dimension in (ALL, WAREHOUSE, *GROUPS):
                totals = [
                    total
                    for total in self.table.query_all(keys.totals(generation, scope, dimension))
                    if total["score"] or total["items"]
                ]
                totals.sort(key=lambda total: (-total["score"], total["group"]))
                for rank, total in enumerate(totals):
                    ends = keys.day_ends(scope, dimension, total["currency"])
                    kept = {name: total[name] for name in ("group", "currency", "items")}
                    yield {**keys.day_end(ends, day, rank), **kept, "amount": total["score"]}
