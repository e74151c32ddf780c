"""Parses durations: `12w 1d 23h 53m`, `3 días`, `P1DT2H`, `2.03:04:05`."""

import re
from functools import lru_cache

_UNITS_IN_HOURS = {
    "w": 168.0, "wk": 168.0, "wks": 168.0, "week": 168.0, "weeks": 168.0, "sem": 168.0,
    "semana": 168.0, "semanas": 168.0, "d": 24.0, "day": 24.0, "days": 24.0, "dia": 24.0,
    "dias": 24.0, "día": 24.0, "días": 24.0, "h": 1.0, "hr": 1.0, "hrs": 1.0, "hour": 1.0,
    "hours": 1.0, "hora": 1.0, "horas": 1.0, "m": 1 / 60, "min": 1 / 60, "mins": 1 / 60,
    "minute": 1 / 60, "minutes": 1 / 60, "minuto": 1 / 60, "minutos": 1 / 60, "s": 1 / 3600,
    "sec": 1 / 3600, "secs": 1 / 3600, "second": 1 / 3600, "seconds": 1 / 3600,
    "seg": 1 / 3600, "segundo": 1 / 3600, "segundos": 1 / 3600,
}  # fmt: skip
_LONGEST = 100  # bounds the cached texts too
_UNIT = "|".join(sorted(_UNITS_IN_HOURS, key=len, reverse=True))
_STEP = re.compile(rf"(\d+(?:[.,]\d+)?) ?({_UNIT})\b\.?|(\d+(?:[.,]\d+)?)({_UNIT})(?=\d)")
_WORDED = re.compile(
    rf"\d+(?:[.,]\d+)? ?(?:{_UNIT})\.?(?:(?:,| and| y)? ?\d+(?:[.,]\d+)? ?(?:{_UNIT})\.?)*"
)
_ISO = re.compile(r"p(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?)?")
_CLOCK = re.compile(
    r"(?:(\d+)(?:\.| days?,? | d[ií]as?,? | ))?(\d{1,4}):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
)
_HOURS_OF = {"days": 24.0, "day": 24.0, "dias": 24.0, "dia": 24.0, "d": 24.0, "hours": 1.0,
             "hour": 1.0, "horas": 1.0, "hora": 1.0, "h": 1.0, "hrs": 1.0, "hr": 1.0,
             "minutes": 1 / 60, "minutos": 1 / 60, "min": 1 / 60, "mins": 1 / 60,
             "weeks": 168.0, "semanas": 168.0, "wks": 168.0}  # fmt: skip


def worded_hours(text: str) -> float | None:
    """Hours of a duration with written units; None for other text. Years and months have no
    fixed length and give None."""
    return _worded_hours(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=65_536)
def _worded_hours(text: str) -> float | None:
    text = " ".join(text.lower().split())
    if _WORDED.fullmatch(text):
        steps = [step.groups() for step in _STEP.finditer(text)]
        return sum(
            float((amount or amount2).replace(",", ".")) * _UNITS_IN_HOURS[unit or unit2]
            for amount, unit, amount2, unit2 in steps
        )
    if len(text) > 2 and (match := _ISO.fullmatch(text)) and any(match.groups()):
        factors = (168.0, 24.0, 1.0, 1 / 60, 1 / 3600)
        return sum(
            float(part) * factor
            for part, factor in zip(match.groups(), factors, strict=True)
            if part
        )
    return None


def clock_hours(text: str) -> float | None:
    """Hours of `47:30`, `47:30:00`, `2 03:04:05`, `2.03:04:05`, `2 days, 3:04:05`."""
    return _clock_hours(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=65_536)
def _clock_hours(text: str) -> float | None:
    match = _CLOCK.fullmatch(" ".join(text.lower().split()))
    if not match or int(match[3]) > 59 or int(match[4] or 0) > 59:
        return None
    if match[1] and int(match[2]) > 23:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return days * 24 + hours + minutes / 60 + seconds / 3600


def unit_in_hours(header: str) -> float | None:
    """The unit that a column's name gives to its plain numbers, in hours: `age days` is 24."""
    units = {_HOURS_OF[word] for word in header.split() if word in _HOURS_OF}
    return units.pop() if len(units) == 1 else None
