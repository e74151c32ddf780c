"""Reads a column of dates: classifies its cells, infers the day-month order, gives timestamps.

Nothing is decided cell by cell. A day-month order holds for all cells of one style (same
separator, same length of year), and only if they prove it or a person said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.ingestion.columns.calendar import (
    NANOSECONDS_A_DAY,
    OrderDecision,
    Parts,
    at_positions,
    decide_order,
    eight_digits,
)
from stockwarden.ingestion.columns.date_text import Layout, is_date_number, layout_of, split_group
from stockwarden.ingestion.columns.durations import worded_hours
from stockwarden.ingestion.columns.joined_column import are_trimmed, join
from stockwarden.ingestion.columns.text_shapes import Integers, ShapeGroup, by_shape
from stockwarden.ingestion.inventory import Unparsed
from stockwarden.ingestion.mapping.user_choice import DateOrder

REASONS = (
    "not_a_date",
    "no_such_day",
    "does_not_fit_order",
    "time_without_date",
    "not_a_value",
)
_NOT_A_DATE, _NO_SUCH_DAY, _UNFIT, _TIME_ONLY, _NO_VALUE = range(1, 6)

_SERIAL = (20_000, 80_000)  # 1954 to 2119
_EPOCH_SECONDS = (3e8, 4.2e9)  # 1979 to 2103
_EPOCH_MILLISECONDS = (3e11, 4.2e12)
_DAYS_1900, _DAYS_1904 = 25_569, 24_107
_EIGHT = (1_010_000, 99_999_999)
_FIRST_RUN = 190_001_010_000  # YYYYMMDDHHMM


@dataclass(frozen=True)
class OpenOrder:
    """A style whose order the values do not prove, with texts of the column as examples."""

    style: str
    contradictory: bool
    example: str
    counterexample: str


@dataclass(frozen=True)
class DateValues:
    """`moments` as datetime64[ns] UTC (NaT where blank or unread), and what was not read."""

    moments: pd.DatetimeIndex
    unparsed: Unparsed


class DateColumn:
    """The cells of a date column, parsed once; `read` combines them into timestamps."""

    def __init__(
        self, cells: Sequence[Any], joined: str | None = None, *, epoch_1904: bool = False
    ) -> None:
        self._size = len(cells)
        self._cells = cells
        self._epoch = _DAYS_1904 if epoch_1904 else _DAYS_1900
        self._local = np.zeros(self._size, dtype=bool)
        self._zoned = np.zeros(self._size, dtype=bool)
        self._ages = np.zeros(self._size, dtype=bool)
        self._value = np.zeros(self._size, dtype=np.int64)
        self._codes = np.zeros(self._size, dtype=np.int16)
        self._styles: dict[str, list[Parts]] = {}
        self._take_cells(join(cells) if joined is None else joined)
        self._decisions: dict[str, OrderDecision] = {
            style: decide_order(groups) for style, groups in self._styles.items()
        }

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
                    str(self._cells[decision.example]).strip(),
                    str(self._cells[decision.counterexample]).strip(),
                )
            )
        return orders

    @property
    def order(self) -> DateOrder | None:
        """The order that the values prove for all styles; None if there is none."""
        orders = {decision.order for decision in self._decisions.values() if decision.order}
        return orders.pop() if len(orders) == 1 else None

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
                    codes[group.positions] = _UNFIT
                    continue
                days, valid = group.days(decided)
                possible = _is_possible(group)
                codes[group.positions[~valid]] = _UNFIT
                codes[group.positions[~valid & ~possible]] = _NO_SUCH_DAY
                good = group.positions[valid]
                value[good] = days[valid] * NANOSECONDS_A_DAY + group.time[valid]
                (zoned if style.endswith("z") else local)[good] = True
        if self._ages.any():
            now = pd.Timestamp(as_of).tz_convert("UTC").value
            value[self._ages] = now - value[self._ages]
            zoned |= self._ages
        moments = np.full(self._size, np.datetime64("NaT", "ns"))
        moments[zoned] = value[zoned].view("datetime64[ns]")
        if local.any():
            moments[local] = to_utc(value[local], timezone)
        return DateValues(pd.DatetimeIndex(moments).tz_localize("UTC"), Unparsed(codes, REASONS))

    def _take_cells(self, joined: str | None) -> None:
        everything = np.arange(self._size, dtype=np.int64)
        if joined is not None:
            self._take_texts(self._cells, everything, joined)
            return
        kinds = set(map(type, self._cells))
        if kinds == {datetime}:
            self._take_datetimes(self._cells, everything)
            return
        numbered = {kind: number for number, kind in enumerate(kinds)}
        kind_of = np.fromiter(
            map(numbered.__getitem__, map(type, self._cells)), dtype=np.int64, count=self._size
        )
        for kind, number in numbered.items():
            chosen = kind_of == number
            positions = np.flatnonzero(chosen)
            cells = list(compress(self._cells, chosen.tolist()))
            if kind is str:
                self._take_texts(cells, positions)
            elif kind in {datetime, date}:
                self._take_datetimes(cells, positions)
            elif kind in {int, float}:
                self._take_numbers(np.array(cells, dtype=np.float64), positions)
            elif kind is timedelta:
                seconds = np.array([cell.total_seconds() for cell in cells])
                self._put_ages(seconds / 3600, positions)
            elif kind is not type(None):
                self._codes[positions] = _TIME_ONLY if kind is time else _NO_VALUE

    def _take_datetimes(self, cells: Sequence[Any], positions: Integers) -> None:
        moments = pd.DatetimeIndex(np.fromiter(cells, dtype=object, count=len(cells)))
        self._value[positions] = moments.to_numpy(dtype="datetime64[ns]").view(np.int64)
        self._local[positions] = True

    def _take_numbers(self, numbers: npt.NDArray[np.float64], positions: Integers) -> None:
        whole = np.where(np.isfinite(numbers), np.floor(numbers), 0.0)
        integral = whole == numbers
        undecided = np.isfinite(numbers)
        for low, high, unit, origin in (
            (*_SERIAL, NANOSECONDS_A_DAY, self._epoch),
            (*_EPOCH_SECONDS, 10**9, 0),
            (*_EPOCH_MILLISECONDS, 10**6, 0),
        ):
            chosen = undecided & (numbers >= low) & (numbers <= high)
            if low == _EPOCH_MILLISECONDS[0]:
                chosen &= ~(integral & (whole >= _FIRST_RUN) & _is_calendar_run(whole))
            # A serial's fraction is exact to a few microseconds, hence the rounding.
            part = np.rint((numbers[chosen] - whole[chosen]) * unit / 10**6).astype(np.int64)
            value = (whole[chosen].astype(np.int64) - origin) * unit + part * 10**6
            self._value[positions[chosen]] = value
            (self._local if origin else self._zoned)[positions[chosen]] = True
            undecided &= ~chosen
        eight = undecided & integral & (whole >= _EIGHT[0]) & (whole <= _EIGHT[1])
        if eight.any():
            self._put_parts(eight_digits(positions[eight], whole[eight].astype(np.int64)))
            undecided &= ~eight
        # Thirteen digits are milliseconds; those still undecided are out of range.
        run = undecided & integral & (whole >= _FIRST_RUN) & (whole < 2**53)
        run &= (whole < 10**12) | (whole >= 10**13)
        if run.any():
            texts = [str(int(number)) for number in whole[run]]
            self._take_texts(texts, positions[run])
            undecided &= ~run
        self._codes[positions[undecided | ~np.isfinite(numbers)]] = _NOT_A_DATE

    def _take_texts(
        self, texts: Sequence[str], positions: Integers, joined: str | None = None
    ) -> None:
        if joined is None or not are_trimmed(joined):
            texts = list(map(str.strip, texts))
            joined = join(texts)
        for shape_group in by_shape(texts, positions, joined):
            group = _single_spaced(shape_group)
            if layout := layout_of(group.shape):
                self._put_group(group, layout)
            elif is_date_number(group.shape):
                numbers = [float(text.replace(",", ".")) for text in group.texts]
                self._take_numbers(np.array(numbers), group.positions)
            elif group.shape:
                self._put_durations(group)

    def _put_group(self, group: ShapeGroup, layout: Layout) -> None:
        moments, parts, timely = split_group(group, layout)
        if moments is not None:
            good = moments.positions[moments.valid]
            self._value[good] = moments.nanoseconds[moments.valid]
            (self._zoned if moments.zoned else self._local)[good] = True
            self._codes[moments.positions[~moments.valid]] = _NO_SUCH_DAY
        if parts is not None:
            self._codes[parts.positions[~timely]] = _NO_SUCH_DAY
            if timely.any():
                self._put_parts(parts if timely.all() else at_positions(parts, timely))

    def _put_parts(self, parts: Parts) -> None:
        possible = _is_possible(parts)
        self._codes[parts.positions[~possible]] = _NO_SUCH_DAY
        if possible.any():
            possible_parts = parts if possible.all() else at_positions(parts, possible)
            self._styles.setdefault(parts.style, []).append(possible_parts)

    def _put_durations(self, group: ShapeGroup) -> None:
        hours = np.array([worded_hours(text) for text in group.texts], dtype=np.float64)
        known = np.isfinite(hours)
        self._put_ages(hours[known], group.positions[known])
        self._codes[group.positions[~known]] = _NOT_A_DATE

    def _put_ages(self, hours: npt.NDArray[np.float64], positions: Integers) -> None:
        self._value[positions] = np.rint(hours * 3600 * 1000).astype(np.int64) * 10**6
        self._ages[positions] = True


def _single_spaced(group: ShapeGroup) -> ShapeGroup:
    shape = " ".join(group.shape.split())
    if shape == group.shape:
        return group
    texts = [" ".join(text.split()) for text in group.texts]
    return ShapeGroup(shape, group.positions, texts, join(texts))


def _is_possible(parts: Parts) -> npt.NDArray[np.bool_]:
    """Which positions hold a real date in some order."""
    valid = [parts.days(order)[1] for order in parts.orders]
    return np.asarray(np.logical_or.reduce(valid), dtype=bool)


def _is_calendar_run(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which numbers are YYYYMMDDHHMM of the years 1970 to 2099."""
    stamp = np.where(np.abs(numbers) < 2**53, numbers, 0).astype(np.int64)
    year, month = stamp // 10**8, stamp // 10**6 % 100
    day, hour, minute = stamp // 10**4 % 100, stamp // 100 % 100, stamp % 100
    return (
        (year >= 1970) & (year <= 2099) & (month >= 1) & (month <= 12) & (day >= 1)
        & (day <= 31) & (hour < 24) & (minute < 60)
    )  # fmt: skip


def to_utc(nanoseconds: Integers, timezone: str) -> npt.NDArray[np.datetime64]:
    """Local wall-clock nanoseconds as UTC datetime64[ns]."""
    local = pd.DatetimeIndex(nanoseconds.view("datetime64[ns]"))
    if timezone.upper() == "UTC":
        return np.asarray(local)
    first = np.ones(len(local), dtype=bool)
    aware = local.tz_localize(timezone, ambiguous=first, nonexistent="shift_forward")
    return np.asarray(aware.tz_convert("UTC").tz_localize(None))
