"""Converts values to spreadsheet cells that no program interprets as formulas.

A supplier's file may have `=HYPERLINK(…)` or `@SUM(…)` in a description. In a workbook such a value
is stored as a text cell. CSV has no types, so there the text gets an apostrophe prefix, as one
would type it; `restored` removes it again, and no text is changed otherwise.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font, PatternFill

LONGEST_TEXT = 32_767
_APOSTROPHE = "'"
# Fullwidth signs start formulas in Chinese and Japanese locales.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_GUARDED = (*_FORMULA, _APOSTROPHE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_EXACT = 10**15
_FIRST_YEAR = 1900
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="1F3A5F")
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)


def guarded(text: str) -> str:
    """The text for CSV, with an apostrophe prefix where it could be a formula.

    A text that begins with an apostrophe gets one more, so that `restored` is always the inverse.
    """
    return _APOSTROPHE + text if text.startswith(_GUARDED) else text


def restored(text: str) -> str:
    """The inverse of `guarded`."""
    return text.removeprefix(_APOSTROPHE)


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


def cells(sheet: Any, values: list[Any]) -> Iterator[Any]:
    """A row for openpyxl's write-only sheets; only values that need a style become cells."""
    for value in values:
        if isinstance(value, str):
            text = fitting(value)
            yield _text_cell(sheet, text) if _is_interpreted(text) else text
        elif _exceeds_number_cells(value):
            yield _text_cell(sheet, str(value))
        else:
            yield value


def header_cells(sheet: Any, names: list[str]) -> Iterator[Any]:
    for name in names:
        cell = _text_cell(sheet, fitting(name))
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
        yield cell


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


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = text
    cell.data_type = "s"
    # The cell stays a text when somebody edits it and presses Enter.
    cell.quotePrefix = text.startswith(_FORMULA)
    return cell


def _is_interpreted(text: str) -> bool:
    return text.startswith(_FORMULA) or text in ERROR_CODES


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
