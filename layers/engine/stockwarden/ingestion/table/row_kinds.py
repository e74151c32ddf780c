"""Tells the kinds of rows below a header apart: inventory, totals, notes, headings, and others."""

import re
from collections.abc import Collection, Mapping

from stockwarden.ingestion.columns.joined_column import positions_starting_with
from stockwarden.ingestion.columns.numbers import looks_numeric
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.fields import ITEM
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.table.cells import TableCells, has_digit, is_filled
from stockwarden.ingestion.table.columns import Table, TableColumn
from stockwarden.ingestion.table.header import is_plain_label
from stockwarden.ingestion.table.row_words import (
    AMOUNT,
    COUNTED_GROUP,
    ENDS_IN_TOTAL,
    PAGE,
    TOTAL_ALONE,
    TOTALS,
)

_RULE = re.compile(r"[-=_*~.+|\s]+")
_STARS = re.compile(r"\*{1,3}")  # SAP marks the totals of a list so
_ZERO = re.compile(r"0+(?:[.,]0*)?")
_COMMENTS = ("#", "//")
_SUSPECT_STARTS = (
    "#", "//", "--", "==", "__", "**", "total", "gran", "sub", "sum", "recuento", "count", " ",
    "\t", "num", "núm",
)  # fmt: skip
_MANY = 0.2
_ENOUGH_KEYS, _NEARLY_ALL = 5, 0.95
_CONTENT = ("receipt_number", "description", "creation_date", "product_code", "time_in_storage")
_SEPARATORS = (";", ",", "\t", "|")


class RowKinds:
    """Tests of a table's rows. Positions count from the first row below the header."""

    def __init__(self, sheet: Sheet, table: Table, mapping: Mapping[str, TableColumn]) -> None:
        self.cells = TableCells(sheet, table)
        columns = self.columns = self.cells.columns
        self.mapping = {name: column.index for name, column in mapping.items()}
        self.has_pallets = "pallet_id" in mapping
        mapped = [self.mapping[name] for name in table.schema.keys if name in self.mapping]
        self.key = mapped[0] if mapped else table.columns[0].index
        self.labels = {column.index: column.name for column in table.columns if not column.blank}
        self.words = {
            index: set(header_words(label).split()) for index, label in self.labels.items()
        }
        located = columns[self.mapping.get("location", self.key)]
        keys = [
            cell
            for cell, position in zip(columns[self.key][:500], located[:500], strict=True)
            if isinstance(cell, str) and is_filled(cell) and is_filled(position)
            if cell != self.labels.get(self.key)
        ]
        self.spaced_keys = sum(1 for cell in keys if " " in cell.strip()) > _MANY * len(keys)
        numbered = sum(map(has_digit, keys))
        self.numbered_keys = len(keys) >= _ENOUGH_KEYS and numbered >= _NEARLY_ALL * len(keys)
        first = [cell for cell in columns[table.columns[0].index][:500] if isinstance(cell, str)]
        marked = sum(1 for cell in first if cell.lstrip().startswith(_COMMENTS))
        self.comments = marked <= max(_MANY * len(first), 2)
        self.blank = self.cells.blank_rows(self.key)

    def suspects(self) -> list[int]:
        """The positions of rows that may not be inventory."""
        positions = set(self.cells.unfilled(self.key))
        if (location := self.mapping.get("location")) is not None:
            positions.update(self.cells.unfilled(location))
        starts = {*_SUSPECT_STARTS, *(word for word in self.words.get(self.key, ()) if word)}
        if label := self.labels.get(self.key, "").lower():
            starts.add(label)
        joined = self.cells.joined(self.key)
        positions.update(positions_starting_with(starts, self.columns[self.key], joined))
        return sorted(positions)

    def exclusion_reason(self, position: int) -> str | None:
        """Why the row is not inventory; None if it is."""
        filled = self.cells.filled_cells(position)
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
        if self.heads_group(position, filled):
            return "group_heading"
        located = self.mapping.get("location", -1) in filled
        if not (keyed and located) and any(map(PAGE.fullmatch, filled.values())):
            return "page_head"
        if only and any(first.count(separator) > 1 for separator in _SEPARATORS):
            return "other_table"
        if only and (first.endswith(":") or (self.numbered_keys and not has_digit(first))):
            return "note"
        if only and " " in first and not self.spaced_keys and len(first.split()) > 1:
            return "note"
        if keyed or not self.has_pallets or self.is_loose_stock(filled):
            return None
        location = self.mapping.get("location", -1)
        contents = [self.mapping[name] for name in _CONTENT if name in self.mapping]
        if location in filled and not any(index in filled for index in contents):
            return "empty_location"
        return "note" if only and location not in filled else "no_pallet_id"

    def is_loose_stock(self, filled: Mapping[int, str]) -> bool:
        """Whether a row without a pallet id has an item and a quantity of it."""
        quantity = filled.get(self.mapping.get("quantity", -1))
        if quantity is None or _ZERO.fullmatch(quantity):
            return False
        return any(self.mapping.get(field, -1) in filled for field in ITEM)

    def heads_group(self, position: int, filled: Mapping[int, str]) -> bool:
        """Whether the row is the heading of a group, such as `WH/Stock/A-01 (6)` with sums.

        Without a count it is one if the row below belongs to the group by name.
        """
        (index, text), *others = filled.items() or [(-1, "")]
        both = {self.mapping.get("pallet_id", -1), self.mapping.get("location", -1)}
        if not text or both <= filled.keys():
            return False
        if not all(looks_numeric(other) or AMOUNT.fullmatch(other) for _, other in others):
            return False
        if match := COUNTED_GROUP.fullmatch(text):
            return bool(others) or index in both or match[1] in self._row_below(position)
        return (
            bool(others) and len(filled) < len(self.columns) and text in self._row_below(position)
        )

    def _row_below(self, position: int) -> Collection[str]:
        if position + 1 >= self.cells.height:
            return ()
        return self.cells.filled_cells(position + 1).values()

    def is_total(self, filled: Mapping[int, str]) -> bool:
        positions = [index for index, text in filled.items() if TOTALS.match(text)]
        text, *others = filled.values() or [""]
        if not positions and others and (_STARS.fullmatch(text) or ENDS_IN_TOTAL.fullmatch(text)):
            both = {self.mapping.get("pallet_id", -1), self.mapping.get("location", -1)}
            return not both <= filled.keys() and any(map(looks_numeric, others))
        if not positions or (self.key in filled and self.key not in positions):
            return False
        location = self.mapping.get("location", -1)
        if location not in filled or location in positions:
            return True
        # Some programs put a count or a sum right beside the word.
        beside = [text for index, text in filled.items() if index != self.key]
        alone = TOTAL_ALONE.fullmatch(filled.get(self.key, "")) is not None
        return alone and all(looks_numeric(text) or AMOUNT.fullmatch(text) for text in beside)

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
