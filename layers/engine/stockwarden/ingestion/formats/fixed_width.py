"""Reads listings of fixed width: columns that are told by their place in the line alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.delimiter import Split, sample_lines

_LEAST_COLUMNS = 3
_SEARCHED_LINES = 30
_GAP = re.compile(r"\S {2,}\S")
_RULE = re.compile(r"\s*[-=_]{2,}(?: +[-=_]{1,})+\s*")
_SEPARATING_LINE = re.compile(r"[-=_*+.\s]+")
_SPACED_SHARE = 0.8
_TOLERANT_FROM = 8


def find_columns(text: str, split: Split) -> list[int] | None:
    """The positions where the columns of a listing start; None if the text is none.

    They follow from a line of dashes under the header, else from what is blank in nearly all
    lines. A delimiter that splits most lines, the header too, is believed before.
    """
    lines = [line.rstrip() for line in sample_lines(text)]
    if len(lines) < 2 or "\t" in text:
        return None
    starts = _from_rule(lines) or (_from_blanks(lines) if _are_spaced(lines) else None)
    if not starts or len(starts) < _LEAST_COLUMNS:
        return None
    if split.is_regular and split.is_usual:
        first = next((line for line in lines if len(_GAP.findall(line)) >= 2), "")
        if split.width >= len(starts) or split.delimiter in first:
            return None
    return starts


def refuse_unsplit(text: str, split: Split) -> None:
    """Raises UnreadableFile(`no_separator`) for lines of several values that nothing splits."""
    lines = sample_lines(text)
    if split.share or len(lines) < 2 or not _are_spaced(lines):
        return
    raise UnreadableFile(
        "no_separator",
        "No separator splits the lines of the text file into columns (comma, semicolon, tab, |, ^ "
        "and ~ were tried), and the columns have no fixed width. Export the inventory as csv with "
        "a separator, or as xlsx, and send that.",
    )


def cut_lines(lines: Iterable[str], starts: Sequence[int]) -> Iterator[list[str]]:
    """The cells of each line; a line that runs across the columns is one cell."""
    bounds = [0, *starts[1:], None]
    spans = [slice(first, last) for first, last in pairwise(bounds)]
    for line in lines:
        text = line.rstrip()
        if any(text[start - 1 : start].strip() for start in starts[1:]):
            yield [text.strip()]
        else:
            yield [text[span].strip() for span in spans]


def _are_spaced(lines: Sequence[str]) -> bool:
    """Whether most lines have a gap of two blanks or more."""
    spaced = sum(1 for line in lines if _GAP.search(line))
    return spaced >= _SPACED_SHARE * sum(1 for line in lines if not is_rule(line))


def is_rule(line: str) -> bool:
    return _SEPARATING_LINE.fullmatch(line) is not None


def _from_rule(lines: Sequence[str]) -> list[int] | None:
    """The columns under the runs of dashes: `---------- -------- ------`."""
    for line in lines[1:_SEARCHED_LINES]:
        if _RULE.fullmatch(line):
            return [match.start() for match in re.finditer(r"[-=_]+", line)]
    return None


def _from_blanks(lines: Sequence[str]) -> list[int] | None:
    """The columns between blanks, from the first line on that has them too: the header."""
    plain = [line for line in lines if not is_rule(line)]
    for first in range(min(len(plain) - 1, _SEARCHED_LINES)):
        body = plain[first:]
        if len(_GAP.findall(body[0])) < _LEAST_COLUMNS - 1:
            continue
        width = max(map(len, body))
        filled = [0] * width
        for line in body:
            for position, character in enumerate(line):
                filled[position] += character != " "
        # A few lines, such as totals and page heads, may run across the columns.
        most = max(len(body) // 20, 1) if len(body) >= _TOLERANT_FROM else 0
        header = body[0].ljust(width)
        blank = "".join(
            " " if count <= most and character == " " else "x"
            for count, character in zip(filled, header, strict=True)
        )
        starts = [match.end() - 1 for match in re.finditer(r"(?:^ *| {2,})x", blank)]
        if len(starts) >= _LEAST_COLUMNS:
            return starts
    return None
