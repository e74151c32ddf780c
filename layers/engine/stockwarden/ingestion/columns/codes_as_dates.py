"""Finds codes that a spreadsheet program turned into dates: `10-12` became `12-Oct`."""

import re
from collections.abc import Sequence
from typing import Any

from stockwarden.ingestion.columns.date_text import MONTH_NUMBERS

# Programs show three or four letters, never in capitals; whole names and capitals are a person's.
_SHORT = sorted({name for name in MONTH_NUMBERS if len(name) <= 4}, key=len, reverse=True)
_NAMES = "|".join(f"[{name[0]}{name[0].upper()}]{name[1:]}" for name in _SHORT)
_DATE_OF_CODE = re.compile(
    rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:-|/|\. ?)(?:{_NAMES})\.?|(?:{_NAMES})\.?[-/]\d\d)"
)
_SAMPLE = 2_000


def codes_as_dates(texts: Sequence[Any]) -> list[str]:
    """The texts that look like it, in the column's order; none if a sample has none."""
    step = max(1, len(texts) // _SAMPLE)
    if not any(text and _DATE_OF_CODE.fullmatch(text) for text in set(texts[::step])):
        return []
    found = {text for text in set(texts) if text and _DATE_OF_CODE.fullmatch(text)}
    return [text for text in texts if text in found]


def note_codes_as_dates(column: str, texts: Sequence[Any]) -> list[str]:
    """A note if texts of the column look like it."""
    damaged = codes_as_dates(texts)
    if not damaged:
        return []
    amount = "1 value" if len(damaged) == 1 else f"{len(damaged):,} values"
    return [
        f"{amount} of “{column}”, the first “{damaged[0]}”, look like codes that became dates in a "
        "spreadsheet program (10-12 becomes 12-Oct). They are read as they stand: export the "
        "column as text."
    ]
