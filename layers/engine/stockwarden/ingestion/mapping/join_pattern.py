"""Patterns that join columns into one: `{Aisle}-{Bay}-{Level}` names the columns in braces.

The joined column has the pattern for its name, so a mapping refers to it as to any other column.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PART = re.compile(r"\{([^{}]+)\}")
_MOST_PARTS = 8


@dataclass(frozen=True)
class JoinPattern:
    """`columns` are the names in braces; `between` has the text before each, and after the last."""

    columns: tuple[str, ...]
    between: tuple[str, ...]

    def join(self, texts: Sequence[str]) -> str:
        """The joined text of one row; a blank part is left out with the text before it."""
        joined = ""
        for index, text in enumerate(texts):
            if text:
                joined += (self.between[index] if joined else "") + text
        return f"{self.between[0]}{joined}{self.between[-1]}" if joined else ""


def parse_pattern(text: str, columns: Iterable[str]) -> JoinPattern | None:
    """The pattern of at least two of the `columns`, each once; None if it is none."""
    pieces = _PART.split(text, maxsplit=_MOST_PARTS + 1)
    used, between = pieces[1::2], pieces[::2]
    if not 2 <= len(used) <= _MOST_PARTS or len(set(used)) < len(used):
        return None
    return JoinPattern(tuple(used), tuple(between)) if set(columns).issuperset(used) else None


def pattern_of(columns: Sequence[str], separator: str) -> str:
    return separator.join(f"{{{column}}}" for column in columns)
