"""Classifies the cells of a date column: moments, dates of an open order, ages, what is none."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.ingestion.columns.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    NANOSECONDS_A_DAY,
    NO_DAY,
    NULL_DATES,
    Parts,
    at_positions,
)
from stockwarden.ingestion.columns.date_numbers import (
    DAYS_1900,
    DAYS_1904,
    six_digits,
    sort_numbers,
)
from stockwarden.ingestion.columns.date_text import (
    Layout,
    is_best_before,
    is_date_number,
    layout_of,
    month_ends,
    split_group,
)
from stockwarden.ingestion.columns.durations import worded_hours
from stockwarden.ingestion.columns.joined_column import are_trimmed, join
from stockwarden.ingestion.columns.nothing_words import is_nothing_shape, without_mark
from stockwarden.ingestion.columns.text_shapes import Characters, Integers, ShapeGroup, by_shape

REASONS = (
    "not_a_date",
    "no_such_day",
    "does_not_fit_order",
    "time_without_date",
    "not_a_value",
)
_NOT_A_DATE, NO_SUCH_DAY, UNFIT, _TIME_ONLY, _NO_VALUE = range(1, 6)


class DateCells:
    """The cells of a date column, sorted by kind.

    A cell has a value in nanoseconds if it is `_local` or `_zoned` (since 1970) or an age, a code
    if it is unread, else a place in one of the styles, or it is blank.
    """

    def __init__(
        self, cells: Sequence[Any], joined: str | None, *, epoch_1904: bool, best_before: bool
    ) -> None:
        self._size = len(cells)
        self._cells = cells
        self._epoch = DAYS_1904 if epoch_1904 else DAYS_1900
        self._best_before = best_before
        self._local = np.zeros(self._size, dtype=bool)
        self._zoned = np.zeros(self._size, dtype=bool)
        self._ages = np.zeros(self._size, dtype=bool)
        self._true_dates = np.zeros(self._size, dtype=bool)
        self._value = np.zeros(self._size, dtype=np.int64)
        self._codes = np.zeros(self._size, dtype=np.int16)
        self._styles: dict[str, list[Parts]] = {}
        self._take_cells(join(cells) if joined is None else joined)

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
            elif kind is time:
                # Spreadsheets show the serial day 0 as midnight.
                is_zero = np.array([cell == time() for cell in cells])
                self._put_null(positions[is_zero])
                self._codes[positions[~is_zero]] = _TIME_ONLY
            elif kind is not type(None):
                self._codes[positions] = _NO_VALUE

    def _take_datetimes(self, cells: Sequence[Any], positions: Integers) -> None:
        moments = pd.DatetimeIndex(np.fromiter(cells, dtype=object, count=len(cells)))
        if moments.min().year < FIRST_YEAR or moments.max().year > LAST_YEAR:
            # Nanoseconds cannot tell these: 9999-12-31 means no date, others are mistakes.
            years = np.asarray(moments.year)
            beyond = (years < FIRST_YEAR) | (years > LAST_YEAR)
            days = zip(years[beyond], moments.month[beyond], moments.day[beyond], strict=True)
            null = np.array([day in NULL_DATES for day in days], dtype=bool)
            self._put_null(positions[beyond][null])
            self._codes[positions[beyond][~null]] = NO_SUCH_DAY
            moments, positions = moments[~beyond], positions[~beyond]
        self._value[positions] = moments.to_numpy(dtype="datetime64[ns]").view(np.int64)
        self._local[positions] = True
        self._true_dates[positions] = True

    def _take_numbers(self, numbers: npt.NDArray[np.float64], positions: Integers) -> None:
        sorted_numbers = sort_numbers(numbers, positions, self._epoch)
        for flags, found in (
            (self._local, sorted_numbers.local),
            (self._zoned, sorted_numbers.zoned),
        ):
            for places, nanoseconds in found:
                self._value[places] = nanoseconds
                flags[places] = True
        for parts in sorted_numbers.parts:
            self._put_parts(parts)
        for texts in (sorted_numbers.digits, sorted_numbers.six):
            if texts is not None:
                self._take_texts(*texts)
        self._codes[sorted_numbers.unread] = _NOT_A_DATE

    def _take_texts(
        self, texts: Sequence[str], positions: Integers, joined: str | None = None
    ) -> None:
        if joined is None or not are_trimmed(joined):
            texts = list(map(str.strip, texts))
            joined = join(texts)
        if joined is not None and "'" in joined:
            texts = list(map(without_mark, texts))
            joined = join(texts)
        for shape_group in by_shape(texts, positions, joined):
            group = _single_spaced(shape_group)
            if layout := layout_of(group.shape):
                self._put_group(group, layout)
            elif is_date_number(group.shape):
                numbers = [float(text.replace(",", ".")) for text in group.texts]
                self._take_numbers(np.array(numbers), group.positions)
            elif self._best_before and self._put_months(group):
                continue
            elif group.shape == "000000":
                self._put_parts(six_digits(group.positions, Characters(group).number(0, 6)))
            elif group.shape and not is_nothing_shape(group.shape):
                self._put_durations(group)

    def _put_months(self, group: ShapeGroup) -> bool:
        """Whether the texts are months, whose last days are put."""
        moments = month_ends(group) if is_best_before(group.shape) else None
        if moments is None:
            return False
        good = moments.positions[moments.valid]
        self._value[good] = moments.nanoseconds[moments.valid]
        self._local[good] = True
        self._codes[moments.positions[~moments.valid]] = NO_SUCH_DAY
        return True

    def _put_group(self, group: ShapeGroup, layout: Layout) -> None:
        moments, parts, timely = split_group(group, layout)
        if moments is not None:
            good = moments.positions[moments.valid]
            self._value[good] = moments.nanoseconds[moments.valid]
            (self._zoned if moments.zoned else self._local)[good] = True
            self._codes[moments.positions[~moments.valid]] = NO_SUCH_DAY
        if parts is not None:
            self._codes[parts.positions[~timely]] = NO_SUCH_DAY
            if timely.any():
                self._put_parts(parts if timely.all() else at_positions(parts, timely))

    def _put_parts(self, parts: Parts) -> None:
        possible = is_possible(parts)
        self._codes[parts.positions[~possible]] = NO_SUCH_DAY
        if possible.any():
            possible_parts = parts if possible.all() else at_positions(parts, possible)
            self._styles.setdefault(parts.style, []).append(possible_parts)

    def _put_durations(self, group: ShapeGroup) -> None:
        hours = np.array([worded_hours(text) for text in group.texts], dtype=np.float64)
        known = np.isfinite(hours)
        if not group.shape.strip("0") and all(not text.strip("0") for text in group.texts):
            self._put_null(group.positions)
            return
        self._put_ages(hours[known], group.positions[known])
        self._codes[group.positions[~known]] = _NOT_A_DATE

    def _put_null(self, positions: Integers) -> None:
        self._value[positions] = NO_DAY * NANOSECONDS_A_DAY
        self._local[positions] = True

    def _put_ages(self, hours: npt.NDArray[np.float64], positions: Integers) -> None:
        self._value[positions] = np.rint(hours * 3600 * 1000).astype(np.int64) * 10**6
        self._ages[positions] = True


def _single_spaced(group: ShapeGroup) -> ShapeGroup:
    shape = " ".join(group.shape.split())
    if shape == group.shape:
        return group
    texts = [" ".join(text.split()) for text in group.texts]
    return ShapeGroup(shape, group.positions, texts, join(texts))


def is_possible(parts: Parts) -> npt.NDArray[np.bool_]:
    """Which positions hold a real date in some order."""
    valid = [parts.days(order)[1] for order in parts.orders]
    return np.asarray(np.logical_or.reduce(valid), dtype=bool)
