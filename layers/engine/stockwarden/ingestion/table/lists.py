"""Finds further lists on the sheet of a table, and reads those with the table's columns like it.

Exports are pasted below each other, and reports end in summaries: each list has a header. A list
whose columns are those of the table by name is read with its own order of columns; another one is
not read, and its rows are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text, is_nothing
from stockwarden.ingestion.formats.sheet import Cell, Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.table.cells import TableCells, has_digit, is_filled
from stockwarden.ingestion.table.columns import KNOWN_NAME, FurtherList, Table
from stockwarden.ingestion.table.header import find_table, is_label, is_plain_label
from stockwarden.ingestion.table.list_notes import note_lists
from stockwarden.ingestion.table.row_words import TOTALS

_SAMPLE = 50
_TYPICAL = 0.6
_RARE = 0.02
_OFTEN = 100
_ITEMS = frozenset({"pallet_id", "product_code", "description"})


def locate_table(sheet: Sheet, header_row: int | None = None, *, is_text: bool = False) -> Table:
    """The table of the sheet with its further lists, or the one under `header_row` (1-based).

    Of several lists of inventory that cannot be read together, it is the larger one.
    """
    table = find_table(sheet, header_row, is_text=is_text)
    lists = _lists_below(sheet, table) if table.header_row else []
    if header_row is None and (better := _better_list(table, lists, sheet.height)) is not None:
        table = find_table(sheet, better.header + 1, is_text=is_text)
        lists = _lists_below(sheet, table)
    if table.header_row:
        lists = [*_lists_above(sheet, table), *lists]
    return replace(
        table, lists=tuple(lists), notes=(*table.notes, *note_lists(sheet, table, lists))
    )


def arrange(sheet: Sheet, table: Table) -> Sheet:
    """The sheet with the columns of further lists where the table has them."""
    moved = [further for further in table.lists if further.sources]
    if not any(_is_moved(further) for further in moved):
        return sheet
    columns: dict[int, list[Cell]] = {}
    for column in table.columns:
        cells = list(sheet.column(column.index))
        for further in moved:
            source = (further.sources or {}).get(column.index)
            rows = slice(further.header, further.end)
            cells[rows] = (
                [""] * (further.end - further.header)
                if source is None
                else sheet.column(source)[rows]
            )
        columns[column.index] = cells
    return sheet.with_columns(columns)


def _is_moved(further: FurtherList) -> bool:
    return any(column != source for column, source in (further.sources or {}).items())


class _Finder:
    """Judges the rows below a header that may begin another list."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.table = sheet, table
        self.cells = TableCells(sheet, table)
        self.labels = {column.index: column.name for column in table.columns if not column.blank}
        sample = self._first_rows()
        self.shares = {
            index: _shares([cells[row] for row in sample])
            for index, cells in self.cells.columns.items()
        }
        # Columns of numbers and dates, in which a label is a surprise.
        self.measured = [
            index for index, (full, _, plain) in self.shares.items() if full > 0 and plain < 0.4
        ]

    def _first_rows(self) -> list[int]:
        """The first rows of the table: up to an empty one, after which another list may begin."""
        rows: list[int] = []
        for row in range(min(self.cells.height, _SAMPLE)):
            if any(is_filled(cells[row]) for cells in self.cells.columns.values()):
                rows.append(row)
            elif len(rows) > 1:
                break
        return rows

    def candidates(self) -> dict[int, bool]:
        """{position: whether it follows an empty row} of the rows that may be headers."""
        key = max(self.shares, key=lambda index: self.shares[index][0])
        blank = self.cells.blank_rows(key)
        empty = set(blank)
        rows = {
            position + 1: True
            for position in blank
            if position + 1 < self.cells.height and position + 1 not in empty
        }
        for index in self.table.surplus:
            cells = self.sheet.column(index)[self.cells.first :]
            rows.update((position, False) for position, cell in enumerate(cells) if cell)
        typical = [
            index
            for index, (full, digits, _) in self.shares.items()
            if full >= _TYPICAL and digits >= _TYPICAL
        ]
        typical.sort(key=lambda index: index not in self.measured)
        for index in typical[:1]:
            odd = self.cells.without_digit(index)
            if len(odd) <= _OFTEN + _RARE * self.cells.height:
                for position in odd:
                    rows.setdefault(position, False)
        if not typical:
            known = {label.casefold() for label in self.labels.values()}
            for position, cell in enumerate(self.cells.columns[key]):
                if type(cell) is str and cell.strip().casefold() in known:
                    rows.setdefault(position, False)
        return dict(sorted(rows.items()))

    def row(self, position: int) -> dict[int, Any]:
        """{sheet column: cell} of the row's filled cells, those beyond the table too."""
        row = self.cells.first + position
        if row >= self.sheet.height:
            return {}
        (cells,) = self.sheet.head(row, row + 1)
        return {index: cell for index, cell in enumerate(cells) if cell_text(cell)}

    def header_at(self, position: int, *, after_blank: bool) -> FurtherList | None:
        """The list that begins with a header in this row, or with a title above it.

        The header of the table itself, repeated, gives a list with the table's own columns.
        """
        row, first = self.row(position), position
        if any(index in row for index in self.table.surplus):
            return self._glued(position, {index: cell_text(cell) for index, cell in row.items()})
        if after_blank and len(row) == 1 and position + 1 < self.cells.height:
            row, position = self.row(position + 1), position + 1
        if len(row) < 2 or not all(is_plain_label(cell) for cell in row.values()):
            return None
        texts = {index: cell_text(cell) for index, cell in row.items()}
        if TOTALS.match(next(iter(texts.values()))):
            return None
        sources = self._sources(texts)
        if sources is None and not self._is_other(position, texts, after_blank=after_blank):
            return None
        start = self.cells.first
        return FurtherList(start + first, start + position, self.sheet.height, texts, sources)

    def _glued(self, position: int, texts: Mapping[int, str]) -> FurtherList | None:
        """The list whose header is glued to the row before it, which lacks its end of line."""
        last = max(self.labels, default=0)
        labels = {index - last: text for index, text in texts.items() if index >= last}
        own = sorted(self.labels.values(), key=len, reverse=True)
        labels[0] = next((label for label in own if labels.get(0, "").endswith(label)), "")
        sources = self._sources(labels) if labels[0] else None
        row = self.cells.first + position
        return FurtherList(row, row, self.sheet.height, labels, sources) if sources else None

    def is_own(self, further: FurtherList) -> bool:
        """Whether the header is the table's own, repeated in its place."""
        labels = [label.casefold() for label in self.labels.values()]
        return (
            further.sources == {index: index for index in self.labels}
            and [label.casefold() for label in further.labels.values()] == labels
        )

    def _sources(self, texts: Mapping[int, str]) -> dict[int, int] | None:
        """{column of the table: the one with its label here}; None unless they are the same."""
        remaining = dict(texts)
        sources: dict[int, int] = {}
        for form in (str.casefold, header_words, _field_of):
            for index, label in self.labels.items():
                if index in sources:
                    continue
                wanted = form(label)
                same = [column for column, text in remaining.items() if form(text) == wanted]
                # Where the table stands is right among equal names.
                for column in (
                    sorted(same, key=lambda column: column != index)[:1] if wanted else ()
                ):
                    sources[index] = column
                    del remaining[column]
        missing = [label for index, label in self.labels.items() if index not in sources]
        fields = {_field_of(self.labels[index]) for index in sources} - {""}
        if not sources or any(_field_of(text) for text in [*missing, *remaining.values()]):
            return None
        if missing and (len(fields) < 2 or 2 * len(sources) < len(self.labels)):
            return None
        return sources

    def _is_other(self, position: int, texts: Mapping[int, str], *, after_blank: bool) -> bool:
        known = {_field_of(text) for text in texts.values()} - {""}
        surprising = [index for index in self.measured if index in texts]
        if after_blank:
            few = 2 * len(texts) <= len(self.labels)
            return bool(surprising) or len(known) >= 2 or (few and not self._fits(position + 1))
        if len(set(texts.values())) < len(texts) or any(map(is_nothing, texts.values())):
            return False
        if len(known) >= 2 and 2 * len(known) >= len(texts):
            return True
        return len(texts) > 2 and len(surprising) > 1 and self._is_misfit(position + 1)

    def _fits(self, position: int) -> bool:
        """Whether the row has a number or a date where the table has them."""
        row = self.row(position)
        return any(index in row and not is_label(row[index]) for index in self.measured)

    def _is_misfit(self, position: int) -> bool:
        """Whether the row has labels where the table has numbers or dates, or lacks these."""
        row = self.row(position)
        return len(row) > 1 and sum(1 for index in self.measured if is_label(row.get(index))) > 0


def _shares(cells: Sequence[Any]) -> tuple[float, float, float]:
    """Shares of a sample: filled cells; of these, cells with a digit (or no text), and labels."""
    filled = [cell for cell in cells if cell_text(cell)]
    if not filled:
        return 0.0, 0.0, 0.0
    digits = sum(1 for cell in filled if not isinstance(cell, str) or has_digit(cell))
    return len(filled) / len(cells), digits / len(filled), sum(map(is_label, filled)) / len(filled)


def _field_of(label: str) -> str:
    """The field that the label names; "" if none."""
    field, score = max(name_scores(label).items(), key=lambda item: item[1], default=("", 0.0))
    return field if score >= KNOWN_NAME else ""


def _lists_below(sheet: Sheet, table: Table) -> list[FurtherList]:
    finder = _Finder(sheet, table)
    found: list[FurtherList] = []
    for position, after_blank in finder.candidates().items():
        if found and position + table.first_row <= found[-1].header:
            continue
        further = finder.header_at(position, after_blank=after_blank)
        if further is None or (
            # Rows of words of a list that is not read are its rows.
            further.sources is None and not after_blank and found and found[-1].sources is None
        ):
            continue
        if found:
            found[-1] = replace(found[-1], end=further.first)
        found.append(further)
    kept: list[FurtherList] = []
    for further in found:
        # The table's own header, repeated on every page, begins no list; it ends another one.
        if finder.is_own(further) and (not kept or finder.is_own(kept[-1])):
            if kept:
                kept[-1] = replace(kept[-1], end=further.end)
            continue
        kept.append(further)
    return kept


def _better_list(table: Table, lists: Sequence[FurtherList], height: int) -> FurtherList | None:
    """A list of inventory which is not read, larger than the table and with more of its fields."""
    own = {_field_of(column.name) for column in table.columns} - {""}
    end = next((further.first for further in lists if further.sources is None), height)
    size = max([end - table.first_row, *[f.end - f.header for f in lists if f.sources is not None]])
    for further in lists:
        fields = {_field_of(label) for label in further.labels.values()} - {""}
        complete = "location" in fields and bool(fields & _ITEMS)
        is_larger = further.end - further.header > size or not ("location" in own and own & _ITEMS)
        if further.sources is None and complete and is_larger and len(fields) >= len(own):
            return further
    return None


def _lists_above(sheet: Sheet, table: Table) -> list[FurtherList]:
    """The list above the header, if there is one; titles and other lines of two cells are none."""
    rows = sheet.head(0, table.header_row - 1)
    texts = [[cell_text(cell) for cell in row] for row in rows]
    widths = [sum(map(bool, row)) for row in texts]
    for index in range(len(rows) - 1):
        labels = {column: text for column, text in enumerate(texts[index]) if text}
        if widths[index] < 2 or widths[index + 1] < 2:
            continue
        if not all(is_plain_label(cell) for cell in rows[index] if cell_text(cell)):
            continue
        if all(is_plain_label(cell) for cell in rows[index + 1] if cell_text(cell)):
            continue
        known = {_field_of(label) for label in labels.values()} - {""}
        alike = widths[index] > 2 and set(widths[index : index + 3]) == {widths[index]}
        if len(known) >= 2 or (alike and index + 2 < len(rows)):
            return [FurtherList(index, index, table.header_row - 1, labels)]
    return []
