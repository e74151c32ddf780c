"""Classifies the rows of a table as inventory, skipped or rejected; each is counted once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.columns.joined_column import (
    Part,
    are_trimmed,
    blank_positions,
    has_blank,
    join,
    positions_starting_with,
)
from stockwarden.ingestion.columns.numbers import looks_numeric
from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.formats.workbook import Sheet
from stockwarden.ingestion.mapping.fields import DATES, NUMBERS
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.table.header import Table, TableColumn, is_plain_label
from stockwarden.ingestion.table.receipt import DETAILS_PER_REASON, Receipt, RowNote

_TOTALS = re.compile(
    r"(?i)(?:(?:grand|sub|gran)[ -]?)?tota(?:l|ls|les)\b(?![-_]?\d)|(?:suma|sum|recuento|count|"
    r"subtotal)(?: of\b| de\b|:|$)|(?:total )?(?:number|n[uú]mero) (?:of|de) (?:pallets|palets)"
)
_COUNT = re.compile(r"\d[\d.,']* [^\W\d]+")  # 1,200 pallets
_TOTAL_ALONE = re.compile(
    r"(?i)(?:(?:grand|sub|gran)[ -]?)?tota(?:l|ls|les)(?: general)?:?|suma:?|sum:?|subtotal:?"
)
_RULE = re.compile(r"[-=_*~.+|\s]+")
_COMMENTS = ("#", "//")
_SUSPECT_STARTS = (
    "#", "//", "--", "==", "__", "**", "total", "gran", "sub", "sum", "recuento", "count", " ",
    "\t", "num", "núm",
)  # fmt: skip
_MANY = 0.2
_CONTENT = ("receipt_number", "description", "creation_date", "product_code", "time_in_storage")
_DETAILS = {
    "no_pallet_id": "The row has values but no pallet id.",
    "pallet_id_damaged": "The pallet id was stored as a number or a date, and its digits are lost.",
    "extra_cells": "The line has more cells than the header, so its values may be shifted.",
    "blank": "The row is empty.",
    "comment": "The row is a comment.",
    "totals": "The row is a total.",
    "repeated_header": "The row repeats the header.",
    "other_table": "The row belongs to another table on the sheet.",
    "separator": "The row is a separating line.",
    "note": "The row is a note.",
    "empty_location": "The row names a location without a pallet.",
}


@dataclass
class RowPlan:
    """`positions` are the 0-based sheet rows with inventory; the others are grouped by reason."""

    total: int
    positions: Integers
    skipped: dict[str, list[int]] = field(default_factory=dict)
    rejected: dict[str, list[int]] = field(default_factory=dict)

    def take(self, sheet: Sheet, index: int) -> tuple[Sequence[Any], str | None]:
        """(cells, joined texts or None) of a sheet column in the rows with inventory."""
        cells, size = sheet.column(index), len(self.positions)
        if size and int(self.positions[-1]) - int(self.positions[0]) == size - 1:
            first = int(self.positions[0])
            return Part(cells, first, size), sheet.joined(index, first, first + size)
        taken = [cells[position] for position in self.positions.tolist()]
        return taken, join(taken)

    def receipt(self, evaluated: Integers, rejected: Mapping[str, Sequence[int]]) -> Receipt:
        """The receipt when reading evaluates some of `positions` and rejects the others."""
        refused = {**self.rejected}
        for reason, rows in rejected.items():
            refused[reason] = sorted([*refused.get(reason, []), *rows])
        details = tuple(
            RowNote(row + 1, reason, _DETAILS[reason])
            for reason, rows in [*refused.items(), *self.skipped.items()]
            for row in rows[:DETAILS_PER_REASON]
        )
        return Receipt(
            self.total,
            len(evaluated),
            {reason: len(rows) for reason, rows in self.skipped.items()},
            {reason: len(rows) for reason, rows in refused.items()},
            details,
        )


def plan_rows(sheet: Sheet, table: Table, mapping: Mapping[str, TableColumn]) -> RowPlan:
    """Classifies every row below the header. `mapping` is {field: column} as far as known."""
    total = max(0, sheet.height - table.first_row)
    columns = {
        column.index: Part(sheet.column(column.index), table.first_row, total)
        for column in table.columns
    }
    view = _View(sheet, table, mapping, columns)
    skipped: dict[str, list[int]] = {}
    rejected: dict[str, list[int]] = {}
    dropped = np.zeros(total, dtype=bool)

    def drop(reasons: dict[str, list[int]], reason: str, positions: Sequence[int]) -> None:
        fresh = [position for position in positions if not dropped[position]]
        if fresh:
            dropped[fresh] = True
            reasons.setdefault(reason, []).extend(position + table.first_row for position in fresh)

    surplus = [sheet.column(index)[table.first_row :] for index in table.surplus]
    shifted = sorted({position for cells in surplus for position, cell in enumerate(cells) if cell})
    blank = view.blank_rows()
    filled = set(shifted)
    drop(skipped, "blank", [position for position in blank if position not in filled])
    drop(rejected, "extra_cells", shifted)
    for start, end in view.other_tables(blank):
        drop(skipped, "other_table", range(start, end))
    for position in view.suspects():
        if not dropped[position] and (reason := view.exclusion_reason(position)):
            drop(rejected if reason == "no_pallet_id" else skipped, reason, [position])
    positions = np.flatnonzero(~dropped) + table.first_row
    return RowPlan(total, positions.astype(np.int64), skipped, rejected)


class _View:
    """The table's cells by column, and tests of its rows. Positions count from the header."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        mapping: Mapping[str, TableColumn],
        columns: Mapping[int, Sequence[Any]],
    ) -> None:
        self.sheet = sheet
        self.table = table
        self.columns = columns
        self._texts: dict[int, str | None] = {}
        self.mapping = {name: column.index for name, column in mapping.items()}
        self.has_pallets = "pallet_id" in mapping
        key = self.mapping.get("pallet_id", self.mapping.get("location"))
        self.key = key if key is not None else table.columns[0].index
        self.labels = {column.index: column.name for column in table.columns if not column.blank}
        self.words = {
            index: set(header_words(label).split()) for index, label in self.labels.items()
        }
        located = columns[self.mapping.get("location", self.key)]
        keys = [
            cell
            for cell, position in zip(columns[self.key][:500], located[:500], strict=True)
            if isinstance(cell, str) and _filled(cell) and _filled(position)
            if cell != self.labels.get(self.key)
        ]
        self.spaced_keys = sum(1 for cell in keys if " " in cell.strip()) > _MANY * len(keys)
        first = [cell for cell in columns[table.columns[0].index][:500] if isinstance(cell, str)]
        marked = sum(1 for cell in first if cell.lstrip().startswith(_COMMENTS))
        self.comments = marked <= max(_MANY * len(first), 2)

    def blank_rows(self) -> list[int]:
        blank = self._unfilled(self.key)
        for cells in self.columns.values() if blank else ():
            blank = [index for index in blank if not _filled(cells[index])]
        return blank

    def _joined(self, index: int) -> str | None:
        if index not in self._texts:
            first, end = self.table.first_row, self.sheet.height
            self._texts[index] = self.sheet.joined(index, first, end)
        return self._texts[index]

    def _unfilled(self, index: int) -> list[int]:
        joined = self._joined(index)
        if joined is not None and are_trimmed(joined) and not has_blank(joined):
            return []
        cells = self.columns[index]
        if joined is not None and cells:
            return list(blank_positions(joined))
        unfilled = {cell for cell in set(cells) if not _filled(cell)}
        return (
            [position for position, cell in enumerate(cells) if cell in unfilled]
            if unfilled
            else []
        )

    def suspects(self) -> list[int]:
        """The positions of rows that may not be inventory."""
        positions = set(self._unfilled(self.key))
        if (location := self.mapping.get("location")) is not None:
            positions.update(self._unfilled(location))
        starts = {*_SUSPECT_STARTS, *(word for word in self.words.get(self.key, ()) if word)}
        if label := self.labels.get(self.key, "").lower():
            starts.add(label)
        joined = self._joined(self.key)
        positions.update(positions_starting_with(starts, self.columns[self.key], joined))
        return sorted(positions)

    def filled_cells(self, position: int) -> dict[int, str]:
        """{column: text} of the row's filled cells, in the order of columns."""
        return {
            index: text
            for index, cells in self.columns.items()
            if (text := cell_text(cells[position]))
        }

    def exclusion_reason(self, position: int) -> str | None:
        """Why the row is not inventory; None if it is."""
        filled = self.filled_cells(position)
        first = next(iter(filled.values()), "")
        only = len(filled) == 1 and len(self.columns) > 2
        keyed = self.key in filled
        if self.comments and first.startswith(_COMMENTS) and not first.upper().startswith("#N"):
            return "comment"
        if filled and all(_RULE.fullmatch(text) for text in filled.values()):
            return "separator"
        if self.repeats_header(filled):
            return "repeated_header"
        if self.is_total(filled):
            return "totals"
        if only and " " in first and not self.spaced_keys and len(first.split()) > 1:
            return "note"
        if keyed or not self.has_pallets:
            return None
        location = self.mapping.get("location", -1)
        contents = [self.mapping[name] for name in _CONTENT if name in self.mapping]
        if location in filled and not any(index in filled for index in contents):
            return "empty_location"
        return "note" if only and location not in filled else "no_pallet_id"

    def is_total(self, filled: Mapping[int, str]) -> bool:
        positions = [index for index, text in filled.items() if _TOTALS.match(text)]
        if not positions or (self.key in filled and self.key not in positions):
            return False
        location = self.mapping.get("location", -1)
        if location not in filled or location in positions:
            return True
        # Some programs put a count or a sum right beside the word.
        others = [text for index, text in filled.items() if index != self.key]
        alone = _TOTAL_ALONE.fullmatch(filled.get(self.key, "")) is not None
        return alone and all(looks_numeric(text) or _COUNT.fullmatch(text) for text in others)

    def repeats_header(self, filled: Mapping[int, str]) -> bool:
        same = 0
        for index, text in filled.items():
            if text.casefold() == self.labels.get(index, "").casefold():
                same += 1
            elif not is_plain_label(text) or not (
                set(header_words(text).split()) <= self.words.get(index, set())
            ):
                return False
            else:
                same += 1
        return same >= 2 or (same == 1 and self.key in filled and len(self.labels) == 1)

    def other_tables(self, blank: Sequence[int]) -> list[tuple[int, int]]:
        """(first, end) of other tables on the sheet, which begin after empty rows."""
        size = len(self.columns[self.key])
        empty = set(blank)
        starts = [index + 1 for index in blank if index + 1 < size and index + 1 not in empty]
        tables: list[tuple[int, int]] = []
        for start in starts:
            if tables and tables[-1][1] > start:
                if self.repeats_header(self.filled_cells(start)):
                    tables[-1] = (tables[-1][0], start)
                continue
            if self._is_other_header(start) or (
                start + 1 < size
                and len(self.filled_cells(start)) == 1
                and self._is_other_header(start + 1)
            ):
                tables.append((start, size))
        return tables

    def _is_other_header(self, position: int) -> bool:
        filled = self.filled_cells(position)
        if len(filled) < 2 or self.repeats_header(filled):
            return False
        if not all(is_plain_label(self.columns[index][position]) for index in filled):
            return False
        if any(_TOTALS.match(text) for text in filled.values()):
            return False
        measured = [self.mapping[name] for name in DATES | NUMBERS if name in self.mapping]
        if any(index in filled for index in measured):
            return True
        named = sum(
            1 for text in filled.values() if max(name_scores(text).values(), default=0) >= 0.8
        )
        return named >= 2 or len(filled) <= len(self.mapping) / 2


def _filled(cell: Any) -> bool:
    return bool(cell.strip()) if type(cell) is str else cell is not None
