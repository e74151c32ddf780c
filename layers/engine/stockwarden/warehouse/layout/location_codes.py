"""Recognizes texts in a location column that cannot be location codes."""

import re

from stockwarden.ingestion.columns.nothing_words import NOTHING_WORDS

MAX_CODE_LENGTH = 20
# Spellings of a missing value in databases and spreadsheets.
NOTHING = frozenset(word.upper() for word in (*NOTHING_WORDS, "#N/A", "#N/D", "#NV", "#N/B"))
_POSSIBLE = re.compile(r"[\w \-./:+(),\\]*").fullmatch


def why_impossible(code: str) -> str | None:
    """Why a trimmed text cannot be a location code; None if it can."""
    if len(code) > MAX_CODE_LENGTH:
        return f"it has {len(code)} characters, more than {MAX_CODE_LENGTH}"
    if _POSSIBLE(code):
        return None
    strange = [sign for sign in dict.fromkeys(code) if not _POSSIBLE(sign)]
    return f"it contains {' '.join(map(_shown, strange))}"


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
