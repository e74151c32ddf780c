"""Reads columns of text: trims, keeps leading zeros, reports damage by spreadsheet programs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.joined_column import SEPARATOR, are_trimmed, has_blank, join
from stockwarden.ingestion.columns.long_numbers import may_be_rounded, rounded_numbers
from stockwarden.ingestion.columns.nothing_words import ERRORS, NOTHING, without_mark
from stockwarden.ingestion.inventory import Unparsed

REASONS = ("digits_lost", "turned_into_date", "not_a_value", "error_value")
_DIGITS_LOST, _TURNED_INTO_DATE, _NO_VALUE, _ERROR = range(1, 5)

EXACT_INTEGERS = 2**53
"""From here on floats skip integers, so the typed number is no longer known."""

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d\d")
_LONGEST_SHOWN = 400
# A free text is marked as text if most of the column is: a Dutch word may begin with one.
_MARKED_SHARE = 0.5
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))


@dataclass(frozen=True)
class TextValues:
    """`values` as object (str, None where blank or unread), and what was not read."""

    values: npt.NDArray[np.object_]
    unparsed: Unparsed


def read_texts(
    cells: Sequence[Any],
    joined: str | None = None,
    *,
    identifiers: bool = True,
    keep_words: bool = False,
) -> TextValues:
    """Reads a column of text, given also as `joined` if its cells are all text.

    With `identifiers`, text in scientific notation counts as a number whose digits are lost.
    With `keep_words`, words such as `NULL` and `N/A` stay (a layout may have such a code).
    """
    codes = np.zeros(len(cells), dtype=np.int16)
    joined = join(cells) if joined is None else joined
    if joined is not None and are_trimmed(joined):
        texts: Sequence[str] = cells
    else:
        known = cells if joined is not None else _as_texts(cells, set(map(type, cells)), codes)
        texts = [_visible(text.strip()) for text in known]
        joined = SEPARATOR.join(texts)
    if "'" in joined and (identifiers or _are_marked(texts)):
        texts = list(map(without_mark, texts))
        joined = SEPARATOR.join(texts)
    values: npt.NDArray[np.object_] = np.fromiter(texts, dtype=object, count=len(texts))
    odd = _odd_values(texts, joined, identifiers=identifiers, keep_words=keep_words)
    if odd:
        is_odd = np.fromiter(map(odd.__contains__, texts), dtype=np.bool_, count=len(texts))
        for index in np.flatnonzero(is_odd).tolist():
            values[index] = None
            # A cell that is no text has its own reason already, and a blank stands for it.
            codes[index] = odd[texts[index]] or codes[index]
    return TextValues(values, Unparsed(codes, REASONS))


def _are_marked(texts: Sequence[str]) -> bool:
    marked = sum(text.startswith("'") for text in texts)
    return marked > _MARKED_SHARE * sum(map(bool, texts))


def _visible(value: str) -> str:
    return value if value.isascii() else value.translate(_INVISIBLE).strip()


def _odd_values(
    texts: Sequence[str], joined: str, *, identifiers: bool, keep_words: bool
) -> dict[str, int]:
    """{text: 0 for a word that means blank, else a reason code}, for texts of the column."""
    odd: dict[str, int] = {}
    if not keep_words:
        odd.update(dict.fromkeys(NOTHING.intersection(texts), 0))
    elif has_blank(joined):
        odd[""] = 0
    if "#" in joined:
        odd.update(dict.fromkeys(ERRORS.intersection(texts), _ERROR))
    if identifiers and ("E+" in joined or "e+" in joined):
        marked = (text for text in texts if "+" in text)
        odd.update({text: _DIGITS_LOST for text in marked if _SCIENTIFIC.fullmatch(text)})
    if identifiers:
        odd.update(dict.fromkeys(rounded_numbers(texts), _DIGITS_LOST))
    return odd


def _as_texts(cells: Sequence[Any], kinds: set[type], codes: npt.NDArray[np.int16]) -> list[str]:
    """Cells of any type as text; '' and a reason where the text cannot be known."""
    readers: dict[type, Callable[[Any], tuple[str, int]]] = {
        float: _from_float,
        int: _from_int,
        bool: lambda _: ("", _NO_VALUE),
        datetime: lambda _: ("", _TURNED_INTO_DATE),
        date: lambda _: ("", _TURNED_INTO_DATE),
        time: lambda _: ("", _TURNED_INTO_DATE),
        timedelta: lambda _: ("", _TURNED_INTO_DATE),
        type(None): lambda _: ("", 0),
    }
    if kinds == {float}:
        numbers = np.fromiter(cells, dtype=np.float64, count=len(cells))
        if np.isfinite(numbers).all() and (np.abs(numbers) < EXACT_INTEGERS).all():
            whole = numbers.astype(np.int64)
            if (whole == numbers).all():
                return list(map(str, whole.tolist()))
    texts: list[str] = []
    for index, cell in enumerate(cells):
        if type(cell) is str:
            texts.append(cell)
            continue
        text, code = readers[type(cell)](cell)
        texts.append(text)
        codes[index] = code
    return texts


def _from_float(number: float) -> tuple[str, int]:
    if not np.isfinite(number):
        return "", _NO_VALUE
    if abs(number) >= EXACT_INTEGERS:
        return "", _DIGITS_LOST
    return (str(int(number)) if number.is_integer() else repr(number)), 0


def _from_int(number: int) -> tuple[str, int]:
    return str(number), 0


def count_damaged(cells: Sequence[Any], joined: str | None) -> int:
    """The number of cells whose digits were lost when they were stored as numbers."""
    if joined is not None and "E+" not in joined and "e+" not in joined:
        return sum(map(rounded_numbers(cells).__contains__, cells)) if may_be_rounded(cells) else 0
    codes = read_texts(cells, joined).unparsed.codes
    return int((codes == _DIGITS_LOST).sum())


def is_nothing(cell: Any) -> bool:
    """Whether a cell says nothing of its column: blank, a word for blank, an error, a boolean."""
    if isinstance(cell, str):
        text = cell.strip()
        return text in NOTHING or text in ERRORS
    return isinstance(cell, bool)


def cell_text(cell: Any) -> str:
    """A cell as text for headers, samples and messages, at most _LONGEST_SHOWN characters."""
    if isinstance(cell, float) and np.isfinite(cell) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return " ".join(str(cell)[:_LONGEST_SHOWN].split()) if cell is not None else ""
