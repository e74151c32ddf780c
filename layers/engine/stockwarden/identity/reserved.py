"""Reserved user names: they could be mistaken for the service or for a missing value."""

from functools import cache
from pathlib import Path

_SEPARATORS = str.maketrans("", "", "._-")
# Digits and letters that are read as one another.
_ALIKE = str.maketrans("013457l", "oieasti")
# Shorter words look like too many others.
_LONG_ENOUGH = 4


def is_reserved(canonical_name: str) -> bool:
    """Whether it is one of reserved_names.txt, however separated, or looks like one."""
    letters = canonical_name.translate(_SEPARATORS)
    exact, alike = _reserved()
    return letters in exact or (len(letters) >= _LONG_ENOUGH and _look(letters) in alike)


def _look(letters: str) -> str:
    return letters.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


@cache
def _reserved() -> tuple[frozenset[str], frozenset[str]]:
    text = Path(__file__).with_name("reserved_names.txt").read_text(encoding="utf-8")
    names = frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
    return names, frozenset(_look(name) for name in names)
