"""Finds further lists on the sheet of a table, and reads those with the table's columns like it.

Exports are pasted below each other, and reports end in summaries: each list has a header. A list
whose columns are those of the table by name is read with its own order of columns; another one is
not read, and its rows are counted.
"""

from collections.abc import Sequence
from dataclasses import replace

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.sheet import Cell, Sheet
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.table.columns import FurtherList, Table
from stockwarden.ingestion.table.header import find_table, is_plain_label
from stockwarden.ingestion.table.list_finder import ListFinder, field_of
from stockwarden.ingestion.table.list_notes import note_lists

_ITEMS = frozenset({"pallet_id", "product_code", "description"})


def locate_table(
    sheet: Sheet,
    header_row: int | None = None,
    schema: Schema = INVENTORY,
    *,
    is_text: bool = False,
) -> Table:
    """The table of the sheet with its further lists, or the one under `header_row` (1-based).

    Of several lists of inventory that cannot be read together, it is the larger one.
    """
    table = find_table(sheet, header_row, schema, is_text=is_text)
    lists = _lists_below(sheet, table) if table.header_row else []
    if header_row is None and (better := _better_list(table, lists, sheet.height)) is not None:
        table = find_table(sheet, better.header + 1, schema, is_text=is_text)
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


def _lists_below(sheet: Sheet, table: Table) -> list[FurtherList]:
    finder = ListFinder(sheet, table)
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
    own = {field_of(column.name, table.schema) for column in table.columns} - {""}
    end = next((further.first for further in lists if further.sources is None), height)
    size = max([end - table.first_row, *[f.end - f.header for f in lists if f.sources is not None]])
    for further in lists:
        fields = {field_of(label, table.schema) for label in further.labels.values()} - {""}
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
        known = {field_of(label, table.schema) for label in labels.values()} - {""}
        alike = widths[index] > 2 and set(widths[index : index + 3]) == {widths[index]}
        if len(known) >= 2 or (alike and index + 2 < len(rows)):
            return [FurtherList(index, index, table.header_row - 1, labels)]
    return []
