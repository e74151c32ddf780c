"""Converts values to cells of CSV files and workbooks that no program interprets as formulas.

A supplier's file may have `=HYPERLINK(…)` or `@SUM(…)` in a description. In a workbook such a value
is stored as a text cell. CSV has no types, so there the text gets an apostrophe prefix, as one
would type it; `restored` removes it again, and no text is changed otherwise.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from typing import IO, Any
from zoneinfo import ZoneInfo

LONGEST_TEXT = 32_767
_APOSTROPHE = "'"
# Fullwidth signs start formulas in Chinese and Japanese locales.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_GUARDED = (*_FORMULA, _APOSTROPHE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_EXACT = 10**15
_FIRST_YEAR = 1900


def guarded(text: str) -> str:
    """The text for CSV, with an apostrophe prefix where it could be a formula.

    A text that begins with an apostrophe gets one more, so that `restored` is always the inverse.
    """
    return _APOSTROPHE + text if text.startswith(_GUARDED) else text


def restored(text: str) -> str:
    """The inverse of `guarded`."""
    return text.removeprefix(_APOSTROPHE)


def unguarded(text: str) -> str:
    """A text of a file that may be guarded or not: only what `guarded` puts there is removed."""
    return text[1:] if text.startswith(_APOSTROPHE) and text[1:].startswith(_GUARDED) else text


def csv_value(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def write_csv(header: Iterable[str], rows: Iterable[Iterable[Any]], target: IO[bytes]) -> None:
    """Writes a table in UTF-8 with a byte order mark, which Excel needs."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow([csv_value(value) for value in row])
    text.flush()
    text.detach()


def workbook_value(value: Any) -> Any:
    """What a workbook's cell stores: the value, or its text where a cell would round it."""
    if isinstance(value, str):
        return fitting(value)
    return str(value) if _exceeds_number_cells(value) else value


def is_formula_like(text: str) -> bool:
    """Whether a program would take the text for a formula when somebody types it."""
    return text.startswith(_FORMULA)


def fitting(text: str) -> str:
    """The text cut to a cell's maximum, with control characters, which a sheet cannot store,
    replaced by their Unicode pictures."""
    text = _CONTROL.sub(_picture, text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def moment(text: str | None, zone: ZoneInfo) -> datetime | str | None:
    """An ISO 8601 time as a date cell in `zone`; the text itself where it is no such time."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return aware.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _exceeds_number_cells(value: Any) -> bool:
    """Whether a number cell would round the value, or cannot store it."""
    match value:
        case None | bool() | time():
            return False
        case int():
            return abs(value) >= _MAX_EXACT
        case float():
            return not isfinite(value)
        case date():
            return value.year < _FIRST_YEAR
        case timedelta():
            return value < timedelta(0)
    return True


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
