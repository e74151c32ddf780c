"""Reserved user names: they could be mistaken for the service or for a missing value."""

from functools import cache
from pathlib import Path

_SEPARATORS = str.maketrans("", "", "._-")
# Digits and letters that look like other letters.
_ALIKE = str.maketrans("013457l", "oieasti")
# Shorter words resemble too many names.
_LONG_ENOUGH = 4


def is_reserved(canonical_name: str) -> bool:
    """Whether a name is in reserved_names.txt, ignoring separators, or looks like one that is."""
    letters = canonical_name.translate(_SEPARATORS)
    exact, alike = _reserved()
    return letters in exact or (len(letters) >= _LONG_ENOUGH and _lookalike_form(letters) in alike)


def _lookalike_form(letters: str) -> str:
    return letters.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


@cache
def _reserved() -> tuple[frozenset[str], frozenset[str]]:
    text = Path(__file__).with_name("reserved_names.txt").read_text(encoding="utf-8")
    names = frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
    return names, frozenset(_lookalike_form(name) for name in names)
