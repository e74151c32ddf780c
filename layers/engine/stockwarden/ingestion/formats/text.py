"""Reads text files: splits their lines into columns, by delimiter or by position."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.columns.joined_column import JoinedColumn
from stockwarden.ingestion.formats.csv_errors import (
    find_swallowing_row,
    find_unclosed_row,
    unclosed,
)
from stockwarden.ingestion.formats.delimiter import find_split
from stockwarden.ingestion.formats.fixed_width import cut_lines, find_columns, refuse_unsplit
from stockwarden.ingestion.formats.limits import MAX_CELL_TEXT, SafetyLimits, too_large
from stockwarden.ingestion.formats.text_encoding import find_encoding, stated_encoding

# The limit is the process's, so it is set on import: the first file of a worker must have the same
# limit as those after it.
csv.field_size_limit(MAX_CELL_TEXT)

_CHUNK_ROWS = 2_000  # small enough to stay in the processor's cache
_NAMED_ROWS = 10
_SAMPLE_CHARACTERS = 1 << 18
_LONG_LINE = 1 << 20
_SAME_START = 8
# More cells than this in one line are refused before the line is split.
_CELLS_OF_LINE = 100_000
# `="00012"` is how programs keep a spreadsheet from taking a code for a number.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')

Quoting = Literal[0, 3]


@dataclass(frozen=True)
class TextTable:
    """The cells of a text file by column, '' where a row is shorter than the widest.

    `delimiter` is "" where the columns have a fixed width. `guessed` and `readings` are as in
    `FoundEncoding`.
    """

    columns: list[JoinedColumn]
    height: int
    delimiter: str
    guessed: bool = False
    notes: tuple[str, ...] = ()
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_text(data: bytes, limits: SafetyLimits, encoding: str | None = None) -> TextTable:
    """Decodes and splits `data`, in the `encoding` that a person has stated, if there is one.

    Raises UnreadableFile (`too_large`, `corrupted`, `unknown_encoding`, `no_separator`), with the
    row at fault, and Invalid at /encoding.
    """
    found = stated_encoding(data, encoding) if encoding else find_encoding(data)
    encoding = found.name
    data = _without_inner_marks(data, encoding)
    notes = [found.note] if found.note else []
    if not encoding.startswith("utf-16") and (nuls := data.count(0)):
        lines = ", ".join(map(str, _nul_lines(data)))
        notes.append(f"{nuls:,} NUL characters were left out (line {lines}): look at these rows.")
        data = data.replace(b"\x00", b"")
    sample = data[: _SAMPLE_CHARACTERS & ~1].decode(encoding, "replace")
    split = find_split(sample)
    starts = find_columns(sample, split)
    if starts is None:
        refuse_unsplit(sample, split)
        if split.share and not split.is_usual:
            name = "blanks" if split.delimiter == " " else f"“{split.delimiter}”"
            notes.append(f"The columns are separated by {name}.")
    else:
        notes.append(
            "The file has no separator: its columns have a fixed width, and are cut where the "
            "lines are blank."
        )
    file = _Text(data, encoding, split.delimiter, limits, starts)
    columns, height = file.read()
    delimiter = split.delimiter if starts is None else ""
    return TextTable(columns, height, delimiter, found.guessed, tuple(notes), found.readings)


def _without_inner_marks(data: bytes, encoding: str) -> bytes:
    """Files that were put together keep the byte order mark of each, and the end mark of DOS.

    Where a mark is followed by what the file begins with, and the file before it did not end its
    last line, the mark becomes a line break.
    """
    wide = encoding.startswith("utf-16")
    if not wide and b"\x1a" in data:
        data = re.sub(rb"(?:(?<=\n)|(?<=\r))\x1a|\x1a+\Z", b"", data)
    big = data.startswith(b"\xfe\xff") or encoding == "utf-16-be"
    mark = b"\xef\xbb\xbf"
    if wide:
        mark = b"\xfe\xff" if big else b"\xff\xfe"
    if not encoding.startswith("utf") or data.find(mark, len(mark)) < 0:
        return data
    end = ("\n".encode("utf-16-be" if big else "utf-16-le")) if wide else b"\n"
    start = data.removeprefix(mark)[:_SAME_START]
    first, *parts = data[len(mark) :].split(mark)
    joined = [data[: len(mark)], first]
    for part in parts:
        before = joined[-1]
        glued = part.startswith(start) and not before.endswith((end, b"\r"))
        joined += [end, part] if glued else [part]
    return b"".join(joined)


def _nul_lines(data: bytes) -> list[int]:
    """The first lines (1-based) with a NUL."""
    lines: list[int] = []
    offset, line, counted = data.find(0), 1, 0
    while offset >= 0 and len(lines) < _NAMED_ROWS:
        line += data.count(b"\n", counted, offset)
        lines.append(line)
        counted = offset
        end = data.find(b"\n", offset)
        offset = data.find(0, end) if end >= 0 else -1
    return lines


class _Text:
    """One file, whose encoding, delimiter and starts of columns of fixed width are known."""

    def __init__(
        self,
        data: bytes,
        encoding: str,
        delimiter: str,
        limits: SafetyLimits,
        starts: list[int] | None = None,
    ) -> None:
        self.delimiter = delimiter
        self._starts = starts
        self._data, self._encoding, self._limits = data, encoding, limits
        self._has_formulas = b'="' in data or b'=\x00"' in data
        end = b"\n" if b"\n" in data else b"\r"
        self._has_long_line = any(
            data.find(end, start, start + _LONG_LINE) < 0
            for start in range(0, len(data) - _LONG_LINE, _LONG_LINE)
        )

    def read(self) -> tuple[list[JoinedColumn], int]:
        """(columns, rows)."""
        if self._starts is not None:
            return self._collect(cut_lines(self._lines(), self._starts))
        try:
            columns, height = self._split(csv.QUOTE_MINIMAL)
            row = find_swallowing_row(columns, self.delimiter) if b'"' in self._data else None
            if row is None:
                return columns, height
            del columns
        except csv.Error:
            row = find_unclosed_row(self._lines(), self._lines(), self.delimiter)
        # A quotation mark that is never closed hides rows in one cell. Where the marks are plain
        # characters (inches), the rows are all of one width without them.
        try:
            columns, height = self._split(csv.QUOTE_NONE)
        except csv.Error as error:
            raise unclosed(row) from error
        if any("" in column.cells for column in columns[-1:]):
            raise unclosed(row)
        return columns, height

    def _split(self, quoting: Quoting) -> tuple[list[JoinedColumn], int]:
        return self._collect(csv.reader(self._lines(), delimiter=self.delimiter, quoting=quoting))

    def _collect(self, rows: Iterator[list[str]]) -> tuple[list[JoinedColumn], int]:
        columns: list[JoinedColumn] = []
        height = 0
        for chunk in _chunks(rows):
            width = max(map(len, chunk))
            if width > len(columns):
                self._check_columns(chunk, width, height)
                columns += [JoinedColumn(height) for _ in range(width - len(columns))]
            height += len(chunk)
            self._check_cells(height, len(columns))
            _append(
                [_without_text_formulas(row) for row in chunk] if self._has_formulas else chunk,
                columns,
            )
        return columns, height

    def _check_columns(self, chunk: list[list[str]], width: int, before: int) -> None:
        if width > self._limits.max_columns:
            most = self._limits.max_columns
            widths = enumerate(map(len, chunk), 1)
            index, cells = next((index, cells) for index, cells in widths if cells > most)
            raise self._too_wide(f"Row {before + index:,}", cells)
        # The columns are not made before it is known that there may be so many.
        self._check_cells(before + len(chunk), width)

    def _check_cells(self, height: int, width: int) -> None:
        if height * width > self._limits.max_cells:
            raise too_large(
                f"The file has {height:,} rows or more and {width:,} columns where it is widest; "
                f"at most {self._limits.max_cells:,} cells are read. Send it in parts."
            )

    def _too_wide(self, where: str, cells: int) -> UnreadableFile:
        return too_large(
            f"{where} has {cells:,} cells; at most {self._limits.max_columns:,} columns are read. "
            "Leave out what is not inventory."
        )

    def _lines(self) -> Iterator[str]:
        # newline="" leaves line breaks inside quoted cells as they are.
        lines = io.TextIOWrapper(io.BytesIO(self._data), self._encoding, "replace", newline="")
        return self._checked_lines(lines) if self._has_long_line else lines

    def _checked_lines(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines, unless one of them would be split into more cells than memory holds."""
        for number, line in enumerate(lines, start=1):
            if len(line) > _LONG_LINE and (cells := line.count(self.delimiter)) > _CELLS_OF_LINE:
                raise self._too_wide(f"Line {number:,}", cells + 1)
            yield line


def _chunks(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while chunk := list(islice(reader, _CHUNK_ROWS)):
        yield chunk


def _without_text_formulas(row: list[str]) -> list[str]:
    """The row with the text that a spreadsheet shows where a cell is a formula for a text."""
    return [
        match[1] if cell.startswith("=") and (match := _TEXT_FORMULA.fullmatch(cell)) else cell
        for cell in row
    ]


def _append(chunk: list[list[str]], columns: list[JoinedColumn]) -> None:
    width = len(columns)
    if set(map(len, chunk)) != {width}:
        chunk = [row if len(row) == width else row + [""] * (width - len(row)) for row in chunk]
    for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
        column.extend(cells)
