"""Where the table is on a sheet: its header line (or two), its columns, what stands beside it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from stockwarden.ingestion.date_text import layout_of
from stockwarden.ingestion.extents import column_letter
from stockwarden.ingestion.fields import REQUIRED
from stockwarden.ingestion.identifiers import cell_text
from stockwarden.ingestion.names import name_scores
from stockwarden.ingestion.numbers import looks_numeric
from stockwarden.ingestion.shapes import shape_of
from stockwarden.ingestion.workbook import Sheet

_SEARCHED_ROWS = 120
_BELOW = 25
_LONGEST_LABEL = 80
_KNOWN_NAME = 0.8


@dataclass(frozen=True)
class TableColumn:
    """A column of the table. `index` is the sheet's, 0-based; `name` is unique in the table."""

    index: int
    name: str
    blank: bool

    @property
    def letter(self) -> str:
        return column_letter(self.index + 1)


@dataclass(frozen=True)
class Table:
    """`header_row` is the 1-based sheet row of the (last) header line, 0 without a header."""

    header_row: int
    columns: tuple[TableColumn, ...]
    notes: tuple[str, ...] = ()
    surplus: tuple[int, ...] = ()

    @property
    def first_row(self) -> int:
        """The 0-based sheet row of the first data row."""
        return self.header_row


def find_table(sheet: Sheet, header_row: int | None = None, *, is_text: bool = False) -> Table:
    """The table whose header looks best, or the one under `header_row` (1-based, 0 = none)."""
    rows = sheet.head(0, min(sheet.height, _SEARCHED_ROWS + _BELOW))
    best = _best_header(sheet, rows)
    if header_row is not None and (best is None or best.row + 1 != header_row):
        if header_row == 0:
            best = None
        else:
            line = sheet.head(header_row - 1, header_row)
            best = _Header(header_row - 1, [cell_text(cell) for cell in (line or [[]])[0]], 0.0)
    first = best.row + 1 if best else 0
    below = sheet.head(first, first + 200)
    labels = best.labels if best else [""] * sheet.width
    return _table(sheet, first, labels, below, is_text=is_text)


@dataclass(frozen=True)
class _Header:
    row: int
    labels: list[str]
    score: float


def _best_header(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> _Header | None:
    best: _Header | None = None
    for place, row in enumerate(rows[:_SEARCHED_ROWS]):
        if not any(map(_is_label, row)):
            continue
        for candidate in _candidates(sheet, rows, place):
            if best is None or candidate.score > best.score + 1e-9:
                best = candidate
    return best if best and best.score > 0 else None


def _candidates(sheet: Sheet, rows: Sequence[Sequence[Any]], place: int) -> list[_Header]:
    row = rows[place]
    filled = [cell for cell in row if _text(cell)]
    below = [line for line in rows[place + 1 : place + 1 + _BELOW] if any(map(_text, line))]
    wide = max((sum(1 for cell in line if _text(cell)) for line in below), default=0)
    if len(filled) < min(2, max(wide, 1)) or sum(map(_is_label, filled)) < 0.6 * len(filled):
        return []
    found = [_Header(place, [_text(cell) for cell in row], _score(row, below, wide))]
    if place and all(map(is_plain_label, filled)):
        upper = _spread(rows[place - 1], row, sheet.merged, place - 1)
        if upper and sum(map(bool, upper)) >= 2 and all(map(is_plain_label, filter(None, upper))):
            joined = [
                " ".join(dict.fromkeys(part for part in (above, _text(cell)) if part))
                for above, cell in zip(upper, row, strict=True)
            ]
            if _known(joined) > _known([_text(cell) for cell in row]) + 0.5:
                # More than either line alone scores, or the lower one would be read as data.
                score = _score(joined, below, wide) + 0.5
                found.append(_Header(place, joined, max(score, found[0].score + 0.1)))
    return found


def _spread(
    upper: Sequence[Any], lower: Sequence[Any], merged: Sequence[Any], place: int
) -> list[str] | None:
    """The upper of two header lines, its merged (or, without merges, centred) cells filled in."""
    labels = [_text(cell) for cell in upper]
    if not any(labels):
        return None
    spans = [(start[1], end[1]) for start, end in merged if start[0] <= place <= end[0]]
    for first, last in spans:
        for column in range(first, min(last + 1, len(labels))):
            labels[column] = labels[first]
    if not spans:
        for column in range(1, len(labels)):
            if not labels[column] and _text(lower[column]) and _text(lower[column - 1]):
                labels[column] = labels[column - 1]
    return labels


def _score(row: Sequence[Any], below: Sequence[Sequence[Any]], wide: int) -> float:
    labels = [_text(cell) for cell in row]
    filled = [label for label in labels if label]
    if not below or not filled:
        # A file of nothing but a header is still known by its names.
        return 2.0 * _known(labels)
    contrast = sum(_contrast(row, below, column) for column in range(len(row)) if labels[column])
    coverage = min(1.0, len(filled) / max(wide, 1))
    doubles = len(filled) - len(set(filled))
    score = 2.0 * _known(labels) + 2.0 * contrast / len(filled) - 0.3 * doubles
    return score * (0.3 + 0.7 * coverage)


def _contrast(row: Sequence[Any], below: Sequence[Sequence[Any]], column: int) -> float:
    """1 where a label stands over other things, -1 where it looks like what is below it."""
    cells = [line[column] for line in below if _text(line[column])]
    if not cells:
        return 0.0
    if not _is_label(row[column]):
        return -1.0
    if sum(1 for cell in cells if not _is_label(cell)) >= 0.5 * len(cells):
        return 1.0
    own = _text(row[column])
    if any(_text(cell) == own for cell in cells):
        return -0.5
    shape, count = Counter(shape_of(_text(cell)) for cell in cells).most_common(1)[0]
    if shape == shape_of(own):
        return -1.0
    if len(cells) > 1 and count >= 0.5 * len(cells):
        return 1.0
    digits = sum(1 for cell in cells if re.search(r"\d", _text(cell)))
    return 0.5 if digits >= 0.8 * len(cells) and not re.search(r"\d", own) else 0.0


def _known(labels: Sequence[str]) -> float:
    """How many different fields these labels name, each as surely as its best label does."""
    found: dict[str, float] = {}
    for label in labels:
        scores = name_scores(label) if label and len(label) <= _LONGEST_LABEL else {}
        if scores:
            field, score = max(scores.items(), key=lambda item: item[1])
            found[field] = max(found.get(field, 0.0), score)
    return sum(score for score in found.values() if score >= _KNOWN_NAME)


def _text(cell: Any) -> str:
    return cell_text(cell)


def _is_label(cell: Any) -> bool:
    if isinstance(cell, (bool, int, float, datetime, date, time, timedelta)):
        return False
    text = _text(cell)
    if not text or len(text) > _LONGEST_LABEL or not re.search(r"[^\W\d_]", text):
        return False
    return not layout_of(shape_of(text)) and not looks_numeric(text)


def is_plain_label(cell: Any) -> bool:
    """A word or two such as stand in headers: text without numbers in it."""
    return _is_label(cell) and not re.search(r"\d{2}", _text(cell))


def _table(
    sheet: Sheet,
    first: int,
    labels: Sequence[str],
    below: Sequence[Sequence[Any]],
    *,
    is_text: bool,
) -> Table:
    labels = [*labels, *[""] * (sheet.width - len(labels))]
    used = [
        bool(labels[column]) or any(_text(line[column]) for line in below)
        for column in range(sheet.width)
    ]
    block, beside = _block(used, labels)
    surplus: tuple[int, ...] = ()
    if is_text and first:
        last = max((column for column in block if labels[column]), default=sheet.width)
        surplus = tuple(
            column
            for column in range(last + 1, sheet.width)
            if sum(1 for line in below if _text(line[column])) < 0.2 * len(below)
        )
        block = [column for column in block if column not in surplus]
        beside = [column for column in beside if column not in surplus]
    notes = []
    if beside:
        notes.append(
            f"Columns {column_letter(beside[0] + 1)} to {column_letter(beside[-1] + 1)} stand "
            "beside the table and are not read."
        )
    return Table(first, _named(block, labels), tuple(notes), surplus)


def _block(used: Sequence[bool], labels: Sequence[str]) -> tuple[list[int], list[int]]:
    """(the table's columns, columns of other things beside it, apart by an empty column)."""
    blocks: list[list[int]] = []
    for column, is_used in enumerate(used):
        if is_used and (not column or not used[column - 1]):
            blocks.append([column])
        elif is_used:
            blocks[-1].append(column)
    everything = [column for block in blocks for column in block]
    for block in blocks:
        names = [name_scores(labels[column]) for column in block]
        if all(any(found.get(field, 0) >= _KNOWN_NAME for found in names) for field in REQUIRED):
            kept = set(block)
            return block, [column for column in everything if column not in kept]
    return everything, []


def _named(block: Sequence[int], labels: Sequence[str]) -> tuple[TableColumn, ...]:
    taken: set[str] = set()
    columns = []
    for column in block:
        base = labels[column] or f"column_{column + 1}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        columns.append(TableColumn(column, name, not labels[column]))
    return tuple(columns)
