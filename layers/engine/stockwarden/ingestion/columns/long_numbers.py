"""Finds numbers that a spreadsheet program rounded: it keeps 15 digits, and zeros stand behind."""

from collections.abc import Sequence

_KEPT = 15
_SAMPLE = 400
# Of ids with 16 digits, every tenth ends in a zero by chance.
_SHARE = 0.5


def may_be_rounded(texts: Sequence[str]) -> bool:
    """Whether a sample of the column has such numbers."""
    step = max(1, len(texts) // _SAMPLE)
    return any(len(text) > _KEPT and not text[_KEPT:].strip("0") for text in texts[::step])


def rounded_numbers(texts: Sequence[str]) -> frozenset[str]:
    """The distinct texts of more than 15 digits whose last digits were turned into zeros.

    Numbers of the column that end otherwise prove that those with a zero may be whole.
    """
    if not may_be_rounded(texts):
        return frozenset()
    long = [text for text in texts if len(text) > _KEPT and text.isdecimal()]
    rounded = [text for text in long if not text[_KEPT:].strip("0")]
    return frozenset(rounded) if len(rounded) > _SHARE * len(long) else frozenset()
