"""Chooses the inventory sheet of a workbook, and profiles its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import Invalid
from stockwarden.ingestion.formats.fixed_width import is_rule
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.profiles import ColumnProfile, KnownLocation, profile_column
from stockwarden.ingestion.mapping.questions import Question, ask_sheet
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.suggestion import SURE, Candidate, Suggestion, suggest
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.table.columns import Table, TableColumn
from stockwarden.ingestion.table.groups import fill_groups
from stockwarden.ingestion.table.lists import arrange, locate_table

_FIRST_ROWS, _SPREAD_ROWS = 150, 150
_SHEETS = 20


@dataclass(frozen=True)
class SheetView:
    """One sheet with its table and the profiles of its columns."""

    sheet: Sheet
    table: Table
    profiles: tuple[ColumnProfile, ...]
    suggestions: tuple[Suggestion, ...]
    score: float
    complete: bool


def view_sheet(
    sheet: Sheet,
    header_row: int | None,
    known_location: KnownLocation | None,
    schema: Schema = INVENTORY,
    *,
    is_text: bool,
) -> SheetView:
    table = locate_table(sheet, header_row, schema, is_text=is_text)
    sheet, table = fill_groups(arrange(sheet, table), table)
    sample = sample_rows(sheet, table)
    profiles = tuple(
        profile_column([row[column.index] for row in sample], known_location)
        for column in table.columns
    )
    suggestions = tuple(suggest(candidates(table.columns, profiles), schema=schema))
    confidences = {
        suggestion.field: suggestion.confidence for suggestion in suggestions if suggestion.field
    }
    score = sum(2 * confidences.get(name, 0.0) for name in schema.required)
    score += sum(confidences.get(name, 0.0) for name in schema.wanted)
    complete = not schema.missing(
        field for field, confidence in confidences.items() if confidence >= SURE
    )
    return SheetView(sheet, table, profiles, suggestions, score if sample else 0.0, complete)


def candidates(
    columns: Sequence[TableColumn], profiles: Sequence[ColumnProfile]
) -> list[Candidate]:
    parts = {name for column in columns for name in column.parts}
    return [
        Candidate(column.name, profile, column.blank, bool(column.parts), column.name in parts)
        for column, profile in zip(columns, profiles, strict=True)
    ]


def sample_rows(sheet: Sheet, table: Table) -> list[list[Any]]:
    """The first rows and some spread over the rest, as far as they may be rows of the table.

    That is without rows of a single cell, other lists, separating lines and repeated headers.
    """
    first, end = table.first_row, sheet.height
    others = [range(further.first, further.end) for further in table.others]
    taken = [*range(first, min(end, first + _FIRST_ROWS))]
    rest = end - first - _FIRST_ROWS
    if rest > 0:
        taken += range(first + _FIRST_ROWS, end, max(1, rest // _SPREAD_ROWS))
    labels = {column.index: column.name for column in table.columns if not column.blank}
    indexes = [column.index for column in table.columns]
    least_filled = 2 if len(indexes) > 2 else 1
    rows = sheet.head(first, min(end, first + _FIRST_ROWS))
    rows += [row for index in taken[len(rows) :] for row in sheet.head(index, index + 1)]
    return [
        row
        for index, row in zip(taken, rows, strict=True)
        if not any(index in other for other in others)
        and sum(1 for index in indexes if row[index] not in {"", None}) >= least_filled
        and not _is_line(row, labels)
    ]


def _is_line(row: Sequence[Any], labels: Mapping[int, str]) -> bool:
    """Whether the row separates others, or repeats the header."""
    if sum(1 for index, label in labels.items() if row[index] == label) > 1:
        return True
    return all(isinstance(cell, str) and is_rule(cell) for cell in row if cell not in {"", None})


def choose_sheet(
    workbook: Workbook, choice: UserChoice, known_location: KnownLocation | None, schema: Schema
) -> tuple[SheetView, list[Question], list[str]]:
    """(the sheet with the table, a question if several qualify, a note on sheets left out)."""
    is_text = workbook.kind == "text"
    sheets = list(workbook.sheets)
    if choice.sheet is not None:
        chosen = workbook.sheet(choice.sheet)
        if chosen is None:
            names = ", ".join(sheet.name for sheet in sheets)
            raise Invalid.field(
                "/sheet", f"The file has no sheet {choice.sheet!r} with rows; it has: {names}."
            )
        sheets = [chosen]
    sheets = [sheet for sheet in sheets if not sheet.hidden] or sheets
    if choice.header_row is not None and not any(
        0 <= choice.header_row <= sheet.height for sheet in sheets
    ):
        raise Invalid.field("/header_row", "header_row is beyond the last row of the sheet.")
    views = []
    for sheet in sheets[:_SHEETS]:
        row = choice.header_row
        row = row if row is not None and row <= sheet.height else None
        views.append(view_sheet(sheet, row, known_location, schema, is_text=is_text))
    best = max(views, key=lambda view: view.score)
    others = [view for view in views if view is not best]
    rivals = [view for view in others if view.complete and view.score > best.score - 0.5]
    qualified = [view.sheet.name for view in (best, *rivals)]
    questions = [ask_sheet(qualified, schema.what)]
    notes = []
    if others:
        names = ", ".join(view.sheet.name for view in others)
        notes.append(f"Only the sheet {best.sheet.name} is read; not: {names}.")
    return best, questions if rivals and best.complete else [], notes
