"""Measures an OpenDocument spreadsheet before calamine expands repeated rows and cells.

Rows and cells carry repeat counts there, so that 700 bytes can stand for 240 million cells.
"""

import zipfile
from collections.abc import Iterable

from stockwarden.ingestion.formats.archive import plain_name
from stockwarden.ingestion.formats.limits import WIDEST, Tally, corrupted, text_size
from stockwarden.ingestion.formats.markup import local, parse_safely, windows
from stockwarden.ingestion.formats.part_size import PartsCheck

_MANIFEST = "meta-inf/manifest.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HIDING = frozenset({"collapse", "filter"})
# Attributes that give a cell a value, or a formula whose text is stored like one.
_FILLING = frozenset(
    {
        "value", "value-type", "date-value", "time-value", "string-value", "boolean-value",
        "formula",
    }
)  # fmt: skip

# Attributes whose text is stored; of the others only a number, or nothing.
_KEPT = frozenset({"date-value", "time-value", "string-value", "formula"})


class OdsCheck(PartsCheck):
    """Measures the parts of an ods one by one."""

    FIRST = "content.xml"
    PARTS = frozenset({FIRST})

    def measure(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        """Measures a part. Raises UnreadableFile (`too_large`, `corrupted`)."""
        if plain_name(entry) == self.FIRST:
            tracker = _TableTracker(self._tally)
            parts = windows(pieces, entry.filename)
            parse_safely(parts, tracker.start, tracker.end, tracker.text)
            return
        size = sum(map(len, pieces))
        if plain_name(entry) == _MANIFEST and size > self._limits.max_beside:
            raise corrupted()


class _TableTracker:
    """Counts rows and cells of the tables during parsing.

    A nested table continues the rows of the outer one, as calamine reads it.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._depth = 0
        self._name = ""
        self._rows = self._used_rows = self._columns = 0
        self._row_repeat = 0  # 0 outside of rows
        self._cell_repeat = 0  # 0 outside of cells
        self._column = self._used_column = 0
        self._filled = False
        self._size = self._row_size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag in _CELLS:
            if self._cell_repeat:
                raise corrupted()
            self._cell_repeat = _repeat(attributes, "table:number-columns-repeated")
            self._filled = any(local(key) in _FILLING for key in attributes)
            self._size = sum(
                text_size(value) for key, value in attributes.items() if local(key) in _KEPT
            )
        elif tag == "p":
            self._filled = True
        elif tag == "s":
            self._size += _repeat(attributes, "text:c") * WIDEST
        elif tag == "table-row":
            if self._row_repeat:
                raise corrupted()
            self._row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self._column = self._used_column = self._row_size = 0
            if attributes.get("table:visibility") in _HIDING:
                self._tally.add_hidden(self._name, range(self._rows, self._rows + self._row_repeat))
        elif tag == "table":
            if not self._depth:
                self._rows = self._used_rows = self._columns = 0
                self._name = attributes.get("table:name", "")
            self._depth += 1

    def text(self, text: str) -> None:
        self._size += text_size(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag in _CELLS:
            self._column += self._cell_repeat
            if self._filled:
                self._used_column = self._column
                self._row_size += self._size * self._cell_repeat
            self._filled, self._cell_repeat = False, 0
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self._depth -= 1
            if not self._depth and self._used_rows:
                self._tally.add_sheet(self._used_rows, self._columns)

    def _end_row(self) -> None:
        self._rows += self._row_repeat
        if self._used_column:
            self._used_rows = self._rows
            self._columns = max(self._columns, self._used_column)
            self._tally.check(self._used_rows, self._columns)
            self._tally.add_text(self._row_size * self._row_repeat)
        self._row_repeat = 0


def _repeat(attributes: dict[str, str], name: str) -> int:
    """A repeat count, at least 1, since 0 means none here."""
    text = attributes.get(name, "1").removeprefix("+")
    return max(int(text), 1) if text.isdecimal() else 1
