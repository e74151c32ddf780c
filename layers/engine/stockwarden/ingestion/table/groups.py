"""Fills group values down: reports and merged cells show a value in its group's first row only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.sheet import Cell, Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.table.cells import is_filled
from stockwarden.ingestion.table.columns import KNOWN_NAME, Table, TableColumn
from stockwarden.ingestion.table.row_words import COUNTED_GROUP, ENDS_IN_TOTAL, TOTALS

_SAMPLE = 300
_FULL = 0.98
_LEAST_BLANK = 0.4
_LEAST_ROWS = 5
_LEAST_GROUPS = 2
_DISTINCT = 0.95
_NESTED = 0.9

Cells = list[Cell]


def fill_groups(sheet: Sheet, table: Table) -> tuple[Sheet, Table]:
    """The sheet with the values of groups in all rows of them, and the table with notes on it.

    Merged cells are certain. Without them, only the columns before the first full one are filled,
    and only if their values look like those of groups: each appears once, and never twice in a
    row.
    """
    filled = {
        column.index: cells
        for column in table.columns
        if (cells := _fill_merged(sheet, table, column)) is not None
    }
    notes = [
        _note(sheet, column, filled[column.index], merged=True)
        for column in table.columns
        if column.index in filled
    ]
    if filled:
        sheet = sheet.with_columns(filled)
    groups, headings = _grouped(sheet, table)
    if groups:
        notes += _notes(sheet, table, groups, merged=False)
        sheet = sheet.with_columns(groups)
    if notes:
        table = replace(table, notes=(*table.notes, *notes), headings=frozenset(headings))
    return sheet, table


def _notes(sheet: Sheet, table: Table, filled: Mapping[int, Cells], *, merged: bool) -> list[str]:
    return [
        _note(sheet, column, filled[column.index], merged=merged)
        for column in table.columns
        if column.index in filled
    ]


def _note(sheet: Sheet, column: TableColumn, cells: Sequence[Cell], *, merged: bool) -> str:
    before = sheet.column(column.index)
    count = sum(1 for old, new in zip(before, cells, strict=True) if old != new)
    first = next(row for row, new in enumerate(cells) if new != before[row]) + 1
    why = "has merged cells" if merged else "is filled once for each group of rows"
    rows = "1 row takes" if count == 1 else f"{count:,} rows take"
    return f"“{column.name}” {why}: {rows} the value above (the first is row {first:,})."


def _fill_merged(sheet: Sheet, table: Table, column: TableColumn) -> Cells | None:
    if _names(column, table.schema) & table.schema.numbers:
        return None  # a sum that several rows share is none of theirs
    spans = [
        (max(start[0], table.first_row - 1), end[0])
        for start, end in sheet.merged
        if start[1] == column.index and end[0] > start[0] and start[0] >= table.first_row
    ]
    if not spans:
        return None
    cells, others = list(sheet.column(column.index)), _other_columns(sheet, table, column)
    changed, done = False, 0
    for first, last in sorted(spans):
        value = cells[first] if first < sheet.height else ""
        for row in range(max(first + 1, done), min(last + 1, sheet.height)):
            if is_filled(value) and not is_filled(cells[row]) and _any_filled(others, row):
                cells[row], changed = value, True
        done = max(done, last + 1)
    return cells if changed else None


def _grouped(sheet: Sheet, table: Table) -> tuple[dict[int, Cells], set[int]]:
    """({column: its cells, filled down} for the leading columns of groups, rows of headings)."""
    may_group = table.header_row and not table.schema.every_row
    leading, full = _leading(sheet, table) if may_group else ([], None)
    if full is None or not leading:
        return {}, set()
    others = [range(further.first, further.end) for further in table.others]
    rows = [
        row
        for row in range(table.first_row, sheet.height)
        if not any(row in other for other in others)
    ]
    filled: dict[int, Cells] = {}
    starts: set[int] = set()
    headings: set[int] = set()
    full_cells = sheet.column(full.index)
    live = [row for row in rows if is_filled(full_cells[row])]
    places = [column for column in table.columns if "location" in _names(column, table.schema)][:1]
    for column in leading:
        cells = sheet.column(column.index)
        held = {row for row in rows if is_filled(cells[row])} - _totals(cells, rows)
        if filled and len(starts & held) < _NESTED * len(starts):
            break
        are_headings = held.isdisjoint(live)
        if not _are_groups(cells, live, held, nested=bool(filled), headings=are_headings):
            break
        # Loose stock beside pallets has a location of its own, and no pallet.
        if "pallet_id" in _names(column, table.schema) and not all(
            place in leading or _is_constant(sheet.column(place.index), live, held)
            for place in places
        ):
            break
        if are_headings:
            headings |= held
            cells = [
                _heading(cell, column.name) if row in held else cell
                for row, cell in enumerate(cells)
            ]
        filled[column.index] = _fill(cells, rows, set(live), (held, starts))
        starts = held
    return filled, headings


def _heading(cell: Cell, name: str) -> str:
    """The value of a heading such as `Location: A-01 (6)`."""
    text = cell_text(cell)
    label, colon, value = text.partition(":")
    if colon and header_words(label) == header_words(name):
        text = value.strip()
    match = COUNTED_GROUP.fullmatch(text)
    return match[1] if match else text


def _leading(sheet: Sheet, table: Table) -> tuple[list[TableColumn], TableColumn | None]:
    """(the columns before the first one that is full, that one), by a sample of rows."""
    rows = sheet.head(table.first_row, min(sheet.height, table.first_row + _SAMPLE))
    lines = [row for row in rows if sum(map(is_filled, row)) > 1]
    leading: list[TableColumn] = []
    for column in table.columns:
        if column.blank:
            continue
        share = sum(1 for row in lines if is_filled(row[column.index])) / max(len(lines), 1)
        if share >= _FULL:
            return leading, column
        is_heading = not share and any(is_filled(row[column.index]) for row in rows)
        if (
            share > 1 - _LEAST_BLANK
            or not _may_group(column, table.schema)
            or not (share or is_heading)
        ):
            # Subtotals leave a full column empty: it is full where the group's is not.
            return leading, column if leading and share > 1 - _LEAST_BLANK else None
        leading.append(column)
    return leading, None


def _may_group(column: TableColumn, schema: Schema) -> bool:
    """Whether the column names a field of text: a remark is for its own row only."""
    names = _names(column, schema)
    return bool(names) and not names & (schema.dates | schema.durations | schema.numbers)


def _are_groups(
    cells: Sequence[Any], live: Sequence[int], held: set[int], *, nested: bool, headings: bool
) -> bool:
    if len(live) < _LEAST_ROWS or len(held) < _LEAST_GROUPS:
        return False
    values = [cell_text(cells[row]) for row in sorted(held)]
    if any(value == following for value, following in pairwise(values)):
        return nested  # the next group may begin with the same inner value
    if not nested and len(set(values)) < _DISTINCT * len(values):
        return False
    if headings:
        return min(held) < live[0]
    blank = sum(1 for row in live if row not in held)
    return live[0] in held and blank >= _LEAST_BLANK * len(live) and held <= set(live)


def _is_constant(places: Sequence[Any], live: Sequence[int], held: set[int]) -> bool:
    """Whether the location stays the same within each group."""
    previous: Any = None
    for row in live:
        if row not in held and places[row] != previous:
            return False
        previous = places[row]
    return True


def _fill(
    cells: Sequence[Cell], rows: Sequence[int], live: set[int], starts: tuple[set[int], set[int]]
) -> Cells:
    """The cells with the last value above in live rows.

    `starts` are the rows where a group begins, and those where an outer one does.
    """
    held, outer = starts
    filled: Cells = list(cells)
    value: Cell = ""
    for row in rows:
        if row in held:
            value = cells[row]
        elif row in outer:
            value = ""
        elif row in live and is_filled(value) and not is_filled(cells[row]):
            filled[row] = value
    return filled


def _totals(cells: Sequence[Any], rows: Sequence[int]) -> set[int]:
    return {
        row
        for row in rows
        if type(cells[row]) is str
        and (TOTALS.match(cells[row]) or ENDS_IN_TOTAL.fullmatch(cells[row]))
    }


def _names(column: TableColumn, schema: Schema) -> set[str]:
    scores: Mapping[str, float] = {} if column.blank else name_scores(column.name, schema)
    return {field for field, score in scores.items() if score >= KNOWN_NAME}


def _other_columns(sheet: Sheet, table: Table, column: TableColumn) -> list[Sequence[Any]]:
    return [sheet.column(other.index) for other in table.columns if other.index != column.index]


def _any_filled(columns: Sequence[Sequence[Any]], row: int) -> bool:
    return any(is_filled(cells[row]) for cells in columns)
