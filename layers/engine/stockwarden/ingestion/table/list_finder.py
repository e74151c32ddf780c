"""Finds the headers of further lists below a table, and which of their columns are the table's."""

from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text, is_nothing
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.table.cells import TableCells, has_digit, is_filled
from stockwarden.ingestion.table.columns import KNOWN_NAME, FurtherList, Table
from stockwarden.ingestion.table.header import is_label, is_plain_label
from stockwarden.ingestion.table.row_words import TOTALS

_SAMPLE = 50
_TYPICAL = 0.6
_RARE = 0.02
_OFTEN = 100


class ListFinder:
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
        for form in (str.casefold, header_words, self._field_of):
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
        fields = {self._field_of(self.labels[index]) for index in sources} - {""}
        if not sources or any(self._field_of(text) for text in [*missing, *remaining.values()]):
            return None
        if missing and (len(fields) < 2 or 2 * len(sources) < len(self.labels)):
            return None
        return sources

    def _is_other(self, position: int, texts: Mapping[int, str], *, after_blank: bool) -> bool:
        known = {self._field_of(text) for text in texts.values()} - {""}
        surprising = [index for index in self.measured if index in texts]
        if after_blank:
            few = 2 * len(texts) <= len(self.labels)
            return bool(surprising) or len(known) >= 2 or (few and not self._fits(position + 1))
        if len(set(texts.values())) < len(texts) or any(map(is_nothing, texts.values())):
            return False
        if len(known) >= 2 and 2 * len(known) >= len(texts):
            return True
        return len(texts) > 2 and len(surprising) > 1 and self._is_misfit(position + 1)

    def _field_of(self, label: str) -> str:
        return field_of(label, self.table.schema)

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


def field_of(label: str, schema: Schema) -> str:
    """The field that the label names; "" if none."""
    field, score = max(
        name_scores(label, schema).items(), key=lambda item: item[1], default=("", 0.0)
    )
    return field if score >= KNOWN_NAME else ""
