"""Reports the cells of evaluated rows that could not be read, or are doubtful."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.inventory import Header, Unparsed
from stockwarden.ingestion.mapping.fields import LABELS
from stockwarden.ingestion.table.receipt import DETAILS_PER_REASON, RowNote

_LONGEST_RAW = 80
WHY = {
    "not_a_date": "is no date",
    "no_such_day": "is a day or time that does not exist",
    "does_not_fit_order": "does not fit the order of day and month in this column",
    "time_without_date": "is a time without a date",
    "not_a_value": "is no usable value",
    "not_a_number": "is no number",
    "decimal_or_thousands": "may be a fraction or thousands",
    "no_unit": "has no unit of time",
    "not_a_duration": "is no length of time",
    "digits_lost": "was stored as a number with too many digits",
    "turned_into_date": "was turned into a date by a spreadsheet program",
    "error_value": "is an error of a formula",
}


def report_unread_cells(
    headers: Mapping[str, Header],
    raw: Mapping[str, Sequence[Any]],
    unparsed: Mapping[str, Unparsed],
    rows: npt.NDArray[np.int64],
) -> tuple[dict[str, int], tuple[RowNote, ...], tuple[str, ...]]:
    """(cells by reason, the first of each reason, one line per column), for aligned columns.

    The reasons are `creation_date_unreadable` and the like.
    """
    counts: dict[str, int] = {}
    details: list[RowNote] = []
    notes: list[str] = []
    for name, cells in unparsed.items():
        indexes = np.flatnonzero(cells.mask)
        if not len(indexes):
            continue
        reason, column = f"{name}_unreadable", headers[name].name
        counts[reason] = len(indexes)
        for index in indexes[:DETAILS_PER_REASON].tolist():
            text = cell_text(raw[name][index])[:_LONGEST_RAW]
            why = WHY[cells.reason(index) or "not_a_value"]
            detail = f"“{text}” in “{column}” {why}."
            details.append(RowNote(int(rows[index]), reason, detail, column, text))
        first = details[-min(len(indexes), DETAILS_PER_REASON)]
        amount = "1 cell" if len(indexes) == 1 else f"{len(indexes):,} cells"
        notes.append(
            f"{amount} of “{column}” could not be read as the {LABELS[name]} and count as empty, "
            f"the first in row {first.row}: “{first.raw}”."
        )
    return counts, tuple(details), tuple(notes)


def note_null_dates(
    headers: Mapping[str, Header],
    raw: Mapping[str, Sequence[Any]],
    nulls: Mapping[str, npt.NDArray[np.bool_]],
) -> list[str]:
    """One line per column with null dates, such as 1900-01-01, that mean no date."""
    notes = []
    for name, null in nulls.items():
        indexes = np.flatnonzero(null)
        if len(indexes):
            amount = "1 cell" if len(indexes) == 1 else f"{len(indexes):,} cells"
            text = cell_text(raw[name][int(indexes[0])])[:_LONGEST_RAW]
            notes.append(
                f"{amount} of “{headers[name].name}” with a date such as “{text}” count as empty: "
                "programs write it for no date."
            )
    return notes
