"""Values of a warehouse's files as cells that no spreadsheet program takes for a formula.

A file from a supplier may hold `=HYPERLINK(…)` or `@SUM(…)` in a description. In a workbook such a
text is stored as what it is, a text. A csv has no types, so there it gets an apostrophe before it,
as one would type it by hand; `restored` takes it away again, and no text is changed otherwise.
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
# The fullwidth signs count as signs where Chinese or Japanese is written.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_GUARDED = (*_FORMULA, _APOSTROPHE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PRECISE = 10**15
_FIRST_YEAR = 1900
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="1F3A5F")
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)


def guarded(text: str) -> str:
    """For a csv: the text, with an apostrophe before it where it could be a formula.

    A text that begins with an apostrophe gets one more, so that taking one away is always right.
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
    """The row as openpyxl's write-only sheets take it; only what needs a style becomes a cell."""
    for value in values:
        if isinstance(value, str):
            text = fitting(value)
            yield _text_cell(sheet, text) if _is_taken_for_more(text) else text
        elif _is_beyond_numbers(value):
            yield _text_cell(sheet, str(value))
        else:
            yield value


def header_cells(sheet: Any, names: list[str]) -> Iterator[Any]:
    for name in names:
        cell = _text_cell(sheet, fitting(name))
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
        yield cell


def fitting(text: str) -> str:
    """As much as a cell holds, with control characters by their pictures: a sheet has none."""
    text = _CONTROL.sub(_picture, text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def moment(text: str | None, zone: ZoneInfo) -> datetime | str | None:
    """An ISO 8601 time as a date cell in `zone`; the text itself where it is no such time."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = text
    cell.data_type = "s"
    # Keeps it a text when somebody opens the cell and presses Enter.
    cell.quotePrefix = text.startswith(_FORMULA)
    return cell


def _is_taken_for_more(text: str) -> bool:
    return text.startswith(_FORMULA) or text in ERROR_CODES


def _is_beyond_numbers(value: Any) -> bool:
    """What a cell would round, or cannot hold at all."""
    match value:
        case None | bool() | time():
            return False
        case int():
            return abs(value) >= _PRECISE
        case float():
            return not isfinite(value)
        case date():
            return value.year < _FIRST_YEAR
        case timedelta():
            return value < timedelta(0)
    return True


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
