"""Parses the mapped columns of dates and of numbers, once for inspection and reading."""

from collections.abc import Mapping

from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.numbers import NumberColumn
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.table.header import TableColumn
from stockwarden.ingestion.table.rows import RowPlan


def date_columns(
    sheet: Sheet,
    plan: RowPlan,
    by_field: Mapping[str, TableColumn],
    schema: Schema,
    *,
    epoch_1904: bool,
) -> dict[str, DateColumn]:
    return {
        name: DateColumn(
            *plan.take(sheet, by_field[name].index),
            epoch_1904=epoch_1904,
            best_before=name == "expiry_date",
            months=by_field[name].index in sheet.months,
        )
        for name in schema.fields
        if name in schema.dates and name in by_field
    }


def number_columns(
    sheet: Sheet, plan: RowPlan, by_field: Mapping[str, TableColumn], schema: Schema
) -> dict[str, NumberColumn]:
    return {
        name: NumberColumn(
            *plan.take(sheet, by_field[name].index), whole=name in schema.whole_numbers
        )
        for name in schema.fields
        if name in schema.numbers and name in by_field
    }
