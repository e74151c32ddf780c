"""What is said to the user about further lists on a sheet."""

from collections.abc import Sequence

from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.table.cells import is_filled
from stockwarden.ingestion.table.columns import FurtherList, Table

_NAMED_LABELS = 4
_NOTED_LISTS = 5


def note_lists(sheet: Sheet, table: Table, lists: Sequence[FurtherList]) -> list[str]:
    """One note per list: where it is, and whether it is read."""
    notes = [_note(sheet, table, further) for further in lists[:_NOTED_LISTS]]
    if len(lists) > _NOTED_LISTS:
        notes.append(f"{len(lists) - _NOTED_LISTS:,} more lists are on the sheet.")
    return notes


def _note(sheet: Sheet, table: Table, further: FurtherList) -> str:
    below = sheet.head(further.header + 1, further.end)
    count = sum(1 for row in below if any(map(is_filled, row)))
    rows = f"its {count:,} rows are" if count != 1 else "its 1 row is"
    where = f"The sheet has another list with its header in row {further.header + 1:,}"
    if further.sources is None:
        shown = ", ".join([*further.labels.values()][:_NAMED_LABELS])
        shown += ", …" if len(further.labels) > _NAMED_LABELS else ""
        if not count:
            return f"Row {further.header + 1:,} ({shown}) is no row of the table and not read."
        return f"{where} ({shown}): {rows} not read."
    pairs = [
        (further.labels[further.sources[column.index]], column.name)
        for column in table.columns
        if column.index in further.sources
    ]
    renamed = [
        f"“{label}” as “{name}”"
        for label, name in pairs
        if header_words(label) != header_words(name)
    ]
    named = f" ({', '.join(renamed)})" if renamed else ""
    return f"{where}: {rows} read by its own columns{named}."
