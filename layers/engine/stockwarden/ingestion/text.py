"""Delimited text: which encoding, which delimiter, and its cells, column by column."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.container import is_utf16
from stockwarden.ingestion.joined import JoinedColumn
from stockwarden.ingestion.limits import Limits

_DELIMITERS = (",", ";", "\t", "|", "^")
_CHUNK_ROWS = 2_000  # small enough to stay in the processor's cache
_SAMPLE_LINES = 200
_NAMED_ROWS = 10
_FIELD_SIZE = 1 << 20
_SAMPLE_CHARACTERS = 1 << 18
# `="00012"` is how programs keep a spreadsheet from taking a code for a number.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class TextTable:
    """The cells of a delimited file by column, '' where a row is shorter than the widest."""

    columns: list[JoinedColumn]
    height: int
    encoding: str
    delimiter: str
    notes: tuple[str, ...] = ()


def find_encoding(data: bytes) -> str:
    """The codec's name: BOMs first, then UTF-8 if it holds, then UTF-16, then a guess.

    The guess is charset-normalizer's over Western encodings; these differ in few letters, never
    in digits or delimiters. Raises UnreadableFile(`unknown_encoding`).
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _checked(data, name)
    if is_utf16(data[:4096]):
        return _checked(data, "utf-16-le" if data[1:4096:2].count(0) else "utf-16-be")
    return "utf-8" if data.isascii() or _is_utf8(data) else _guess(data)


def _checked(data: bytes, name: str) -> str:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "unknown_encoding",
            "The characters of this text file cannot be read. Save it as csv in UTF-8.",
        ) from error
    return name


def _guess(data: bytes) -> str:
    import charset_normalizer

    lines = [line for line in data.splitlines() if not line.isascii()]
    if 2 * sum(map(_is_utf8, lines)) >= len(lines):
        # A few broken bytes in UTF-8: reading all of it otherwise would garble every accent.
        return "utf-8"
    best = charset_normalizer.from_bytes(
        b"\n".join(lines[:2_000]), cp_isolation=["cp1252", "latin_1", "cp850"]
    ).best()
    name = best.encoding if best else "cp1252"
    # C1 control characters are in no inventory; where Latin-1 would give them it is cp1252.
    if name == "latin_1" and any(0x80 <= byte < 0xA0 for byte in b"".join(lines)):
        return "cp1252"
    return name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def find_delimiter(text: str) -> str:
    """The delimiter that splits the sample into the most regular table of at least two columns.

    Falls back to a comma: a file of one column has none.
    """
    if declared := _declared_delimiter(text):
        return declared
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        split = Counter({width: count for width, count in widths.items() if width > 1})
        if not split:
            continue
        width, count = max(split.items(), key=lambda item: (item[1], item[0]))
        score = count / sum(widths.values()) * (1 + min(width, 20) / 20)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _declared_delimiter(text: str) -> str | None:
    """Excel's own `sep=;` in the first line."""
    line = text[:12].splitlines()[0] if text.strip() else ""
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else None


def read_text(data: bytes, limits: Limits) -> TextTable:
    """Decodes and splits `data`. Raises UnreadableFile (`too_large`, `corrupted`, …)."""
    encoding = find_encoding(data)
    notes: list[str] = []
    if not encoding.startswith("utf-16") and (nuls := data.count(0)):
        places = ", ".join(map(str, _nul_lines(data)))
        notes.append(f"{nuls:,} NUL characters were left out (line {places}): look at these rows.")
        data = data.replace(b"\x00", b"")
    sample = data[: _SAMPLE_CHARACTERS & ~1].decode(encoding, "replace")
    delimiter = find_delimiter(sample)
    columns, height = _split(data, encoding, delimiter, csv.QUOTE_MINIMAL, limits)
    if b'"' in data and _swallows_rows(columns, delimiter):
        # A quotation mark that is never closed hides rows in one cell. Where the marks are plain
        # characters (inches), the rows are all of one width without them.
        columns, height = _split(data, encoding, delimiter, csv.QUOTE_NONE, limits)
        if any("" in column.cells for column in columns[-1:]):
            raise _unclosed()
    return TextTable(columns, height, encoding, delimiter, tuple(notes))


def _nul_lines(data: bytes) -> list[int]:
    """The first lines (1-based) with a NUL."""
    found: list[int] = []
    at, line, counted = data.find(0), 1, 0
    while at >= 0 and len(found) < _NAMED_ROWS:
        line += data.count(b"\n", counted, at)
        found.append(line)
        counted = at
        end = data.find(b"\n", at)
        at = data.find(0, end) if end >= 0 else -1
    return found


def _swallows_rows(columns: list[JoinedColumn], delimiter: str) -> bool:
    breaks = len(columns) - 1
    return any(
        line.count(delimiter) >= max(breaks, 1)
        for column in columns
        if "\n" in (column.joined or "\n")
        for cell in column.cells
        if "\n" in cell
        for line in cell.split("\n")
    )


def _unclosed() -> UnreadableFile:
    return UnreadableFile(
        "corrupted",
        "The text file cannot be split into rows: a quotation mark is opened and never closed. "
        "Save it again as xlsx or csv from the program that it comes from.",
    )


def _split(
    data: bytes, encoding: str, delimiter: str, quoting: Literal[0, 3], limits: Limits
) -> tuple[list[JoinedColumn], int]:
    """(columns, rows)."""
    csv.field_size_limit(_FIELD_SIZE)
    columns: list[JoinedColumn] = []
    height = 0
    formulas = b'="' in data or b'=\x00"' in data
    try:
        lines = _lines(data, encoding)
        for chunk in _chunks(csv.reader(lines, delimiter=delimiter, quoting=quoting)):
            width = max(map(len, chunk))
            if width > limits.max_columns or (height + len(chunk)) * width > limits.max_cells:
                raise UnreadableFile(
                    "too_large",
                    f"The file has more than {limits.max_cells:,} cells or "
                    f"{limits.max_columns:,} columns. Send it in parts.",
                )
            while len(columns) < width:
                columns.append(JoinedColumn(height))
            _append([_shown(row) for row in chunk] if formulas else chunk, columns)
            height += len(chunk)
    except csv.Error as error:
        raise _unclosed() from error
    return columns, height


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    # newline="" leaves line breaks inside quoted cells as they are.
    return io.TextIOWrapper(io.BytesIO(data), encoding, "replace", newline="")


def _chunks(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while chunk := list(islice(reader, _CHUNK_ROWS)):
        yield chunk


def _shown(row: list[str]) -> list[str]:
    """The row with the text that a spreadsheet shows where a cell is a formula for a text."""
    return [
        found[1] if cell.startswith("=") and (found := _TEXT_FORMULA.fullmatch(cell)) else cell
        for cell in row
    ]


def _append(chunk: list[list[str]], columns: list[JoinedColumn]) -> None:
    width = len(columns)
    if set(map(len, chunk)) != {width}:
        chunk = [row if len(row) == width else row + [""] * (width - len(row)) for row in chunk]
    for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
        column.extend(cells)
