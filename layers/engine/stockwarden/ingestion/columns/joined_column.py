"""A column's texts joined into one string, so that a search scans memory once."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, overload

SEPARATOR = "\x1f"
_CONTROLS = ("\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e")
_BLANK = re.compile(rf"{SEPARATOR}[^\S{SEPARATOR}]*(?={SEPARATOR}|\Z)")


def join(cells: Sequence[Any]) -> str | None:
    """The cells joined by SEPARATOR; None unless all are str without it."""
    try:
        joined = SEPARATOR.join(cells)
    except TypeError:
        return None
    return joined if joined.count(SEPARATOR) == max(0, len(cells) - 1) else None


def are_trimmed(joined: str) -> bool:
    """Whether trimming would change no text; False where that is unsure."""
    if not joined.isascii() or any(control in joined for control in _CONTROLS):
        return False
    if " " not in joined:
        return True
    if f" {SEPARATOR}" in joined or f"{SEPARATOR} " in joined:
        return False
    return not joined.startswith(" ") and not joined.endswith(" ")


def has_blank(joined: str) -> bool:
    """Whether some text is empty (of texts that are trimmed)."""
    return (
        SEPARATOR * 2 in joined
        or not joined
        or joined.startswith(SEPARATOR)
        or joined.endswith(SEPARATOR)
    )


def blank_positions(joined: str) -> Iterator[int]:
    """The positions of the texts that are empty or nothing but space."""
    return matching_positions(_BLANK, joined)


def positions_starting_with(
    starts: Collection[str], cells: Sequence[Any], joined: str | None
) -> Iterator[int]:
    """The positions of the texts that start with any of `starts` (lower case)."""
    if joined is None or not cells:
        lower = ((index, cell.lower()) for index, cell in enumerate(cells) if type(cell) is str)
        yield from (index for index, text in lower if text.startswith(tuple(starts)))
        return
    any_of = re.compile(f"{SEPARATOR}(?:{'|'.join(map(re.escape, sorted(starts)))})")
    yield from matching_positions(any_of, joined.lower())


def matching_positions(pattern: re.Pattern[str], joined: str) -> Iterator[int]:
    """The positions of the texts that the pattern, which starts with SEPARATOR, matches."""
    text = f"{SEPARATOR}{joined}"
    index, seen = -1, 0
    for match in pattern.finditer(text):
        index += text.count(SEPARATOR, seen, match.start() + 1)
        seen = match.start() + 1
        yield index


class Part(Sequence[Any]):
    """Consecutive cells of a column, without a copy."""

    def __init__(self, column: Sequence[Any], start: int, size: int) -> None:
        self._column, self._start, self._size = column, start, size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Any]:
        return islice(self._column, self._start, self._start + self._size)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [
                self._column[self._start + offset] for offset in range(*index.indices(self._size))
            ]
        return self._column[self._start + range(self._size)[index]]


class JoinedColumn:
    """A column, collected block by block.

    While all cells are texts they are stored joined, and split on access: a reader creates cells
    row by row, but a walk along a column needs its texts side by side in memory. The reader's
    cells are joined, and freed, while they are in the processor's cache.
    """

    def __init__(self, blanks: int = 0) -> None:
        """Begins with `blanks` empty texts."""
        self.height = 0
        self._blocks: list[str] | None = []
        self._cells: list[Any] | None = None
        self.extend([""] * blanks)

    def extend(self, cells: Sequence[Any]) -> None:
        """Adds the next cells."""
        if not cells:
            return
        block = None if self._blocks is None else join(cells)
        if self._blocks is None or block is None:
            self.cells.extend(cells)
            self._blocks = None
        else:
            self._blocks.append(block)
            self._cells = None
        self.height += len(cells)

    @property
    def cells(self) -> list[Any]:
        if self._cells is None:
            self._cells = (self.joined or "").split(SEPARATOR) if self.height else []
        return self._cells

    @property
    def joined(self) -> str | None:
        """All texts, joined; None if some cell is no text."""
        if self._blocks is None:
            return None
        if len(self._blocks) > 1:
            self._blocks = [SEPARATOR.join(self._blocks)]
        return self._blocks[0] if self._blocks else ""

    def part(self, start: int, stop: int) -> str | None:
        """The texts of rows `start` to `stop` (exclusive); None if some cell is no text."""
        joined, size = self.joined, self.height
        if joined is None or stop <= start:
            return None if joined is None else ""
        first = sum(map(len, self.cells[:start])) + start
        last = len(joined) - sum(map(len, self.cells[stop:])) - (size - stop)
        return joined[first:last]
