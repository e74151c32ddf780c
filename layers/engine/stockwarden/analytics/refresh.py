"""Makes the views anew, from valued items and their usage, and keeps the ends of days.

A company of up to `SMALL` items has its views made every hour, a larger one once a day: of a year's
usage an hour changes little, and the work grows with the items.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

from stockwarden.analytics.day_ends import DayEnds
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.history import History
from stockwarden.analytics.periods import LONGEST, in_scopes
from stockwarden.analytics.rows import ViewName, finished, history_of, rows_of
from stockwarden.analytics.used_days import Day, read_days
from stockwarden.analytics.views import ROWS_KEPT_SECONDS, Row, View, ViewStore
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.core.ids import new_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import Table, write

logger = logging.getLogger(__name__)

SMALL = 5_000
_TRIES = 3
# Less than an hour and a day by more than a schedule is late.
_OFTEN, _SELDOM = timedelta(minutes=55), timedelta(hours=23)


@dataclass(frozen=True)
class Refreshed:
    """How many items were read, and how many views made of them."""

    items: int
    views: int


@dataclass
class _Read:
    """How many items were read, and what they add to each list."""

    items: int = 0
    rows: dict[ViewName, list[Row]] = field(default_factory=lambda: defaultdict(list))
    histories: dict[ViewName, History] = field(default_factory=lambda: defaultdict(History))


class _Removed(Exception):
    """A rebuild has ended, so what was read may be half of what there was."""


class Refresh:
    def __init__(
        self,
        table: Table,
        generations: Generations,
        views: ViewStore,
        day_ends: DayEnds,
        clock: Clock,
    ) -> None:
        self.table = table
        self.generations = generations
        self.views = views
        self.day_ends = day_ends
        self.clock = clock

    def run_if_due(self) -> Refreshed | None:
        """None where the views are new enough. Raises Unavailable."""
        self.day_ends.keep_if_due(self.generations)
        stored = self.table.get(keys.progress().key("views"), consistent=True)
        if stored is not None:
            age = self.clock() - datetime.fromisoformat(stored["as_of"])
            if age < (_OFTEN if stored["items"] <= SMALL else _SELDOM):
                return None
        return self.run()

    def run(self) -> Refreshed:
        """Raises Unavailable."""
        now = self.clock()
        as_of, stamp = iso(now), new_id("view")
        read = retried(
            partial(self._read, now.date()),
            on=_Removed,
            tries=_TRIES,
            otherwise=Unavailable("The projections are being made anew; try again shortly."),
        )
        expires = int(now.timestamp()) + ROWS_KEPT_SECONDS
        made = len(read.rows) + len(read.histories)
        for name in sorted(read.rows):
            done, summary = finished(name.name, read.rows.pop(name))
            view = View(name.key, name.currency, stamp, as_of, len(done), summary)
            self.views.save(view, done, expires_at_epoch=expires)
        for name, history in sorted(read.histories.items()):
            summary = {"days": history.days(now.date())}
            view = View(name.key, name.currency, stamp, as_of, 0, summary)
            self.views.save(view, [], expires_at_epoch=expires)
        self.views.remove_older(as_of)
        note = {"as_of": as_of, "items": read.items}
        write(self.table.put({**keys.progress().key("views"), **note}))
        return Refreshed(read.items, made)

    def _read(self, today: date) -> "_Read":
        """What all items add to the lists. Raises _Removed, and Unavailable."""
        read = _Read()
        generation = self.generations.current()
        for bucket in range(keys.BUCKETS):
            for item, days in self._items(generation, bucket, today):
                read.items += 1
                for scoped in in_scopes(item, days, today):
                    read.histories[history_of(scoped)].add(scoped)
                    for name, row in rows_of(scoped):
                        read.rows[name].append(row)
        if self.generations.current(consistent=True) != generation:
            raise _Removed
        return read

    def _items(
        self, generation: int, bucket: int, today: date
    ) -> Iterator[tuple[Item, dict[str, Day]]]:
        """The items of a bucket that have a ledger, with their days of the longest period."""
        days: dict[str, dict[str, Day]] = defaultdict(dict)
        for month in _months(today):
            for stored in self.table.query_all(keys.usages(generation, month, bucket)):
                days[stored["id"]] |= read_days(stored)
        for item in self.table.query_all(keys.valued_items(generation, bucket)):
            if "status" in item:
                yield item, days.get(item["id"], {})


def _months(today: date) -> list[str]:
    """The months of the longest period, `2026-03`; a movement may be a minute ahead of today."""
    first = today - timedelta(days=LONGEST)
    months, month = [], datetime(first.year, first.month, 1, tzinfo=UTC).date()
    while month <= today + timedelta(days=1):
        months.append(f"{month:%Y-%m}")
        month = (month + timedelta(days=31)).replace(day=1)
    return months
