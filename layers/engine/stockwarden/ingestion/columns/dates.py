"""Reads a column of dates: classifies its cells, infers the day-month order, gives timestamps.

Nothing is decided cell by cell. A day-month order holds for all cells of one style (same
separator, same length of year), and only if they prove it or a person said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.ingestion.columns.calendar import (
    NANOSECONDS_A_DAY,
    ORDINAL,
    Flags,
    OrderDecision,
    are_null,
    decide_order,
)
from stockwarden.ingestion.columns.date_cells import (
    NO_SUCH_DAY,
    REASONS,
    UNFIT,
    DateCells,
    is_possible,
)
from stockwarden.ingestion.columns.swapped_dates import SWAPPED, swapped_dates
from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.inventory import Unparsed
from stockwarden.ingestion.mapping.user_choice import DateOrder


@dataclass(frozen=True)
class OpenOrder:
    """A style whose order the values do not prove, with texts of the column as examples.

    Where true dates may be `swapped`, the example is one as the program had read it.
    """

    style: str
    contradictory: bool
    example: str
    counterexample: str

    @property
    def swapped(self) -> bool:
        return self.style == SWAPPED

    @property
    def ordinal(self) -> bool:
        """Whether the texts may be a year and the day of it, or serial day numbers."""
        return self.style == ORDINAL


@dataclass(frozen=True)
class DateValues:
    """`moments` as datetime64[ns] UTC (NaT where blank or unread), what was not read, and which
    cells hold a null date, such as 1900-01-01, that means no date (NaT as well)."""

    moments: pd.DatetimeIndex
    unparsed: Unparsed
    null: Flags


class DateColumn(DateCells):
    """The cells of a date column, parsed once; `read` combines them into timestamps.

    In a column of `best_before` dates, a month without a day means its last day, also where true
    dates are shown as `months`, and midnights in UTC are days.
    """

    def __init__(
        self,
        cells: Sequence[Any],
        joined: str | None = None,
        *,
        epoch_1904: bool = False,
        best_before: bool = False,
        months: bool = False,
    ) -> None:
        super().__init__(cells, joined, epoch_1904=epoch_1904, best_before=best_before)
        self._decisions: dict[str, OrderDecision] = {
            style: decide_order(groups) for style, groups in self._styles.items()
        }
        self._find_swapped()
        if best_before and months:
            self._end_months()
        if best_before and self._zoned.any():
            self._days_of_midnights()

    def open_orders(self, given_order: DateOrder | None = None) -> list[OpenOrder]:
        """The styles that neither the values nor `given_order` decide."""
        orders = []
        for style, decision in self._decisions.items():
            if decision.order or given_order in self._styles[style][0].orders:
                continue
            orders.append(
                OpenOrder(
                    style.removesuffix("z"),
                    decision.contradictory,
                    self._example(style, decision.example),
                    self._example(style, decision.counterexample),
                )
            )
        return orders

    @property
    def order(self) -> DateOrder | None:
        """The order that the values prove for all styles; None if there is none."""
        orders = {decision.order for decision in self._decisions.values() if decision.order}
        return orders.pop() if len(orders) == 1 else None

    @property
    def ages(self) -> Flags:
        """The cells that say how long ago something was, such as `3 days`, instead of when."""
        return self._ages

    @property
    def has_no_times(self) -> bool:
        """Whether all dates are days without a time."""
        undecided = [group.time for groups in self._styles.values() for group in groups]
        read = self._value[self._local | self._zoned] % NANOSECONDS_A_DAY
        times = np.concatenate([read, *undecided])
        return bool(len(times)) and not self._ages.any() and not times.any()

    def add_times(self, nanoseconds: Integers) -> None:
        """Adds times of day, one per cell, to a column of days (`has_no_times`)."""
        days = self._local | self._zoned
        self._value[days] += nanoseconds[days]
        for style, groups in self._styles.items():
            self._styles[style] = [
                replace(group, time=group.time + nanoseconds[group.positions]) for group in groups
            ]

    def read(self, *, as_of: datetime, timezone: str, order: DateOrder | None) -> DateValues:
        """The timestamps of all cells. Cells of a style that `order` does not decide are unread.

        `as_of` is aware; durations count back from it. Naive times are in `timezone` (IANA): in
        a repeated hour the first is meant, in a skipped hour the next time that exists.
        """
        value, codes = self._value.copy(), self._codes.copy()
        local, zoned = self._local.copy(), self._zoned.copy()
        for style, groups in self._styles.items():
            decided = self._decisions[style].order or order
            for group in groups:
                if decided not in group.orders:
                    codes[group.positions] = UNFIT
                    continue
                days, valid = group.days(decided)
                possible = is_possible(group)
                codes[group.positions[~valid]] = UNFIT
                codes[group.positions[~valid & ~possible]] = NO_SUCH_DAY
                good = group.positions[valid]
                value[good] = days[valid] * NANOSECONDS_A_DAY + group.time[valid]
                (zoned if style.endswith("z") else local)[good] = True
        null = are_null(value) & (local | zoned)
        if null.any():
            local &= ~null
            zoned &= ~null
        if self._ages.any():
            now = pd.Timestamp(as_of).tz_convert("UTC").value
            value[self._ages] = now - value[self._ages]
            zoned |= self._ages
        moments = np.full(self._size, np.datetime64("NaT", "ns"))
        moments[zoned] = value[zoned].view("datetime64[ns]")
        if local.any():
            moments[local] = to_utc(value[local], timezone)
        stamps = pd.DatetimeIndex(moments).tz_localize("UTC")
        return DateValues(stamps, Unparsed(codes, REASONS), null)

    def _example(self, style: str, position: int) -> str:
        for group in self._styles[style]:
            if group.style == SWAPPED:
                # The true date is shown as the program had read it.
                index = int(np.flatnonzero(group.positions == position)[0])
                parts = (int(part[index]) for part in (group.first, group.second, group.third))
                return "{:02}/{:02}/{}".format(*parts)
        return str(self._cells[position]).strip()

    def _find_swapped(self) -> None:
        if not self._styles or not self._true_dates.any():
            return
        positions = np.flatnonzero(self._true_dates & ~self._nulls())
        swapped = swapped_dates(self._styles, self._decisions, positions, self._value[positions])
        if swapped is not None:
            self._local[positions] = False
            differing = np.flatnonzero(swapped.first != swapped.second)[0]
            self._styles[SWAPPED] = [swapped]
            self._decisions[SWAPPED] = OrderDecision(
                None, example=int(positions[differing]), counterexample=int(positions[differing])
            )

    def _end_months(self) -> None:
        """Moves the true dates that are shown as a month from its first day to its last."""
        positions = np.flatnonzero(self._true_dates & self._local & ~self._nulls())
        moments = pd.DatetimeIndex(self._value[positions].view("datetime64[ns]"))
        first = np.asarray(moments.day == 1)
        ends = moments[first] + pd.offsets.MonthEnd(0)
        self._value[positions[first]] = ends.to_numpy(dtype="datetime64[ns]").view(np.int64)

    def _days_of_midnights(self) -> None:
        zoned = self._zoned
        if not (self._value[zoned] % NANOSECONDS_A_DAY).any():
            self._local |= zoned
            self._zoned = np.zeros(self._size, dtype=bool)

    def _nulls(self) -> Flags:
        return are_null(self._value) & (self._local | self._zoned)


def to_utc(nanoseconds: Integers, timezone: str) -> npt.NDArray[np.datetime64]:
    """Local wall-clock nanoseconds as UTC datetime64[ns]."""
    local = pd.DatetimeIndex(nanoseconds.view("datetime64[ns]"))
    if timezone.upper() == "UTC":
        return np.asarray(local)
    first = np.ones(len(local), dtype=bool)
    aware = local.tz_localize(timezone, ambiguous=first, nonexistent="shift_forward")
    return np.asarray(aware.tz_convert("UTC").tz_localize(None))
