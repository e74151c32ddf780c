"""Profiles the values of a column, and scores how well they fit each field."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stockwarden.ingestion.columns.date_text import is_best_before, is_date_number, layout_of
from stockwarden.ingestion.columns.durations import clock_hours, worded_hours
from stockwarden.ingestion.columns.identifiers import cell_text, is_nothing
from stockwarden.ingestion.columns.nothing_words import without_mark
from stockwarden.ingestion.columns.numbers import looks_numeric, unit_of
from stockwarden.ingestion.columns.text_shapes import shape_of
from stockwarden.ingestion.mapping.fields import DATES, FIELDS, NUMBERS

KnownLocation = Callable[[list[str]], list[bool]]

_PLACE_WORDS = re.compile(
    r"(?:recv|receiv|recep|dock|muelle|stage|staging|aisle|pasillo|ship|qc|quar|rack|bin|stor)"
    r"[\w.-]*"
)
_PLACE_SHAPE = re.compile(r"[a-z]{0,3}[-. ]?0{1,4}(?:[-./ ]?[a-z]{0,2}0{0,4}){0,4}")
# 01-02-03 is a day, or aisle 1, rack 2, level 3.
_DATE_OR_PLACE = re.compile(r"00[-. ]00[-. ]00")
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
_TYPE_WORDS = frozenset(
    {"receiving", "storage", "final", "staging", "dock", "transitional", "aisle", "shipping",
     "quarantine", "recepcion", "almacenamiento", "almacen", "muelle", "pasillo", "expedicion",
     "cuarentena", "picking", "rack", "bulk", "reserve", "floor", "unknown"}
)  # fmt: skip
_ZONE_WORDS = frozenset(
    {"ambient", "ambiente", "general", "frozen", "congelado", "congelados", "chilled", "cold",
     "frio", "refrigerated", "refrigerado", "dry", "seco", "cool", "freezer", "cooler"}
)  # fmt: skip
_UNIT_WORDS = frozenset(
    {"ea", "each", "cs", "case", "cases", "pc", "pcs", "piece", "pieces", "kg", "g", "lb", "lbs",
     "box", "boxes", "ctn", "carton", "bag", "bags", "un", "und", "uds", "ud", "unidad",
     "unidades", "caja", "cajas", "pza", "pzas", "l", "lt", "ltr", "m", "pal", "pallet", "pk",
     "pack", "roll", "drum", "set", "saco", "kilo", "kgs", "st", "stk"}
)  # fmt: skip


@dataclass(frozen=True)
class ColumnProfile:
    """Shares (0..1) of a sample's filled cells by kind."""

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
    gtins: float = 0.0
    known: float | None = None


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
    return ColumnProfile(
        size, unique=len(distinct) / size, distinct=len(distinct), known=known, **share
    )


def _kinds(cell: Any, text: str) -> list[str]:
    if isinstance(cell, bool):
        return []
    if isinstance(cell, (datetime, date)):
        return ["dates"]
    if isinstance(cell, timedelta):
        return ["durations"]
    if isinstance(cell, (int, float)):
        return _number_kinds(text, fraction=not float(cell).is_integer())
    if looks_numeric(text) and not _is_dotted_date(text):
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
        for kind, words in (("types", _TYPE_WORDS), ("zones", _ZONE_WORDS), ("units", _UNIT_WORDS))
        if lowered in words
    ]
    if worded_hours(text) is not None or clock_hours(text) is not None:
        kinds.append("durations")
    if unit_of(lowered) in _UNIT_WORDS:
        kinds.append("measures")
    if _is_code(text, shape):
        kinds.append("codes")
    if "0" not in shape or " " in text:
        kinds.append("words")
    if _PLACE_SHAPE.fullmatch(shape) or _PLACE_WORDS.fullmatch(lowered):
        kinds.append("locations")
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


def value_scores(profile: ColumnProfile) -> dict[str, float]:
    """{field: 0..1}: how well the values fit each field, regardless of its name."""
    if not profile.filled:
        return {}
    repeats = 1.0 - profile.unique
    datelike = max(profile.dates + profile.date_codes, 0.75 * profile.date_numbers)
    plain_codes = max(0.0, profile.codes - profile.dates)
    integers = max(0.0, profile.numbers - profile.fractions)
    few = min(1.0, 12 / profile.distinct)
    scores = {
        "pallet_id": plain_codes * _steps(profile.unique, (0.3, 0.15), (0.8, 0.7), (0.95, 1.0)),
        "location": _location(profile, max(plain_codes, profile.date_codes), repeats),
        "receipt_number": plain_codes * (0.85 if repeats > 0.02 else 0.6),
        "description": profile.words
        * (0.9 if profile.locations < 0.5 else 0.3)
        * (1 - profile.types),
        "quantity": profile.numbers * (0.9 if profile.date_numbers < 0.9 else 0.6),
        "weight": profile.numbers * 0.8,
        "unit": max(profile.units, 0.6 * few * (1 - profile.numbers) * profile.short),
        "product_code": plain_codes * (0.8 if repeats > 0.02 else 0.6),
        "time_in_storage": max(
            profile.durations, 0.7 * profile.numbers * (1 - profile.date_numbers)
        ),
        "location_type": max(profile.types, 0.55 * few * (1 - profile.numbers)),
        "temperature_zone": max(profile.zones, 0.55 * few * profile.short),
        "sscc": profile.eighteen,
        "gtin": profile.gtins,
    }
    for field in DATES:
        scores[field] = datelike
    scores["creation_date"] = max(datelike, profile.durations * 0.6)
    if profile.filled > 3 and integers > 0.9 and profile.distinct <= 2:
        scores["pallet_id"] = 0.0
    return {field: round(min(1.0, scores[field]), 6) for field in FIELDS}


def named_fit(field: str, profile: ColumnProfile, fits: Mapping[str, float]) -> float:
    """How well the values fit the field that the column's name states: less is required.

    A pallet with several products has several rows; a description may be one word.
    """
    if field == "pallet_id":
        codes = max(0.0, max(profile.codes, profile.short * profile.words * 0.6) - profile.dates)
        return codes * (1.0 if profile.unique >= 0.2 or profile.distinct >= 50 else 0.5)
    if field in {"receipt_number", "product_code"}:
        return max(fits[field], profile.short - profile.dates - profile.fractions)
    if field in NUMBERS:
        return max(fits[field], profile.numbers + profile.measures)
    if field == "expiry_date":
        # 03/26 is a place as well: only a name tells.
        return max(fits[field], profile.months)
    if field == "description":
        return max(fits[field], 1.0 - profile.dates - profile.numbers - 0.6 * profile.locations)
    if field in {"unit", "location_type", "temperature_zone"}:
        return max(fits[field], 0.9 - profile.dates - profile.unique)
    return fits[field]


def _location(profile: ColumnProfile, plain_codes: float, repeats: float) -> float:
    worded = profile.words * profile.short * (1 - profile.dates)
    score = 0.7 * max(plain_codes * profile.short, 0.8 * worded) + 0.2 * profile.locations
    if repeats > 0.02:
        score += 0.15
    elif profile.filled >= 50:
        score -= 0.15
    if profile.fractions > 0.2:
        score *= 0.3
    if profile.known is not None:
        score = max(score, profile.known) if profile.known >= 0.3 else score * 0.85
    return max(0.0, score)


def _steps(value: float, *steps: tuple[float, float]) -> float:
    """The level of the last step that `value` reaches; the first one below all."""
    level = steps[0][1]
    for start, reached in steps:
        if value >= start:
            level = reached
    return level
