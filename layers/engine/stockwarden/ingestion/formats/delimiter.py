"""Finds what separates the columns of a text file, if anything does."""

import csv
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

USUAL = (",", ";", "\t", "|", "^", "~")
SAMPLE_LINES = 200
# Signs that stand within values: in numbers, dates, codes, quotations and addresses.
_OF_VALUES = frozenset(" .,:;-+/\\_'\"()[]{}<>@&%\ufeff\ufffd")
_ENOUGH = 0.5
_UNUSUAL_SHARE, _UNUSUAL_WIDTH = 0.8, 3
_SPACE_SHARE = 0.95


class Split(NamedTuple):
    """A delimiter, the columns that it gives most lines, and the share (0..1) of these lines."""

    delimiter: str
    width: int = 1
    share: float = 0.0

    @property
    def is_regular(self) -> bool:
        """Whether at least half of the lines have the same columns."""
        return self.share >= _ENOUGH

    @property
    def is_usual(self) -> bool:
        return self.delimiter in USUAL


def find_split(text: str) -> Split:
    """The most regular split of the sample: by a usual delimiter, else by any other sign.

    Falls back to a comma: a file of one column has no delimiter.
    """
    if declared := _declared_delimiter(text):
        return Split(declared, share=1.0)
    lines = sample_lines(text)
    usual = _best([_split(lines, delimiter) for delimiter in USUAL])
    if usual.is_regular:
        return usual
    signs = sorted(
        {character for line in lines for character in line if not character.isalnum()} - _OF_VALUES
    )
    unusual = [split for sign in signs if sign.isprintable() for split in [_split(lines, sign)]]
    unusual = [
        split
        for split in unusual
        if split.share >= _UNUSUAL_SHARE and split.width >= _UNUSUAL_WIDTH
    ]
    if unusual:
        return _best(unusual)
    spaces = _split(lines, " ")
    if len(lines) > 1 and spaces.share >= _SPACE_SHARE and spaces.width >= _UNUSUAL_WIDTH:
        return spaces
    return usual


def sample_lines(text: str) -> list[str]:
    return [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]


def _best(splits: Sequence[Split]) -> Split:
    best, best_score = Split(","), 0.0
    for split in splits:
        score = split.share * (1 + min(split.width, 20) / 20)
        if score > best_score:
            best, best_score = split, score
    return best


def _split(lines: Sequence[str], delimiter: str) -> Split:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    split = Counter({width: count for width, count in widths.items() if width > 1})
    if not split:
        return Split(delimiter)
    width, count = max(split.items(), key=lambda item: (item[1], item[0]))
    return Split(delimiter, width, count / sum(widths.values()))


def _declared_delimiter(text: str) -> str | None:
    """Excel's own `sep=;` in the first line."""
    line = text[:12].splitlines()[0] if text.strip() else ""
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else None
