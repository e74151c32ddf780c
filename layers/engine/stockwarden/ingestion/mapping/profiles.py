"""Profiles the values of a column: what kinds of values it has, and how they repeat."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from stockwarden.ingestion.columns.date_text import is_best_before, is_date_number, layout_of
from stockwarden.ingestion.columns.durations import clock_hours, worded_hours
from stockwarden.ingestion.columns.identifiers import cell_text, is_nothing
from stockwarden.ingestion.columns.nothing_words import without_mark
from stockwarden.ingestion.columns.numbers import looks_numeric, unit_of
from stockwarden.ingestion.columns.text_shapes import shape_of
from stockwarden.ingestion.mapping.value_words import TYPE_WORDS, UNIT_WORDS, ZONE_WORDS

KnownLocation = Callable[[list[str]], list[bool]]

_PLACE_WORDS = re.compile(
    r"(?:recv|receiv|recep|dock|muelle|stage|staging|aisle|pasillo|ship|qc|quar|rack|bin|stor)"
    r"[\w.-]*"
)
_PLACE_SHAPE = re.compile(r"[a-z]{0,3}[-. ]?0{1,4}(?:[-./ ]?[a-z]{0,2}0{0,4}){0,4}")
# 01-02-03 is a day, or aisle 1, rack 2, level 3.
_DATE_OR_PLACE = re.compile(r"00[-. ]00[-. ]00")
# 011.04.39.01 is a place; the groups of a number have three digits.
_DOTTED_CODE = re.compile(r"(?!\d{1,3}(?:\.\d{3})+$)\d+(?:\.\d+){2,}")
_STRUCTURED = re.compile(r"(?=.*0)[a-z0]+(?:[-./_ ][a-z]*0*[a-z]?)+")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_CAPITALS = re.compile(r"[A-Z0-9][A-Z0-9_.-]*")
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DAY_MONTH = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])"
_CALENDAR_DIGITS = re.compile(
    rf"(?:19|20)\d\d{_MONTH_DAY}(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{{3}})?)?)?"
    rf"|(?:{_MONTH_DAY}|{_DAY_MONTH})(?:19|20)\d\d"
)
# YYYYMM, YYMMDD, and YYDDD with the day of the year.
_DATE_DIGITS = re.compile(
    r"20[1-6]\d(?:0[1-9]|1[0-2])|[1-6]\d(?:0[1-9]|1[0-2])[0-3]\d|[12]\d[0-3]\d\d"
)
# From this many values on, their pattern says something.
_FEW = 5
_LABEL_LENGTH = 6
_FIRST_LINES = 10


@dataclass(frozen=True)
class ColumnProfile:
    """Shares (0..1) of a sample's filled cells by kind.

    `share` is that of the filled cells among all, `counting` says that they count up by one, and
    `one_shape` is the share of the most common pattern of letters and digits.
    """

    filled: int
    dates: float = 0.0
    date_codes: float = 0.0
    months: float = 0.0
    measures: float = 0.0
    date_numbers: float = 0.0
    durations: float = 0.0
    numbers: float = 0.0
    fractions: float = 0.0
    codes: float = 0.0
    words: float = 0.0
    locations: float = 0.0
    short: float = 0.0
    unique: float = 0.0
    distinct: int = 0
    types: float = 0.0
    zones: float = 0.0
    units: float = 0.0
    eighteen: float = 0.0
    ssccs: float = 0.0
    gtins: float = 0.0
    structured: float = 0.0
    spaced: float = 0.0
    one_shape: float = 0.0
    longest: int = 0
    share: float = 1.0
    counting: bool = False
    known: float | None = None

    @property
    def is_site(self) -> bool:
        """Whether the values say where the warehouse is, rather than a place in it: one name or
        address in every row, or a few that are words without numbers."""
        if self.filled < _FEW or self.locations > 0.2 or (self.known or 0.0) > 0.2:
            return False
        if self.distinct == 1 or self.spaced > 0.8:
            return self.structured < 0.5
        return self.words > 0.9 and self.codes < 0.5 and self.distinct <= self.filled / 6

    @property
    def is_label(self) -> bool:
        """Whether the values are the unique labels of load units: SSCCs, or codes of one shape."""
        if self.filled < _FEW or self.unique < 0.95 or self.dates or self.fractions:
            return False
        if self.ssccs > 0.9:
            return True
        codes = self.codes > 0.95 and self.date_numbers < 0.5 and not self.counting
        return codes and self.one_shape > 0.9 and self.longest >= _LABEL_LENGTH


def profile_column(
    cells: Sequence[Any], known_location: KnownLocation | None = None
) -> ColumnProfile:
    """Profiles a sample of a column's cells. Blank cells are ignored."""
    filled = [cell for cell in cells if cell is not None and not is_nothing(cell)]
    if not filled:
        return ColumnProfile(0)
    kinds: Counter[str] = Counter()
    texts = [without_mark(cell_text(cell)) for cell in filled]
    for cell, text in zip(filled, texts, strict=True):
        kinds.update(_kinds(cell, text))
        kinds["months"] += _may_be_month(text)
    size = len(filled)
    share = {kind: count / size for kind, count in kinds.items()}
    distinct = list(dict.fromkeys(texts))
    known = None
    if known_location and max(map(len, distinct)) <= 64:
        known = sum(known_location(distinct)) / len(distinct)
    shapes = Counter(_ANY_LETTER.sub("a", shape_of(text)) for text in texts)
    return ColumnProfile(
        size,
        unique=len(distinct) / size,
        distinct=len(distinct),
        one_shape=max(shapes.values()) / size,
        longest=max(map(len, texts)),
        share=size / len(cells),
        counting=_counts_up(texts),
        known=known,
        **share,
    )


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether most values are the one before plus 1, as line numbers are; codes have zeros."""
    plain = all(text.isdecimal() and len(text) <= 7 and text[0] != "0" for text in texts)
    if len(texts) < _FEW or not plain:
        return False
    numbers = [int(text) for text in texts]
    if min(numbers) > _FIRST_LINES:
        return False
    rising = sum(1 for one, two in pairwise(numbers) if two == one + 1)
    return rising >= 0.8 * (len(numbers) - 1)


def _kinds(cell: Any, text: str) -> list[str]:
    if isinstance(cell, bool):
        return []
    if isinstance(cell, (datetime, date)):
        return ["dates"]
    if isinstance(cell, timedelta):
        return ["durations"]
    if isinstance(cell, (int, float)):
        return _number_kinds(text, fraction=not float(cell).is_integer())
    if looks_numeric(text) and not (_is_dotted_date(text) or _DOTTED_CODE.fullmatch(text)):
        return _number_kinds(text, fraction=not text.isdecimal())
    return _text_kinds(text)


def _is_dotted_date(text: str) -> bool:
    """Whether the text is a date like `17.01.25`; no number has groups of two digits."""
    return text.count(".") == 2 and layout_of(shape_of(text)) is not None


def _text_kinds(text: str) -> list[str]:
    shape, lowered = shape_of(text), text.lower()
    if _DATE_OR_PLACE.fullmatch(shape):
        return ["date_codes", "short"]
    if layout_of(shape):
        return ["dates"]
    kinds = [
        kind
        for kind, words in (("types", TYPE_WORDS), ("zones", ZONE_WORDS), ("units", UNIT_WORDS))
        if lowered in words
    ]
    if worded_hours(text) is not None or clock_hours(text) is not None:
        kinds.append("durations")
    if unit_of(lowered) in UNIT_WORDS:
        kinds.append("measures")
    if _is_code(text, shape):
        kinds.append("codes")
    if "0" not in shape or " " in text:
        kinds.append("words")
    if _PLACE_SHAPE.fullmatch(shape) or _PLACE_WORDS.fullmatch(lowered):
        kinds.append("locations")
    if " " in text.strip():
        kinds.append("spaced")
    elif _STRUCTURED.fullmatch(shape):
        kinds.append("structured")
    if len(text) <= 20:
        kinds.append("short")
    return kinds


def _is_code(text: str, shape: str) -> bool:
    digits = shape.count("0")
    if not digits:
        return len(text) <= 20 and _CAPITALS.fullmatch(text) is not None
    if " " in text:
        return len(text) <= 20 and digits >= 0.3 * len(text) and text.count(" ") == 1
    return len(text) <= 40


def _number_kinds(text: str, *, fraction: bool) -> list[str]:
    digits = text.strip("-+")
    kinds = ["numbers", "short"] if len(text) <= 20 else ["numbers"]
    if fraction:
        kinds.append("fractions")
    elif digits.isdecimal():
        if len(digits) <= 20:
            kinds.append("codes")
        if len(digits) == 18:
            kinds.append("eighteen")
        if (len(digits) == 18 or (len(digits) == 20 and digits.startswith("00"))) and (
            _gtin_checks(digits[-18:])
        ):
            kinds.append("ssccs")
        if len(digits) in {8, 12, 13, 14} and _gtin_checks(digits):
            kinds.append("gtins")
    if _is_date_like(digits):
        kinds.append("date_numbers")
    return kinds


def _may_be_month(text: str) -> bool:
    """Whether the text may be a best-before date: 03/2026, Mar-26, 260331, 26090."""
    if text.isdecimal():
        return _DATE_DIGITS.fullmatch(text) is not None
    return is_best_before(shape_of(text))


def _is_date_like(digits: str) -> bool:
    if _CALENDAR_DIGITS.fullmatch(digits):
        return True
    if not is_date_number(shape_of(digits)):
        return False
    number = float(digits.replace(",", "."))
    return 30_000 <= number <= 60_000 or 1e9 <= number <= 2.2e9 or 1e12 <= number <= 2.2e12


def _gtin_checks(digits: str) -> bool:
    total = sum(
        int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(digits[-2::-1])
    )
    return (total + int(digits[-1])) % 10 == 0
