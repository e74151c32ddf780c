"""Counts a sheet's filled cells and their texts exactly, where bounds do not suffice."""

import re
from array import array
from collections.abc import Iterable, Sequence

from stockwarden.ingestion.formats.cell_references import column_number
from stockwarden.ingestion.formats.limits import WIDEST, Tally, text_size
from stockwarden.ingestion.formats.markup import local, parse_safely

# A cell without a value, as formatting leaves it, takes nothing.
_FILLED = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?!(?: [a-z]+="[^"<>]*")*\s?(?:/>|></c>))',
)
_TEXT = re.compile(rb">([^<]+)")
_FOUR_BYTES, _TWO_BYTES = re.compile(rb"[\xf0-\xff]"), re.compile(rb"[\xc4-\xff]")
# The gap is limited: else a text full of partial matches would take quadratic time.
_SHARED = re.compile(rb't="s"[^<>]{0,99}><v>([0-9]{1,9})</v>')
_MAYBE_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]+)")


def string_lengths(parts: Iterable[bytes]) -> Sequence[int]:
    """The bytes of each shared string in memory. Raises UnreadableFile(`corrupted`)."""
    tracker = _StringTracker()
    parse_safely(parts, tracker.start, tracker.end, tracker.text)
    return tracker.lengths


class _StringTracker:
    """Measures the strings of a list during parsing; a nested string is part of the outer one."""

    def __init__(self) -> None:
        # Four bytes each: a list would take eight, and there may be millions.
        self.lengths = array("I")
        self._depth = 0
        self._text: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += local(name) == "si"

    def text(self, text: str) -> None:
        if self._depth:
            self._text.append(text)

    def end(self, name: str) -> None:
        if local(name) == "si":
            self._depth -= 1
            if not self._depth:
                self.lengths.append(text_size("".join(self._text)))
                self._text = []


class SharedTexts:
    """The lengths of the shared strings, by index."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = lengths
        self.longest = max(lengths, default=0)

    def length_at(self, index: int) -> int:
        """The length of the string at `index`; the longest length for an unknown index."""
        return self._lengths[index] if index < len(self._lengths) else self.longest

    def length_at_text(self, index: str) -> int:
        """Like `length_at`, for an index written as text in the file."""
        return self.length_at(int(index)) if index.isdecimal() and len(index) < 10 else self.longest


def count_cells(parts: Iterable[bytes], tally: Tally, shared: SharedTexts, *, odd: bool) -> None:
    """Adds one sheet to the tally.

    Raises UnreadableFile (`too_large`, `corrupted`).
    """
    if odd:
        tracker = _CellTracker(tally, shared)
        parse_safely(parts, tracker.start, tracker.end, tracker.text)
        tally.add_sheet(tracker.rows, tracker.columns, tracker.filled)
        return
    rows = columns = filled = 0
    letters: set[bytes] = set()
    for window in parts:
        cells = _FILLED.findall(window)
        filled += len(cells)
        rows = max(rows, max(map(int, {cell[1] for cell in cells}), default=0))
        if new := {cell[0] for cell in cells} - letters:
            letters |= new
            columns = max(columns, *(column_number(name.decode()) for name in new))
        tally.check(rows, columns)
        tally.add_text(_text_of(window, shared))
        if filled > tally.limits.max_cells:
            break
    tally.add_sheet(rows, columns, filled)


def _text_of(window: bytes, shared: SharedTexts) -> int:
    """An upper bound of the bytes of the texts in a window's cells."""
    indexes = _SHARED.findall(window)
    unsure = len(_MAYBE_SHARED.findall(window)) - len(indexes)
    inline = sum(map(len, _TEXT.findall(window))) - sum(map(len, indexes))
    return (
        inline * width(window)
        + sum(shared.length_at(int(index)) for index in indexes)
        + unsure * shared.longest
    )


def width(window: bytes) -> int:
    """The bytes that each character of a UTF-8 window needs in memory, by its widest character."""
    if b"&#" in window or _FOUR_BYTES.search(window):
        return WIDEST
    return 2 if _TWO_BYTES.search(window) else 1


class _CellTracker:
    """Counts rows and cells of a worksheet during parsing."""

    def __init__(self, tally: Tally, shared: SharedTexts) -> None:
        self.rows = self.columns = self.filled = 0
        self._tally, self._shared = tally, shared
        self._row = self._column = self._at_row = 0
        self._in_cell = self._is_shared = self._has_value = False
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "row":
            self._column = 0
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._row = int(match[2]) if match else self._row + 1
        elif tag == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_number(match[1]) if match else self._column + 1
            self._at_row = int(match[2]) if match else self._row
            self._in_cell, self._has_value = True, False
            self._is_shared = attributes.get("t") == "s"
        elif self._in_cell and tag in {"v", "is"}:
            self._has_value = True

    def text(self, text: str) -> None:
        if self._in_cell:
            self._text.append(text)

    def end(self, name: str) -> None:
        if local(name) != "c":
            return
        text = "".join(self._text)
        self._text, self._in_cell = [], False
        if self._has_value:
            self.filled += 1
            self.rows = max(self.rows, self._row, self._at_row)
            self.columns = max(self.columns, self._column)
            self._tally.check(self.rows, self.columns)
            self._tally.add_text(
                self._shared.length_at_text(text) if self._is_shared else text_size(text)
            )
            if self.filled > self._tally.limits.max_cells:
                self._tally.add_sheet(self.rows, self.columns, self.filled)
