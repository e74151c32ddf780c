"""Classifies the rows of a table as inventory, skipped or rejected; each is counted once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.columns.joined_column import Part, join
from stockwarden.ingestion.columns.text_shapes import Integers
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.table.columns import Table, TableColumn
from stockwarden.ingestion.table.page_heads import page_heads
from stockwarden.ingestion.table.receipt import DETAILS_PER_REASON, Receipt, RowNote
from stockwarden.ingestion.table.row_kinds import RowKinds

_DETAILS = {
    "no_pallet_id": "The row has values but neither a pallet id nor an item with a quantity.",
    "no_item": "The row has values but no item.",
    "pallet_id_damaged": "The pallet id was stored as a number or a date, and its digits are lost.",
    "extra_cells": "The line has more cells than the header, so its values may be shifted.",
    "blank": "The row is empty.",
    "comment": "The row is a comment.",
    "totals": "The row is a total.",
    "repeated_header": "The row repeats the header.",
    "other_table": "The row belongs to another table on the sheet.",
    "page_head": "The row is the head or foot of a page.",
    "group_heading": "The row is the heading of a group, not a pallet.",
    "separator": "The row is a separating line.",
    "note": "The row is a note.",
    "empty_location": "The row names a location without a pallet.",
}


_NAMED_ROWS = 10
# What is left out even where every row counts.
_EMPTY_OF_MEANING = frozenset({"separator", "repeated_header"})


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
            for row in sorted(rows)[:DETAILS_PER_REASON]
        )
        return Receipt(
            self.total,
            len(evaluated),
            {reason: len(rows) for reason, rows in self.skipped.items()},
            {reason: len(rows) for reason, rows in refused.items()},
            details,
        )


def plan_rows(sheet: Sheet, table: Table, mapping: Mapping[str, TableColumn]) -> RowPlan:
    """Classifies every row below the header, and of the lists above it. `mapping` is {field:
    column} as far as known."""
    first, total = table.first_row, max(0, sheet.height - table.first_row)
    kinds = RowKinds(sheet, table, mapping)
    skipped: dict[str, list[int]] = {}
    rejected: dict[str, list[int]] = {}
    dropped = np.zeros(total, dtype=bool)

    def drop(reasons: dict[str, list[int]], reason: str, positions: Sequence[int]) -> None:
        fresh = [position for position in positions if not dropped[position]]
        if fresh:
            dropped[fresh] = True
            reasons.setdefault(reason, []).extend(position + first for position in fresh)

    surplus = [sheet.column(index)[first:] for index in table.surplus]
    shifted = sorted({position for cells in surplus for position, cell in enumerate(cells) if cell})
    filled = set(shifted)
    drop(skipped, "blank", [position for position in kinds.blank if position not in filled])
    drop(rejected, "extra_cells", shifted)
    for further in table.lists:
        if further.first < first:
            total += _skip_above(sheet, further.first, further.end, skipped)
        elif further.sources is None:
            drop(skipped, "other_table", range(further.first - first, further.end - first))
        else:
            drop(skipped, "note", range(further.first - first, further.header - first))
            drop(skipped, "repeated_header", [further.header - first])
    drop(skipped, "group_heading", [row - first for row in sorted(table.headings)])
    for position in kinds.suspects():
        if dropped[position]:
            continue
        reason = kinds.exclusion_reason(position)
        if reason and (reason in _EMPTY_OF_MEANING or not table.schema.every_row):
            drop(rejected if reason == "no_pallet_id" else skipped, reason, [position])
    heads = page_heads(sheet, table, skipped.get("repeated_header", []))
    drop(skipped, "page_head", [row - first for row in heads])
    positions = np.flatnonzero(~dropped) + first
    return RowPlan(total, positions.astype(np.int64), skipped, rejected)


def _skip_above(sheet: Sheet, start: int, end: int, skipped: dict[str, list[int]]) -> int:
    """Counts the rows of a list above the header, and returns how many they are."""
    for row, cells in enumerate(sheet.head(start, end), start=start):
        reason = "other_table" if any(map(cell_text, cells)) else "blank"
        skipped.setdefault(reason, []).append(row)
    return end - start


def note_hidden_rows(sheet: Sheet, plan: RowPlan) -> list[str]:
    """A note on rows with inventory that the sheet does not show; none without such rows."""
    if not sheet.hidden_rows:
        return []
    hidden = np.intersect1d(plan.positions, np.array(sheet.hidden_rows, dtype=np.int64))
    if not len(hidden):
        return []
    named = ", ".join(f"{row + 1}" for row in hidden[:_NAMED_ROWS].tolist())
    named += ", …" if len(hidden) > _NAMED_ROWS else ""
    rows = "1 row is" if len(hidden) == 1 else f"{len(hidden):,} rows are"
    return [
        f"{rows} hidden in the sheet, by a filter or by hand, and read like the others (row "
        f"{named}). If they are not to count, delete them and send the file again."
    ]
