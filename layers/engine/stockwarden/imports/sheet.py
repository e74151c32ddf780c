"""Reads the rows of an inspected file of items: values as they stand, and what cannot be read.

No number becomes a float that was not one in the file, and no cell is left out silently: what
cannot be read is a fault of its row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from stockwarden.core.cells import unguarded
from stockwarden.core.errors import Invalid
from stockwarden.imports.fault import LONGEST_VALUE, Fault
from stockwarden.imports.fields import LABELS
from stockwarden.imports.item_fields import NUMBERS
from stockwarden.ingestion.columns.exact_numbers import read_exact
from stockwarden.ingestion.columns.identifiers import cell_text, read_texts
from stockwarden.ingestion.columns.unreadable_cells import WHY
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.inspection import Inspection
from stockwarden.ingestion.mapping.questions import SAVE_VALUES
from stockwarden.ingestion.table.header import TableColumn

MAX_ROWS = 50_000
_IDENTIFIERS = frozenset({"sku", "gtin", "location", "lot"})
# A product may be called `None`, and a location `NA`.
_KEPT_WORDS = frozenset({"sku", "name", "description", "location", "lot"})
# That of a time from UTC, behind its minutes or seconds.
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)? ?([+-])(\d\d):?(\d\d)?$")
_SHIFTED = "The line has more cells than the header, so its values may be shifted."


@dataclass
class SheetRow:
    """`row` is the number that the sheet shows. `values` are texts, decimals and dates by field, of
    the cells that are not blank and can be read; `faults` tell of the others."""

    row: int
    values: dict[str, Any]
    faults: list[Fault]


@dataclass(frozen=True)
class SheetRows:
    """`headers` are the names of the columns by field, `skipped` the rows that hold nothing, by
    reason, and `unread_columns` those that hold no field."""

    rows: list[SheetRow]
    headers: dict[str, str]
    skipped: dict[str, int]
    unread_columns: list[str]

    def fault(self, row: int, field: str, value: Any, detail: str) -> Fault:
        """A fault of a cell, or of one that should be there."""
        column = self.headers.get(field)
        text = None if value is None else shown(value)
        return Fault(row, column, field, text, detail)


def shown(value: Any) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else cell_text(value)
    return text[:LONGEST_VALUE]


def read_rows(workbook: Workbook, inspection: Inspection) -> SheetRows:
    """Every row of an inspection without open questions. Raises Invalid for too many, and for a
    column of formulas without values, whose cells would count as blank."""
    plan = inspection.rows
    for column in inspection.fields.values():
        if column.letter in workbook.empty_formulas:
            raise Invalid(f"“{column.name}” cannot be read. {SAVE_VALUES}")
    shifted = plan.rejected.get("extra_cells", [])
    count = len(plan.positions) + len(shifted)
    if count > MAX_ROWS:
        raise Invalid(
            f"The file has {count:,} rows; an import takes {MAX_ROWS:,} at most. Send it in parts."
        )
    rows = [SheetRow(position + 1, {}, []) for position in plan.positions.tolist()]
    fields = inspection.fields
    for field, column in fields.items():
        cells, joined = plan.take(inspection.source, column.index)
        if field in NUMBERS:
            _put_numbers(rows, field, column, cells, inspection)
        elif field in inspection.dates:
            _put_dates(rows, field, column, cells, inspection)
        else:
            _put_texts(rows, field, column, (cells, joined), is_guarded=workbook.kind == "text")
    rows += [SheetRow(row + 1, {}, [Fault(row + 1, None, None, None, _SHIFTED)]) for row in shifted]
    return SheetRows(
        sorted(rows, key=lambda row: row.row),
        {
            field: column.name
            for field, column in sorted(fields.items(), key=lambda each: each[1].index)
        },
        {reason: len(skipped) for reason, skipped in plan.skipped.items()},
        [name for name in inspection.header if name not in inspection.mapping],
    )


def _put_texts(
    rows: Sequence[SheetRow],
    field: str,
    column: TableColumn,
    given: tuple[Sequence[Any], str | None],
    *,
    is_guarded: bool,
) -> None:
    """Of text files, the apostrophe that keeps a program from taking a text for a formula is no
    part of the text: exports put it there. Of identifiers it never is."""
    cells, joined = given
    if is_guarded and field not in _IDENTIFIERS:
        cells, joined = list(map(_unguarded, cells)), None
    texts = read_texts(
        cells, joined, identifiers=field in _IDENTIFIERS, keep_words=field in _KEPT_WORDS
    )
    for index, text in enumerate(texts.values.tolist()):
        if text is not None:
            rows[index].values[field] = text
        elif reason := texts.unparsed.reason(index):
            _refuse(rows[index], field, column, cells[index], reason)


def _unguarded(cell: Any) -> Any:
    return unguarded(cell) if isinstance(cell, str) else cell


def _put_numbers(
    rows: Sequence[SheetRow],
    field: str,
    column: TableColumn,
    cells: Sequence[Any],
    inspection: Inspection,
) -> None:
    numbers = read_exact(cells, inspection.numbers[field], inspection.number_format)
    for index, number in enumerate(numbers):
        if number.reason:
            _refuse(rows[index], field, column, cells[index], number.reason)
        elif number.unit and field != "quantity":
            detail = f"“{shown(cells[index])}” has words behind the number; write the number alone."
            _add(rows[index], field, column, cells[index], detail)
        elif number.value is not None:
            rows[index].values[field] = number.value
            if number.unit:
                rows[index].values["quantity_unit"] = number.unit


def _put_dates(
    rows: Sequence[SheetRow],
    field: str,
    column: TableColumn,
    cells: Sequence[Any],
    inspection: Inspection,
) -> None:
    dates = inspection.dates[field]
    read = dates.read(as_of=datetime.now(UTC), timezone="UTC", order=inspection.date_order)
    for index, moment in enumerate(read.moments):
        if reason := read.unparsed.reason(index):
            _refuse(rows[index], field, column, cells[index], reason)
        elif dates.ages[index]:
            _add(rows[index], field, column, cells[index], "Give a date, such as 2027-01-31.")
        elif moment == moment:  # noqa: PLR0124 - NaT
            rows[index].values[field] = _day_of(cells[index], moment)


def _day_of(cell: Any, moment: datetime) -> date:
    """The day that is written, whatever day it is elsewhere by then."""
    offset = _OFFSET.search(cell.strip()) if isinstance(cell, str) else None
    if offset is None:
        return moment.date()
    sign, hours, minutes = offset.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return (moment + ahead if sign == "+" else moment - ahead).date()


def _refuse(row: SheetRow, field: str, column: TableColumn, cell: Any, reason: str) -> None:
    detail = f"“{shown(cell)}” {WHY[reason]}, so it cannot be read as the {LABELS[field]}."
    _add(row, field, column, cell, detail)


def _add(row: SheetRow, field: str, column: TableColumn, cell: Any, detail: str) -> None:
    row.faults.append(Fault(row.row, column.name, field, shown(cell), detail))
