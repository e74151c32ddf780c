"""Parses columns of date parts into timestamps, and infers the order of day and month."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.mapping.user_choice import DateOrder

Flags = npt.NDArray[np.bool_]

FIRST_YEAR, LAST_YEAR = 1900, 2261
"""datetime64[ns] ends in 2262; no stock is older than 1900."""
NANOSECONDS_A_DAY = 86_400 * 10**9
_PIVOT = 70
SIX, ORDINAL = "six", "ordinal"
"""Styles of dates: YYMMDD or another order in six digits; YYDDD, a year and the day of it."""
_SIX_YEARS = (10, 60)

NULL_DATES = frozenset(
    {(0, 0, 0), (1, 1, 1), (1753, 1, 1), (1800, 1, 1), (1858, 11, 17), (1899, 12, 30),
     (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (2079, 6, 6), (2099, 12, 31), (2154, 12, 31),
     (2999, 12, 31), (4712, 12, 31), (9999, 9, 9), (9999, 12, 31), (9999, 99, 99)}
)  # fmt: skip
"""The (year, month, day) that databases and programs write for "no date"."""
NO_DAY = -25_567
"""The day (1900-01-01) that stands for all of them."""
_LATE_NULL_DAYS = tuple(
    (date(*day) - date(1970, 1, 1)).days for day in ((2079, 6, 6), (2099, 12, 31), (2154, 12, 31))
)


def days_since_epoch(year: Integers, month: Integers, day: Integers) -> tuple[Integers, Flags]:
    """(days since 1970-01-01, which of them are real dates within the readable years).

    A null date beyond these years is valid, and NO_DAY.
    """
    valid = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - first
    valid &= day <= length
    days = first + day - 1
    if not valid.all():
        for null_year, null_month, null_day in NULL_DATES:
            null = (year == null_year) & (month == null_month) & (day == null_day)
            days, valid = np.where(null, NO_DAY, days), valid | null
    return days, valid


def are_null(nanoseconds: Integers) -> Flags:
    """Which moments, in nanoseconds since 1970, stand for no date.

    The day around 1970-01-01 is the zero of many clocks, in whatever zone it was written.
    """
    days = nanoseconds // NANOSECONDS_A_DAY
    if not len(days) or (days.min() > 0 and days.max() < _LATE_NULL_DAYS[0]):
        return np.zeros(len(days), dtype=bool)
    null: Flags = (days <= NO_DAY + 1) | (days == 0) | (days == -1) | np.isin(days, _LATE_NULL_DAYS)
    return null


def month_end(year: Integers, month: Integers) -> tuple[Integers, Flags]:
    """(days since 1970-01-01 of the last day of the month, which months are real)."""
    valid = (month >= 1) & (month <= 12)
    following = np.where(valid, month % 12 + 1, 1)
    days, known = days_since_epoch(np.where(month == 12, year + 1, year), following, month * 0 + 1)
    return days - 1, valid & known


def full_year(year: Integers) -> Integers:
    """Two-digit years: 70 to 99 are the last century's."""
    return np.where(year < _PIVOT, year + 2000, year + 1900)


@dataclass(frozen=True)
class Parts:
    """The three numbers of dates as written, or one number of eight consecutive digits.

    `time` is the time of day in nanoseconds, `short` says that the year has two digits.
    """

    style: str
    positions: Integers
    time: Integers
    first: Integers
    second: Integers
    third: Integers
    short: bool = False
    eight: Integers | None = None

    @property
    def orders(self) -> tuple[DateOrder, ...]:
        """The orders in which dates of this style are written."""
        if self.short or self.eight is not None:
            return ("DMY", "MDY", "YMD")
        return ("DMY", "MDY")

    def days(self, order: DateOrder) -> tuple[Integers, Flags]:
        """(days since 1970-01-01, valid), read in `order`."""
        if self.eight is not None:
            return self._eight_days(self.eight, order)
        first, second, third = self.first, self.second, self.third
        if self.style.startswith(ORDINAL):
            start, valid = days_since_epoch(full_year(first), second * 0 + 1, second * 0 + 1)
            return start + second - 1, valid & (second >= 1) & (second <= 366)
        if order == "YMD":
            first, third = third, first
        day, month = (second, first) if order == "MDY" else (first, second)
        days, valid = days_since_epoch(full_year(third) if self.short else third, month, day)
        if self.short:
            # 01/01/1900, 31/12/9999 and 00/00/0000, written without their century.
            null = ((third == 0) & (day == month) & (day <= 1)) | (
                (third == 99) & (month == 12) & (day == 31)
            )
            if self.style.startswith(SIX):
                ends, months = month_end(full_year(third), month)
                whole = (day == 0) & months & (order == "YMD")
                days, valid = np.where(whole, ends, days), valid | whole
                valid &= (third >= _SIX_YEARS[0]) & (third <= _SIX_YEARS[1])
            days, valid = np.where(null, NO_DAY, days), valid | null
        return days, valid

    @staticmethod
    def _eight_days(number: Integers, order: DateOrder) -> tuple[Integers, Flags]:
        if order == "YMD":
            year, month, day = number // 10_000, number // 100 % 100, number % 100
        else:
            year, first, second = number % 10_000, number // 1_000_000, number // 10_000 % 100
            day, month = (first, second) if order == "DMY" else (second, first)
        days, valid = days_since_epoch(year, month, day)
        # Nearly every eight digits are some year; stock is from these.
        return days, valid & ((year >= 1970) & (year <= 2099) | (days == NO_DAY))


def eight_digits(
    positions: Integers, number: Integers, time: Integers | None = None, style: str = "eight"
) -> Parts:
    """The parts of dates that are written as eight consecutive digits."""
    empty = np.zeros(0, dtype=np.int64)
    time = np.zeros(len(number), dtype=np.int64) if time is None else time
    return Parts(style, positions, time, empty, empty, empty, eight=number)


@dataclass(frozen=True)
class OrderDecision:
    """`order` if the values prove it (or all orders agree); else why they do not."""

    order: DateOrder | None
    contradictory: bool = False
    example: int = -1
    counterexample: int = -1


def decide_order(groups: Iterable[Parts]) -> OrderDecision:
    """The order that every real date of these groups allows.

    The groups are of one style. `example` and `counterexample` are positions: of a date that
    could be read both ways, or of two that prove opposite orders.
    """
    groups = list(groups)
    orders = list(groups[0].orders)
    if groups[0].style.startswith(ORDINAL):
        # Five digits are a serial day number as well.
        return OrderDecision(None, example=int(groups[0].positions[0]))
    read = {order: [group.days(order) for group in groups] for order in orders}
    positions = np.concatenate([group.positions for group in groups])
    days = {order: np.concatenate([part[0] for part in read[order]]) for order in orders}
    valid = {order: np.concatenate([part[1] for part in read[order]]) for order in orders}
    real = np.logical_or.reduce([valid[order] for order in orders])
    if groups[0].short:
        orders = _without_frozen_years(groups, orders)
    fitting = [order for order in orders if bool(valid[order][real].all())]
    if not real.any():
        return OrderDecision(orders[0])
    if not fitting:
        proofs = {order: np.flatnonzero(real & ~valid[order]) for order in orders}
        return OrderDecision(
            None,
            contradictory=True,
            example=int(positions[proofs[orders[0]][0]]),
            counterexample=int(positions[proofs[orders[-1]][0]]),
        )
    differs = np.zeros(len(real), dtype=bool)
    for order in fitting[1:]:
        differs |= real & (days[order] != days[fitting[0]])
    if differs.any():
        return OrderDecision(None, example=int(positions[np.flatnonzero(differs)[0]]))
    return OrderDecision(fitting[0])


def _without_frozen_years(groups: list[Parts], orders: list[DateOrder]) -> list[DateOrder]:
    """For dates such as `27/01/25`: a part with many values is no year beside a constant part,
    since stock of thirty different years is never all of one day of the month."""
    first = len(np.unique(np.concatenate([group.first for group in groups])))
    third = len(np.unique(np.concatenate([group.third for group in groups])))
    if third <= 3 and first >= 8:
        return [order for order in orders if order != "YMD"]
    if first <= 3 and third >= 8:
        return ["YMD"]
    return orders


def at_positions(parts: Parts, chosen: Flags) -> Parts:
    """The parts at the positions where `chosen` is true."""
    return replace(
        parts,
        positions=parts.positions[chosen],
        time=parts.time[chosen],
        first=parts.first[chosen] if parts.eight is None else parts.first,
        second=parts.second[chosen] if parts.eight is None else parts.second,
        third=parts.third[chosen] if parts.eight is None else parts.third,
        eight=None if parts.eight is None else parts.eight[chosen],
    )
