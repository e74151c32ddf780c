"""Dates and times of element strings, which have two digits for the year."""

import calendar
from datetime import date, time


def date_from(text: str, today: date) -> date:
    """The date of YYMMDD; day 00 is the last day of the month. Raises ValueError if there is no
    such date."""
    year, month, day = _full_year(int(text[:2]), today), int(text[2:4]), int(text[4:6])
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {text[2:4]} in {text}.")
    last = calendar.monthrange(year, month)[1]
    if day > last:
        raise ValueError(f"{year}-{month:02d} has no day {day}.")
    return date(year, month, day or last)


def day_from(text: str, today: date) -> date:
    """The date of YYMMDD where a day is needed. Raises ValueError for day 00."""
    if text[4:6] == "00":
        raise ValueError(f"{text} has no day, and one is needed here.")
    return date_from(text, today)


def time_from(text: str) -> time:
    """The time of HH, HHMM or HHMMSS. Raises ValueError if there is no such time."""
    parts = [int(text[start : start + 2]) for start in range(0, len(text), 2)]
    if len(text) % 2 or not 1 <= len(parts) <= 3:
        raise ValueError(f"{text} is no time of two digits for each of hours, minutes, seconds.")
    if any(part >= limit for part, limit in zip(parts, (24, 60, 60), strict=False)):
        raise ValueError(f"there is no time {':'.join(f'{part:02d}' for part in parts)}.")
    hours, minutes, seconds = (*parts, 0, 0)[:3]
    return time(hours, minutes, seconds)


def _full_year(year: int, today: date) -> int:
    """The year with these last digits from 49 years before today's to 50 years after it
    (GS1 General Specifications, 7.12)."""
    ahead = year - today.year % 100
    century = today.year - today.year % 100
    if ahead > 50:
        century -= 100
    elif ahead < -49:
        century += 100
    return century + year
