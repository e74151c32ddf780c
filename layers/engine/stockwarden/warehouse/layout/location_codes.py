"""Recognizes texts in a location column that cannot be location codes."""

import re

from stockwarden.ingestion.columns.nothing_words import NOTHING_WORDS

MAX_CODE_LENGTH = 20
MAX_PART_LENGTH = 40
_SEPARATORS = re.compile(r"[/\\]")
# Spellings of a missing value in databases and spreadsheets.
NOTHING = frozenset(word.upper() for word in (*NOTHING_WORDS, "#N/A", "#N/D", "#NV", "#N/B"))
_POSSIBLE = re.compile(r"[\w \-./:+(),\\]*").fullmatch


def path_parts(code: str) -> list[str]:
    """The parts of a hierarchical path (`WH/Stock/A-01-1`); the code itself if it is none."""
    parts = [part.strip() for part in _SEPARATORS.split(code)]
    is_path = len(parts) > 1 and all(parts) and max(map(len, parts)) <= MAX_PART_LENGTH
    return parts if is_path else [code]


def why_impossible(code: str) -> str | None:
    """Why a trimmed text cannot be a location code; None if it can.

    Of a path, the last part is the location.
    """
    code = path_parts(code)[-1]
    if len(code) > MAX_CODE_LENGTH:
        return f"it has {len(code)} characters, more than {MAX_CODE_LENGTH}"
    if _POSSIBLE(code):
        return None
    strange = [sign for sign in dict.fromkeys(code) if not _POSSIBLE(sign)]
    return f"it contains {' '.join(map(_shown, strange))}"


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
