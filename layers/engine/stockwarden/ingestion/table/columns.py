"""Locates the columns of a table under its header, and the tables beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.cell_references import column_letter
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.schema import Schema

KNOWN_NAME = 0.8
_ALIGNED = 0.9
_SPREAD = 0.8


@dataclass(frozen=True)
class TableColumn:
    """A column of the table. `index` is the sheet's, 0-based; `name` is unique in the table.

    `parts` are the names, `letters` the letters of the columns that a column is joined of.
    """

    index: int
    name: str
    blank: bool
    parts: tuple[str, ...] = ()
    letters: str = ""

    @property
    def letter(self) -> str:
        return self.letters or column_letter(self.index + 1)


@dataclass(frozen=True)
class FurtherList:
    """Another list on the sheet: the 0-based sheet rows from `first` to `end` (exclusive).

    `labels` ({column: label}) are in the sheet row `header`. `sources` is {column of the table:
    column of this list} if its columns are those of the table; None for another table, which is
    not read.
    """

    first: int
    header: int
    end: int
    labels: Mapping[int, str]
    sources: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Table:
    """`header_row` is the 1-based sheet row of the (last) header line, 0 without a header.

    `surplus` are columns beyond the header that few lines of a text file fill. `lists` are in the
    order of their rows, those above the header too. `headings` are the 0-based sheet rows that
    hold the value of a group and nothing else.
    """

    header_row: int
    columns: tuple[TableColumn, ...]
    notes: tuple[str, ...] = ()
    surplus: tuple[int, ...] = ()
    lists: tuple[FurtherList, ...] = ()
    headings: frozenset[int] = frozenset()
    schema: Schema = INVENTORY

    @property
    def first_row(self) -> int:
        """The 0-based sheet row of the first data row."""
        return self.header_row

    @property
    def others(self) -> list[FurtherList]:
        """The lists that are not read."""
        return [further for further in self.lists if further.sources is None]


def locate_columns(
    sheet: Sheet,
    first: int,
    labels: Sequence[str],
    below: Sequence[Sequence[Any]],
    *,
    schema: Schema = INVENTORY,
    is_text: bool,
) -> Table:
    """The table whose data begin in the 0-based row `first`; `below` are its first rows."""
    labels = [*labels, *[""] * (sheet.width - len(labels))]
    filled = [any(cell_text(line[column]) for line in below) for column in range(sheet.width)]
    labels, notes = _move_labels(labels, filled)
    used = [bool(label) or has_cells for label, has_cells in zip(labels, filled, strict=True)]
    block, beside = _block(sheet, first, used, labels, schema)
    surplus: tuple[int, ...] = ()
    if is_text and first:
        last = max((column for column in block if labels[column]), default=sheet.width)
        surplus = tuple(
            column
            for column in range(last + 1, sheet.width)
            if sum(1 for line in below if cell_text(line[column])) < 0.2 * len(below)
        )
        block = [column for column in block if column not in surplus]
        beside = [column for column in beside if column not in surplus]
    if beside:
        notes.append(
            f"Columns {column_letter(beside[0] + 1)} to {column_letter(beside[-1] + 1)} stand "
            "beside the table and are not read."
        )
    return Table(first, _named(block, labels), tuple(notes), surplus, schema=schema)


def _move_labels(labels: Sequence[str], filled: Sequence[bool]) -> tuple[list[str], list[str]]:
    """(labels, notes): a label over an empty column belongs to the values right beside it.

    Report programs place a header and its values at different points of the page, all to the same
    side; where both sides would do, nothing is moved.
    """
    stray = [column for column, label in enumerate(labels) if label and not filled[column]]
    ways = [
        [column + step for column in stray]
        for step in (1, -1)
        if all(
            0 <= column + step < len(labels) and filled[column + step] and not labels[column + step]
            for column in stray
        )
    ]
    if not stray or len(ways) != 1:
        return list(labels), []
    moved, notes = list(labels), []
    for column, target in zip(stray, ways[0], strict=True):
        moved[target], moved[column] = labels[column], ""
        notes.append(
            f"“{labels[column]}” stands over the empty column {column_letter(column + 1)}: it is "
            f"taken as the name of column {column_letter(target + 1)}."
        )
    return moved, notes


def _block(
    sheet: Sheet, first: int, used: Sequence[bool], labels: Sequence[str], schema: Schema
) -> tuple[list[int], list[int]]:
    """(the table's columns, columns of other tables beside it).

    An empty column separates tables; or it is a spacer, if the columns beyond it are filled in the
    rows of the table and name other fields.
    """
    blocks: list[list[int]] = []
    for column, is_used in enumerate(used):
        if is_used and (not column or not used[column - 1]):
            blocks.append([column])
        elif is_used:
            blocks[-1].append(column)
    everything = [column for block in blocks for column in block]
    for block in blocks if schema.required else ():
        fields = _fields(block, labels)
        if fields.issuperset(schema.required):
            own = set(block)
            if len(blocks) > 1:
                rows = _filled_rows(sheet, block, first)
                for other in blocks:
                    filled = sorted(_filled_rows(sheet, other, first) & rows)
                    if other is not block and _belongs(filled, other, labels, rows, own):
                        own.update(other)
            inside = [column for column in everything if column in own]
            return inside, [column for column in everything if column not in own]
    return everything, []


def _fields(block: Sequence[int], labels: Sequence[str]) -> set[str]:
    """The fields that the labels of the columns name."""
    return {
        field
        for column in block
        for field, score in name_scores(labels[column]).items()
        if score >= KNOWN_NAME
    }


def _filled_rows(sheet: Sheet, block: Sequence[int], first: int) -> set[int]:
    rows: set[int] = set()
    for column in block:
        cells = sheet.column(column)
        rows.update(row for row in range(first, sheet.height) if cells[row] not in {"", None})
    return rows


def _belongs(
    filled: Sequence[int],
    block: Sequence[int],
    labels: Sequence[str],
    rows: set[int],
    own: set[int],
) -> bool:
    """Whether a block, which fills the rows `filled`, is part of the table that fills `rows` in
    the columns `own`."""
    names = {header_words(labels[column]) for column in own if labels[column]}
    if any(labels[column] and header_words(labels[column]) in names for column in block):
        return False
    if not filled or not rows:
        return False
    if len(filled) >= _ALIGNED * len(rows):
        return True
    fields = [_fields([column], labels) for column in block]
    if not all(fields) or set().union(*fields) & _fields(sorted(own), labels):
        return False
    # A shorter list ends before the table does; a field that is not always known does not.
    ordered = sorted(rows)
    ends_late = filled[-1] >= ordered[int(_SPREAD * (len(ordered) - 1))]
    return ends_late and filled != ordered[: len(filled)]


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
