"""Finds the header of the table on a sheet: one line, or two."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.ingestion.columns.date_text import layout_of
from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.columns.numbers import looks_numeric
from stockwarden.ingestion.columns.text_shapes import shape_of
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.table.columns import KNOWN_NAME, Table, TableColumn, locate_columns

__all__ = ["Table", "TableColumn", "find_table", "is_label", "is_plain_label"]

_SEARCHED_ROWS = 100
_FURTHER_ROWS = 20
_BELOW = 12
_LONGEST_LABEL = 80
_SURE_NAME = 0.9
_ITEMS = frozenset({"pallet_id", "product_code", "description"})
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"\d{2}")


def find_table(
    sheet: Sheet,
    header_row: int | None = None,
    schema: Schema = INVENTORY,
    *,
    is_text: bool = False,
) -> Table:
    """The table whose header looks best, or the one under `header_row` (1-based, 0 = none)."""
    rows = sheet.head(0, min(sheet.height, _SEARCHED_ROWS + _BELOW))
    best = _best_header(sheet, rows, schema)
    if header_row is not None and (best is None or best.row + 1 != header_row):
        if header_row == 0:
            best = None
        else:
            line = sheet.head(header_row - 1, header_row)
            best = _Header(header_row - 1, [cell_text(cell) for cell in (line or [[]])[0]], 0.0)
    first = best.row + 1 if best else 0
    below = sheet.head(first, first + 200)
    labels = best.labels if best else [""] * sheet.width
    return locate_columns(sheet, first, labels, below, schema=schema, is_text=is_text)


@dataclass(frozen=True)
class _Header:
    row: int
    labels: list[str]
    score: float


class _Line:
    """A searched row: its texts, labels and shapes, computed once."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self.texts = [cell_text(cell) for cell in cells]
        self.filled = sum(map(bool, self.texts))
        self.labels = [is_label(cell) for cell in cells]
        self.shapes = [shape_of(text) for text in self.texts]


def _best_header(sheet: Sheet, rows: Sequence[Sequence[Any]], schema: Schema) -> _Header | None:
    lines: list[_Line] = []
    best: _Header | None = None
    for index in range(min(len(rows), _SEARCHED_ROWS)):
        lines.extend(_Line(row) for row in rows[len(lines) : index + 1 + _BELOW])
        line = lines[index]
        if best and index > best.row + _FURTHER_ROWS and _known_fields(best.labels, schema) >= 2:
            break
        if not any(line.labels):
            continue
        for candidate in _candidates(sheet, lines, index, schema):
            if best and (
                _are_same(candidate.labels, best.labels)
                or (
                    index > best.row + 1 and _is_further_list(candidate.labels, best.labels, schema)
                )
            ):
                continue
            if best is None or candidate.score > best.score + 1e-9:
                best = candidate
    return best if best and best.score > 0 else None


def _are_same(labels: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the labels are the same, maybe in another order."""
    return _plain(labels) == _plain(others)


def _plain(labels: Sequence[str]) -> list[str]:
    return sorted(label.casefold() for label in labels if label)


def _is_further_list(labels: Sequence[str], above: Sequence[str], schema: Schema) -> bool:
    """Whether the header above is one of inventory too, so that its rows are not to be lost."""
    fields = _sure_fields(above, schema)
    if "location" not in fields or not fields & _ITEMS:
        return False
    return "pallet_id" in fields or "pallet_id" not in _sure_fields(labels, schema)


def _sure_fields(labels: Sequence[str], schema: Schema) -> set[str]:
    return {
        field
        for label in labels
        for field, score in name_scores(label, schema).items()
        if score >= _SURE_NAME
    }


def _candidates(sheet: Sheet, lines: Sequence[_Line], index: int, schema: Schema) -> list[_Header]:
    line = lines[index]
    below = [other for other in lines[index + 1 : index + 1 + _BELOW] if other.filled]
    wide = max((other.filled for other in below), default=0)
    if line.filled < min(2, max(wide, 1)) or sum(line.labels) < 0.6 * line.filled:
        return []
    headers = [_Header(index, line.texts, _score(line.texts, line, below, wide, schema))]
    if index and _are_plain(line.texts):
        upper = _fill_merged(lines[index - 1].texts, line.texts, sheet.merged, index - 1)
        if upper and sum(map(bool, upper)) >= 2 and _are_plain(upper):
            joined = [
                " ".join(dict.fromkeys(part for part in (above, text) if part))
                for above, text in zip(upper, line.texts, strict=True)
            ]
            if _known_fields(joined, schema) > _known_fields(line.texts, schema) + 0.5:
                # More than either line alone scores, or the lower one would be read as data.
                score = max(_score(joined, line, below, wide, schema), headers[0].score) + 0.5
                headers.append(_Header(index, joined, score))
    return headers


def _fill_merged(
    upper: Sequence[str], lower: Sequence[str], merged: Sequence[Any], index: int
) -> list[str] | None:
    """The upper of two header lines, its merged (or, without merges, centred) cells filled in."""
    labels = list(upper)
    if not any(labels):
        return None
    spans = sorted((start[1], end[1]) for start, end in merged if start[0] <= index <= end[0])
    done = 0  # bounds the work: crafted files have overlapping merged cells
    for first, last in spans:
        for column in range(max(first, done), min(last + 1, len(labels))):
            labels[column] = labels[first]
        done = max(done, last + 1)
    if not spans:
        for column in range(1, len(labels)):
            if not labels[column] and lower[column] and lower[column - 1]:
                labels[column] = labels[column - 1]
    return labels


def _score(
    labels: Sequence[str], line: _Line, below: Sequence[_Line], wide: int, schema: Schema
) -> float:
    filled = [label for label in labels if label]
    if not below or not filled:
        # A file with a header only is recognized by its names.
        return 2.0 * _known_fields(labels, schema)
    contrast = sum(_contrast(line, below, index) for index, label in enumerate(labels) if label)
    coverage = min(1.0, len(filled) / max(wide, 1))
    doubles = len(filled) - len(set(filled))
    score = 2.0 * _known_fields(labels, schema) + 2.0 * contrast / len(filled) - 0.3 * doubles
    return score * (0.3 + 0.7 * coverage)


def _contrast(line: _Line, below: Sequence[_Line], column: int) -> float:
    """1 where a label differs from the cells below it, -1 where it looks like them."""
    cells = [other for other in below if other.texts[column]]
    if not cells:
        return 0.0
    label = line.texts[column]
    if label and not line.labels[column]:
        return -1.0
    if 2 * sum(1 for other in cells if not other.labels[column]) >= len(cells):
        return 1.0
    if any(other.texts[column] == label for other in cells):
        return -0.5
    shape, count = Counter(other.shapes[column] for other in cells).most_common(1)[0]
    if shape == line.shapes[column]:
        return -1.0
    if len(cells) > 1 and 2 * count >= len(cells):
        return 1.0
    digits = sum(1 for other in cells if "0" in other.shapes[column])
    return 0.5 if digits >= 0.8 * len(cells) and "0" not in line.shapes[column] else 0.0


def _known_fields(labels: Sequence[str], schema: Schema) -> float:
    """The number of fields that the labels name, each weighted by its best label's score."""
    best: dict[str, float] = {}
    for label in labels:
        scores = name_scores(label, schema) if label and not _NUMBERED.search(label) else {}
        if scores:
            field, score = max(scores.items(), key=lambda item: item[1])
            best[field] = max(best.get(field, 0.0), score)
    return sum(score for score in best.values() if score >= KNOWN_NAME)


def is_label(cell: Any) -> bool:
    """Whether the cell is text with letters, and no date or number."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    if not text or len(text) > _LONGEST_LABEL or not _LETTER.search(text):
        return False
    return not layout_of(shape_of(text)) and not looks_numeric(text)


def is_plain_label(cell: Any) -> bool:
    """Whether the cell is a label without numbers, as in headers."""
    return is_label(cell) and not _NUMBERED.search(cell)


def _are_plain(texts: Sequence[str]) -> bool:
    return all(is_plain_label(text) for text in texts if text)
