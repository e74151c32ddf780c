"""What a file holds: sheet, header, columns with a suggested mapping, and what must be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.ingestion.choice import DATE_ORDERS, Choice, DateOrder
from stockwarden.ingestion.dates import DateColumn
from stockwarden.ingestion.fields import DATES, FIELDS, REQUIRED, WANTED
from stockwarden.ingestion.header import Table, TableColumn
from stockwarden.ingestion.identifiers import cell_text, count_damaged
from stockwarden.ingestion.mapping import POSSIBLE, SURE, Suggestion, suggest
from stockwarden.ingestion.mapping_choice import resolve_mapping
from stockwarden.ingestion.names import name_scores
from stockwarden.ingestion.questions import (
    SAVE_VALUES,
    Question,
    ask_damaged,
    ask_date_order,
    ask_field,
    ask_values,
    note_misnamed,
)
from stockwarden.ingestion.rows import RowPlan, plan_rows
from stockwarden.ingestion.sheets import SheetView, candidates, choose_sheet, sample_rows
from stockwarden.ingestion.time_of_day import complete_days
from stockwarden.ingestion.values import KnownLocation
from stockwarden.ingestion.workbook import Sheet, Workbook

_WELL_NAMED = 0.75
_NAMED = 0.65  # above what values alone are given
_SAMPLES = 5
_SAMPLE_ROWS = 20


@dataclass(frozen=True)
class ColumnView:
    """A column as a person sees it when asked. `alternatives` are (field, confidence)."""

    name: str
    index: int
    letter: str
    samples: tuple[str, ...]
    suggestion: str | None
    confidence: float
    alternatives: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Inspection:
    """`header_row` is 1-based, 0 without a header; `mapping` is {column name: field}.

    No `questions` means sure enough to analyze. `date_order` is the order given or proven.
    """

    sheet: str
    header_row: int
    columns: tuple[ColumnView, ...]
    mapping: Mapping[str, str]
    date_order: DateOrder | None
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    sheets: tuple[dict[str, Any], ...]
    sample_rows: tuple[tuple[str, ...], ...]
    source: Sheet = field(repr=False)
    table: Table = field(repr=False)
    rows: RowPlan = field(repr=False)
    dates: Mapping[str, DateColumn] = field(repr=False)

    @property
    def fields(self) -> dict[str, TableColumn]:
        """{field: its column}."""
        by_name = {column.name: column for column in self.table.columns}
        return {name: by_name[column] for column, name in self.mapping.items()}

    def to_document(self) -> dict[str, Any]:
        """JSON-able, for the preview."""
        return {
            "sheets": list(self.sheets),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": [
                {
                    "name": column.name,
                    "index": column.index,
                    "letter": column.letter,
                    "samples": list(column.samples),
                    "suggestion": column.suggestion,
                    "confidence": column.confidence,
                    "alternatives": [
                        {"field": name, "confidence": confidence}
                        for name, confidence in column.alternatives
                    ],
                }
                for column in self.columns
            ],
            "sample_rows": [list(row) for row in self.sample_rows],
            "column_mapping": dict(self.mapping),
            "date_order": self.date_order,
            "questions": [asdict(question) for question in self.questions],
            "notes": list(self.notes),
        }


def inspect(
    workbook: Workbook,
    *,
    choice: Choice | None = None,
    known_location: KnownLocation | None = None,
) -> Inspection:
    """Looks at the whole file. `known_location` tells which codes a layout has.

    Raises UnreadableFile(`no_rows`), and Invalid at /column_mapping/…, /sheet, /header_row or
    /date_order for a choice that does not fit the file.
    """
    choice = choice or Choice()
    if choice.date_order is not None and choice.date_order not in DATE_ORDERS:
        raise Invalid.field("/date_order", f"date_order is one of {', '.join(DATE_ORDERS)}.")
    view, questions, notes = choose_sheet(workbook, choice, known_location)
    if not view.table.header_row and len(view.table.columns) < 2:
        raise UnreadableFile("no_rows", f"The sheet {view.sheet.name!r} has no table of rows.")
    given = resolve_mapping(choice.column_mapping, [column.name for column in view.table.columns])
    suggestions = _suggestions(view, given)
    asked = _ask_fields(view.table, suggestions, given, _unvalued(workbook, view))
    questions += asked
    mapping = _mapping(view.table, suggestions, given, {question.field for question in asked})
    by_field = {
        mapping[column.name]: column for column in view.table.columns if column.name in mapping
    }
    if not _is_whole(given):
        notes += _misnamed(view, mapping)
    plan = plan_rows(view.sheet, view.table, by_field)
    if not len(plan.positions) and not plan.rejected:
        raise UnreadableFile(
            "no_rows",
            f"The sheet {view.sheet.name!r} has a header but no inventory rows."
            + (f" {SAVE_VALUES}" if workbook.empty_formulas else ""),
        )
    dates = _date_columns(view.sheet, plan, by_field, epoch_1904=workbook.epoch_1904)
    for name, column in dates.items():
        questions += ask_date_order(by_field[name].name, column.open_orders(choice.date_order))
        if name == "creation_date" and column.has_no_times:
            place = view.sheet, view.table, plan, by_field[name]
            notes.append(complete_days(column, *place, taken=mapping))
    if "pallet_id" in by_field and "pallet_id" not in given.values():
        cells, joined = plan.take(view.sheet, by_field["pallet_id"].index)
        damaged = count_damaged(cells, joined)
        if damaged > len(cells) / 2:
            questions.append(ask_damaged(by_field["pallet_id"].name, damaged))
    proven = {column.order for column in dates.values() if column.order}
    return Inspection(
        sheet=view.sheet.name,
        header_row=view.table.header_row,
        columns=_column_views(view, suggestions, given),
        mapping=mapping,
        date_order=choice.date_order or (proven.pop() if len(proven) == 1 else None),
        questions=tuple(questions),
        notes=(*workbook.notes, *notes, *view.table.notes),
        sheets=tuple(
            {"name": sheet.name, "rows": sheet.height, "columns": sheet.width}
            for sheet in workbook.sheets
        ),
        sample_rows=_shown_rows(view),
        source=view.sheet,
        table=view.table,
        rows=plan,
        dates=dates,
    )


def _suggestions(view: SheetView, given: Mapping[str, str]) -> list[Suggestion]:
    """The suggestions for the columns that no choice has settled, without the fields it has."""
    if not given:
        return list(view.suggestions)
    free = [place for place, column in enumerate(view.table.columns) if column.name not in given]
    found = suggest(
        candidates([view.table.columns[p] for p in free], [view.looks[p] for p in free]),
        [name for name in FIELDS if name not in given.values()],
    )
    settled = [
        Suggestion(given.get(column.name), 1.0 if column.name in given else 0.0)
        for column in view.table.columns
    ]
    for place, suggestion in zip(free, found, strict=True):
        settled[place] = suggestion
    return settled


def _is_whole(given: Mapping[str, str]) -> bool:
    return set(REQUIRED) <= set(given.values())


def _mapping(
    table: Table, suggestions: Sequence[Suggestion], given: Mapping[str, str], asked: set[str]
) -> dict[str, str]:
    """What is given, sure, or asked about."""
    if _is_whole(given):
        return {column.name: given[column.name] for column in table.columns if column.name in given}
    return {
        column.name: found.field
        for column, found in zip(table.columns, suggestions, strict=True)
        if found.field and (found.confidence >= SURE or found.field in asked)
    }


def _ask_fields(
    table: Table,
    suggestions: Sequence[Suggestion],
    given: Mapping[str, str],
    unvalued: set[str],
) -> list[Question]:
    """About every required field that is unsure, and wanted ones that a column may well hold.

    Where the required ones are sure, values without a telling name are reason enough to ask for
    the creation date only: without it the most urgent rules are blind. Of the `unvalued` columns,
    whose formulas have no values, nothing can be confirmed.
    """
    if _is_whole(given):
        return []
    held = {
        found.field: (column.name, found.confidence)
        for column, found in zip(table.columns, suggestions, strict=True)
        if found.field
    }
    unsure = any(held.get(name, ("", 0.0))[1] < SURE for name in REQUIRED)
    questions = []
    for name in REQUIRED + WANTED:
        column, confidence = held.get(name, ("", 0.0))
        least = POSSIBLE if unsure or name == "creation_date" else _NAMED
        if confidence < SURE and (name in REQUIRED or confidence >= least):
            names = [column.name for column in table.columns]
            questions.append(
                ask_values(name, column) if column in unvalued else ask_field(name, column, names)
            )
    return questions


def _misnamed(view: SheetView, mapping: Mapping[str, str]) -> list[str]:
    """A note for each unused column whose name is a field's but whose values are not."""
    held, notes, rows = set(mapping.values()), [], sample_rows(view.sheet, view.table)
    for column, look in zip(view.table.columns, view.looks, strict=True):
        if column.blank or column.name in mapping or not look.filled:
            continue
        named = max(name_scores(column.name).items(), key=lambda item: item[1], default=("", 0.0))
        if named[1] >= _WELL_NAMED and named[0] not in held:
            texts = [cell_text(row[column.index]) for row in rows]
            notes.append(note_misnamed(column.name, named[0], max(texts, default="")))
    return notes


def _unvalued(workbook: Workbook, view: SheetView) -> set[str]:
    """The columns without any value whose cells are formulas."""
    blank = [
        column
        for column, look in zip(view.table.columns, view.looks, strict=True)
        if not look.filled
    ]
    return {column.name for column in blank if column.letter in workbook.empty_formulas}


def _date_columns(
    sheet: Sheet, plan: RowPlan, by_field: Mapping[str, TableColumn], *, epoch_1904: bool
) -> dict[str, DateColumn]:
    return {
        name: DateColumn(*plan.take(sheet, by_field[name].index), epoch_1904=epoch_1904)
        for name in FIELDS
        if name in DATES and name in by_field
    }


def _column_views(
    view: SheetView, suggestions: Sequence[Suggestion], given: Mapping[str, str]
) -> tuple[ColumnView, ...]:
    sample = sample_rows(view.sheet, view.table)[:_SAMPLE_ROWS]
    views = []
    for column, found in zip(view.table.columns, suggestions, strict=True):
        texts = dict.fromkeys(cell_text(row[column.index])[:80] for row in sample)
        samples = tuple(text for text in texts if text)[:_SAMPLES]
        views.append(
            ColumnView(
                column.name,
                column.index,
                column.letter,
                samples,
                found.field,
                1.0 if column.name in given else found.confidence,
                found.alternatives,
            )
        )
    return tuple(views)


def _shown_rows(view: SheetView) -> tuple[tuple[str, ...], ...]:
    rows = view.sheet.head(view.table.first_row, view.table.first_row + _SAMPLE_ROWS)
    return tuple(
        tuple(cell_text(row[column.index])[:200] for column in view.table.columns) for row in rows
    )
