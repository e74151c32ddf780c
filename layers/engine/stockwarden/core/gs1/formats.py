"""What the value of an application identifier looks like: its parts, their lengths and checks."""

import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stockwarden.core.gs1.check_digits import is_digits, shown, verified
from stockwarden.core.gs1.countries import COUNTRIES
from stockwarden.core.gs1.dates import date_from, day_from, time_from

Check = Callable[[str, date], object]

# GS1 General Specifications, 7.11.
CHARACTERS = frozenset(string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_")


@dataclass(frozen=True)
class Part:
    """Digits, or characters of `CHARACTERS`. Only the last part of a format varies in length.
    The check gets the part and today's date, and raises ValueError."""

    shortest: int
    longest: int
    numeric: bool
    check: Check | None = None


@dataclass(frozen=True)
class Format:
    """The parts of a value, in order."""

    parts: tuple[Part, ...]

    @property
    def shortest(self) -> int:
        return sum(part.shortest for part in self.parts)

    @property
    def longest(self) -> int:
        return sum(part.longest for part in self.parts)

    def check(self, value: str, today: date) -> None:
        """Raises ValueError, which goes on after the name of the identifier and a colon."""
        self._check_length(value)
        start = 0
        for part in self.parts:
            piece = value[start : start + part.longest]
            start += len(piece)
            if part.numeric and piece and not is_digits(piece):
                raise ValueError(f"{shown(piece)} has to be digits.")
            for character in piece:
                if character not in CHARACTERS:
                    raise ValueError(
                        f"the character {character!r} may not stand in {shown(piece)}."
                    )
            if part.check and piece:
                part.check(piece, today)

    def _check_length(self, value: str) -> None:
        if self.shortest <= len(value) <= self.longest:
            return
        if self.shortest == self.longest:
            wanted = f"{self.longest}"
        elif len(value) > self.longest:
            wanted = f"at most {self.longest}"
        else:
            wanted = f"at least {self.shortest}"
        raise ValueError(f"the value has {wanted} characters, and {shown(value)} has {len(value)}.")


def numeric(length: int, check: Check | None = None) -> Part:
    return Part(length, length, numeric=True, check=check)


def numeric_up_to(length: int, check: Check | None = None, shortest: int = 1) -> Part:
    return Part(shortest, length, numeric=True, check=check)


def text_up_to(length: int, check: Check | None = None, shortest: int = 1) -> Part:
    return Part(shortest, length, numeric=False, check=check)


def with_check_digit(number: str, _today: date) -> None:
    verified(number, "number")


def is_date(value: str, today: date) -> None:
    date_from(value, today)


def is_day(value: str, today: date) -> None:
    day_from(value, today)


def is_time(value: str, _today: date) -> None:
    time_from(value)


def is_day_and_hour(value: str, today: date) -> None:
    day_from(value[:6], today)
    time_from(value[6:])


def is_minutes(value: str, _today: date) -> None:
    """Minutes, or minutes and seconds."""
    time_from(f"00{value}")


def is_country(value: str, _today: date) -> None:
    if value not in COUNTRIES:
        raise ValueError(f"no country has the code {value} (ISO 3166-1).")


def is_countries(value: str, today: date) -> None:
    if len(value) % 3:
        raise ValueError(f"{value} is no list of country codes of three digits each.")
    for start in range(0, len(value), 3):
        is_country(value[start : start + 3], today)


def is_piece(value: str, _today: date) -> None:
    """The number of a piece, and how many there are."""
    piece, total = value[:2], value[2:]
    if not "01" <= piece <= total:
        raise ValueError(f"there is no piece {piece} of {total}.")


def is_zero(value: str, _today: date) -> None:
    if value.strip("0"):
        raise ValueError(f"{value} has to be 0 here.")


def begins_with_prefix(value: str, _today: date) -> None:
    """A company prefix has four digits or more."""
    if len(value) < 4 or not is_digits(value[:4]):
        raise ValueError(f"{shown(value)} does not begin with a GS1 Company Prefix.")
