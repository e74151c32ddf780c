"""Sorts the numbers of a date column: serial days, clocks since 1970, and digits of a date."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.calendar import (
    NANOSECONDS_A_DAY,
    NO_DAY,
    ORDINAL,
    SIX,
    Flags,
    Parts,
    eight_digits,
)
from stockwarden.ingestion.columns.text_shapes import Integers

DAYS_1900, DAYS_1904 = 25_569, 24_107
_SERIAL = (20_000, 80_000)  # 1954 to 2119
_SERIAL_2000 = 36_526
_EPOCH_SECONDS = (3e8, 4.2e9)  # 1979 to 2103
_EPOCH_MILLISECONDS = (3e11, 4.2e12)
_EIGHT = (1_010_000, 99_999_999)
_FIRST_RUN = 190_001_010_000  # YYYYMMDDHHMM
# Serial days of 1900-01-00, 1900-01-01 (also as a program counts them that knows no leap day in
# 1900), and of 9999-12-31.
_NULL_SERIALS = (0, 1, 2, 2_958_465)


@dataclass
class DateNumbers:
    """Moments (`local` ones in nanoseconds of wall-clock time, `zoned` ones of UTC), parts whose
    order is open, digits to be read as text, and what is no date."""

    local: list[tuple[Integers, Integers]] = field(default_factory=list)
    zoned: list[tuple[Integers, Integers]] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    digits: tuple[list[str], Integers] | None = None
    six: tuple[list[str], Integers] | None = None
    unread: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def sort_numbers(numbers: npt.NDArray[np.float64], positions: Integers, epoch: int) -> DateNumbers:
    """Sorts numbers at `positions`; `epoch` is the serial day of 1970-01-01."""
    result = DateNumbers()
    whole = np.where(np.isfinite(numbers), np.floor(numbers), 0.0)
    integral = whole == numbers
    undecided = np.isfinite(numbers)
    null = integral & np.isin(whole, _NULL_SERIALS)
    if null.any():
        days = np.full(int(null.sum()), NO_DAY * NANOSECONDS_A_DAY, dtype=np.int64)
        result.local.append((positions[null], days))
        undecided &= ~null
    serial = undecided & (numbers >= _SERIAL[0]) & (numbers <= _SERIAL[1])
    if serial.any() and _are_ordinals(whole[serial], integral[serial]):
        result.parts.append(_ordinals(positions[serial], whole[serial].astype(np.int64)))
        undecided &= ~serial
    for low, high, unit, origin in (
        (*_SERIAL, NANOSECONDS_A_DAY, epoch),
        (*_EPOCH_SECONDS, 10**9, 0),
        (*_EPOCH_MILLISECONDS, 10**6, 0),
    ):
        chosen = undecided & (numbers >= low) & (numbers <= high)
        if low == _EPOCH_MILLISECONDS[0]:
            chosen &= ~(integral & (whole >= _FIRST_RUN) & _is_calendar_run(whole))
        # A serial's fraction is exact to a few microseconds, hence the rounding.
        part = np.rint((numbers[chosen] - whole[chosen]) * unit / 10**6).astype(np.int64)
        value = (whole[chosen].astype(np.int64) - origin) * unit + part * 10**6
        (result.local if origin else result.zoned).append((positions[chosen], value))
        undecided &= ~chosen
    six = undecided & integral & (whole > _SERIAL[1]) & (whole < 10**6)
    if six.any():
        result.six = [f"{int(number):06}" for number in whole[six]], positions[six]
        undecided &= ~six
    eight = undecided & integral & (whole >= _EIGHT[0]) & (whole <= _EIGHT[1])
    if eight.any():
        result.parts.append(eight_digits(positions[eight], whole[eight].astype(np.int64)))
        undecided &= ~eight
    # Thirteen digits are milliseconds; those still undecided are out of range.
    run = undecided & integral & (whole >= _FIRST_RUN) & (whole < 2**53)
    run &= (whole < 10**12) | (whole >= 10**13)
    if run.any():
        result.digits = [str(int(number)) for number in whole[run]], positions[run]
        undecided &= ~run
    result.unread = positions[undecided | ~np.isfinite(numbers)]
    return result


def six_digits(positions: Integers, number: Integers) -> Parts:
    """The parts of dates that are written as six consecutive digits."""
    first, second, third = number // 10_000, number // 100 % 100, number % 100
    return Parts(SIX, positions, number * 0, first, second, third, short=True)


def _are_ordinals(whole: npt.NDArray[np.float64], integral: Flags) -> bool:
    """Whether all serials may be YYDDD: those of this century's stock are larger."""
    if not integral.all() or whole.max() >= _SERIAL_2000:
        return False
    days = whole % 1000
    return bool(((days >= 1) & (days <= 366)).all())


def _ordinals(positions: Integers, number: Integers) -> Parts:
    zero = number * 0
    return Parts(ORDINAL, positions, zero, number // 1000, number % 1000, zero, short=True)


def _is_calendar_run(numbers: npt.NDArray[np.float64]) -> Flags:
    """Which numbers are YYYYMMDDHHMM of the years 1970 to 2099."""
    stamp = np.where(np.abs(numbers) < 2**53, numbers, 0).astype(np.int64)
    year, month = stamp // 10**8, stamp // 10**6 % 100
    day, hour, minute = stamp // 10**4 % 100, stamp // 100 % 100, stamp % 100
    return (
        (year >= 1970) & (year <= 2099) & (month >= 1) & (month <= 12) & (day >= 1)
        & (day <= 31) & (hour < 24) & (minute < 60)
    )  # fmt: skip
