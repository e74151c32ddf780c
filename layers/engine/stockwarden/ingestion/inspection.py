"""Inspects a workbook: sheet, header, columns, suggested mapping, and open questions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.ingestion.column_views import ColumnView, column_views, preview_rows
from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.identifiers import count_damaged
from stockwarden.ingestion.columns.numbers import NumberColumn
from stockwarden.ingestion.columns.time_of_day import complete_days
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.field_questions import (
    GivenMapping,
    ask_fields,
    offered_columns,
    open_fields,
    unused_columns,
    unvalued_columns,
)
from stockwarden.ingestion.mapping.fields import ITEM
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.profiles import KnownLocation
from stockwarden.ingestion.mapping.questions import (
    NO_PALLETS,
    SAVE_VALUES,
    Question,
    ask_damaged,
    ask_date_order,
    ask_encoding,
    ask_number_format,
    note_unused,
)
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.suggestion import SURE, Suggestion, suggest
from stockwarden.ingestion.mapping.systems import recognize_system
from stockwarden.ingestion.mapping.user_choice import (
    DATE_ORDERS,
    NUMBER_FORMATS,
    DateOrder,
    Encoding,
    NumberFormat,
    UserChoice,
)
from stockwarden.ingestion.table.header import Table, TableColumn
from stockwarden.ingestion.table.joined_columns import join_patterns, with_joined_columns
from stockwarden.ingestion.table.rows import RowPlan, note_hidden_rows, plan_rows
from stockwarden.ingestion.table.sheets import SheetView, candidates, choose_sheet
from stockwarden.ingestion.value_columns import date_columns, number_columns


@dataclass(frozen=True)
class Inspection:
    """`header_row` is 1-based, 0 without a header; `mapping` is {column name: field}.

    Without `questions` the file can be analyzed. `date_order` and `number_format` are the given or
    proven ones, `encoding` the given one, `source_system` the warehouse system whose export the
    file looks like.
    """

    sheet: str
    header_row: int
    columns: tuple[ColumnView, ...]
    mapping: Mapping[str, str]
    date_order: DateOrder | None
    source_system: str | None
    number_format: NumberFormat | None
    encoding: Encoding | None
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    sheets: tuple[dict[str, Any], ...]
    sample_rows: tuple[tuple[str, ...], ...]
    source: Sheet = field(repr=False)
    table: Table = field(repr=False)
    rows: RowPlan = field(repr=False)
    dates: Mapping[str, DateColumn] = field(repr=False)
    numbers: Mapping[str, NumberColumn] = field(repr=False)

    @property
    def header(self) -> list[str]:
        """The names of the file's own columns."""
        return [column.name for column in self.columns if not column.parts]

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
            "columns": [column.to_document() for column in self.columns],
            "sample_rows": [list(row) for row in self.sample_rows],
            "column_mapping": dict(self.mapping),
            "date_order": self.date_order,
            "source_system": self.source_system,
            "number_format": self.number_format,
            "encoding": self.encoding,
            "questions": [asdict(question) for question in self.questions],
            "notes": list(self.notes),
        }


def inspect_workbook(
    workbook: Workbook,
    *,
    choice: UserChoice | None = None,
    known_location: KnownLocation | None = None,
    schema: Schema = INVENTORY,
) -> Inspection:
    """Inspects the whole file. `known_location` tells whether a layout has a code.

    Raises UnreadableFile(`no_rows`), and Invalid at /column_mapping/…, /sheet, /header_row,
    /date_order, /number_format or /encoding for a choice that does not fit the file.
    """
    choice = choice or UserChoice()
    _check_notations(choice)
    workbook.read_in(choice.encoding)
    view, sheet_questions, notes = choose_sheet(workbook, choice, known_location, schema)
    questions = [*ask_encoding(workbook.readings), *sheet_questions]
    if not view.table.header_row and len(view.table.columns) < 2:
        raise UnreadableFile("no_rows", f"The sheet {view.sheet.name!r} has no table of rows.")
    view = with_joined_columns(view, choice, known_location)
    names = [column.name for column in view.table.columns]
    given_mapping = GivenMapping.from_choice(choice, names, schema)
    suggestions = _suggestions(view, given_mapping)
    asked_fields = open_fields(view.table, suggestions, given_mapping)
    mapping = _mapping(view.table, suggestions, given_mapping, asked_fields)
    unvalued = unvalued_columns(workbook, view)
    columns = offered_columns(view, mapping, asked_fields, unvalued)
    has_item = not {*mapping.values(), *asked_fields}.isdisjoint(ITEM)
    patterns = join_patterns(view)
    questions += ask_fields(
        asked_fields, columns, unvalued, patterns, schema=schema, has_item=has_item
    )
    by_field = {
        mapping[column.name]: column for column in view.table.columns if column.name in mapping
    }
    notes += [
        note_unused(column, name, schema)
        for column, name in unused_columns(view.table, suggestions, mapping, given_mapping)
    ]
    plan = plan_rows(view.sheet, view.table, by_field)
    if not len(plan.positions) and not plan.rejected:
        raise UnreadableFile(
            "no_rows",
            f"The sheet {view.sheet.name!r} has a header but no {schema.rows}."
            + (f" {SAVE_VALUES}" if workbook.empty_formulas else ""),
        )
    notes += note_hidden_rows(view.sheet, plan)
    if has_item and "pallet_id" in set(schema.fields) - {*mapping.values(), *asked_fields}:
        notes.append(NO_PALLETS)
    dates = date_columns(view.sheet, plan, by_field, schema, epoch_1904=workbook.epoch_1904)
    open_orders = [
        (name, by_field[name].name, order)
        for name, column in dates.items()
        for order in column.open_orders(choice.date_order)[:1]
    ]
    questions += ask_date_order(open_orders)
    numbers = number_columns(view.sheet, plan, by_field, schema)
    questions += ask_number_format(
        [
            (name, by_field[name].name, text)
            for name, column in numbers.items()
            if (text := column.undecided(choice.number_format))
        ]
    )
    for name, column in dates.items():
        if name == "creation_date" and column.has_no_times:
            day_column = view.sheet, view.table, plan, by_field[name]
            notes.append(complete_days(column, *day_column, taken=mapping))
    if "pallet_id" in by_field and "pallet_id" not in given_mapping.settled:
        cells, joined = plan.take(view.sheet, by_field["pallet_id"].index)
        damaged = count_damaged(cells, joined)
        if damaged > len(cells) / 2:
            questions = [question for question in questions if question.field != "pallet_id"]
            column_name = by_field["pallet_id"].name
            columns = offered_columns(view, mapping, {*asked_fields, "pallet_id"}, unvalued)
            questions.append(ask_damaged(column_name, damaged, columns))
    headers = [column.name for column in view.table.columns if not column.blank]
    system = recognize_system(headers) if schema.systems else None
    if system:
        notes.append(f"The file looks like an export of {system}.")
    proven = {column.order for column in dates.values() if column.order}
    formats = {column.number_format for column in numbers.values() if column.number_format}
    return Inspection(
        sheet=view.sheet.name,
        header_row=view.table.header_row,
        columns=column_views(view, suggestions, given_mapping.mapping),
        mapping=mapping,
        date_order=choice.date_order or (proven.pop() if len(proven) == 1 else None),
        source_system=system,
        number_format=choice.number_format or (formats.pop() if len(formats) == 1 else None),
        encoding=choice.encoding,
        questions=tuple(questions),
        notes=(*workbook.notes, *notes, *view.table.notes),
        sheets=tuple(
            {"name": sheet.name, "rows": sheet.height, "columns": sheet.width}
            for sheet in workbook.sheets
        ),
        sample_rows=preview_rows(view),
        source=view.sheet,
        table=view.table,
        rows=plan,
        dates=dates,
        numbers=numbers,
    )


def _check_notations(choice: UserChoice) -> None:
    if choice.date_order is not None and choice.date_order not in DATE_ORDERS:
        raise Invalid.field("/date_order", f"date_order is one of {', '.join(DATE_ORDERS)}.")
    if choice.number_format is not None and choice.number_format not in NUMBER_FORMATS:
        raise Invalid.field("/number_format", f"number_format is {' or '.join(NUMBER_FORMATS)}.")


def _suggestions(view: SheetView, given_mapping: GivenMapping) -> list[Suggestion]:
    """The suggestions for the columns and fields that the choice leaves open."""
    if not given_mapping.settled:
        return list(view.suggestions)
    columns = view.table.columns
    free = [
        index for index, column in enumerate(columns) if column.name not in given_mapping.mapping
    ]
    suggested = suggest(
        candidates([columns[index] for index in free], [view.profiles[index] for index in free]),
        [name for name in view.table.schema.fields if name not in given_mapping.settled],
        view.table.schema,
    )
    suggestions = [
        Suggestion(
            given_mapping.mapping.get(column.name),
            1.0 if column.name in given_mapping.mapping else 0.0,
        )
        for column in columns
    ]
    for index, suggestion in zip(free, suggested, strict=True):
        suggestions[index] = suggestion
    return suggestions


def _mapping(
    table: Table,
    suggestions: Sequence[Suggestion],
    given_mapping: GivenMapping,
    asked: Mapping[str, str],
) -> dict[str, str]:
    """The mapping of columns that are given, suggested with confidence, or asked about."""
    return {
        column.name: suggestion.field
        for column, suggestion in zip(table.columns, suggestions, strict=True)
        if suggestion.field
        and (
            suggestion.field in asked
            or column.name in given_mapping.mapping
            or (not given_mapping.exact and suggestion.confidence >= SURE)
        )
    }
