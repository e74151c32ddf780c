"""Reads an inspected workbook into an Inventory: normalized columns and a receipt of all rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.core.memory import paused_collector
from stockwarden.ingestion.as_of import zone
from stockwarden.ingestion.columns.codes_as_dates import note_codes_as_dates
from stockwarden.ingestion.columns.identifiers import TextValues, read_texts
from stockwarden.ingestion.columns.storage_durations import read_ages
from stockwarden.ingestion.columns.unreadable_cells import note_null_dates, report_unread_cells
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.inspection import Inspection
from stockwarden.ingestion.inventory import Header, Inventory, RawCells, Unparsed
from stockwarden.ingestion.mapping.fields import (
    DATES,
    DURATIONS,
    FIELDS,
    ITEM,
    NUMBERS,
    missing_fields,
)

_CODES = ("pallet_id", "location", "receipt_number", "product_code")
Flags = npt.NDArray[np.bool_]

_FREE_TEXT = frozenset(
    {"description", "unit", "location_type", "temperature_zone", "storage_class"}
)


def read_stock(
    workbook: Workbook, inspection: Inspection, *, as_of: datetime, timezone: str = "UTC"
) -> Inventory:
    """Reads the mapped columns of the inspected sheet.

    `as_of` is aware: durations count back from it. Naive times in the file are in `timezone`.
    A row needs a pallet id or an item (product_code, else description). Raises ValueError when the
    inspection has no location or neither of these, or `as_of` is naive, and Invalid at /timezone.
    """
    zone(timezone)
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    fields = inspection.fields
    if missing_fields(fields):
        raise ValueError("an inspection with open questions cannot be read")
    if workbook.sheet(inspection.sheet) is not inspection.source.origin:
        raise ValueError("the inspection is of another workbook")
    with paused_collector():
        return _read(inspection, as_of, timezone)


def _read(inspection: Inspection, as_of: datetime, timezone: str) -> Inventory:
    plan, sheet, fields = inspection.rows, inspection.source, inspection.fields
    texts = _read_subjects(inspection)
    usable, rejected = _usable_rows(texts, plan.positions)
    whole = bool(usable.all())
    positions = plan.positions if whole else plan.positions[usable]
    columns: dict[str, Any] = {}
    unparsed: dict[str, Unparsed] = {}
    nulls: dict[str, Flags] = {}
    units: npt.NDArray[np.object_] | None = None
    values: Any
    for name in FIELDS:
        if name not in fields:
            continue
        if name in texts:
            values, unreadable = texts[name].values, texts[name].unparsed
        elif name in DATES:
            dates = inspection.dates[name].read(
                as_of=as_of, timezone=timezone, order=inspection.date_order
            )
            values, unreadable = dates.moments, dates.unparsed
            nulls[name] = dates.null if whole else dates.null[usable]
        elif name in NUMBERS:
            numbers = inspection.numbers[name].read(inspection.number_format)
            values, unreadable = numbers.values, numbers.unparsed
            if name == "quantity" and numbers.units is not None:
                units = numbers.units if whole else numbers.units[usable]
        else:
            cells, joined = plan.take(sheet, fields[name].index)
            values, unreadable = _read_values(name, cells, joined, fields[name].name)
        columns[name] = values if whole else values[usable]
        unparsed[name] = (
            unreadable if whole else Unparsed(unreadable.codes[usable], unreadable.reasons)
        )
    sources = {name: fields[name] for name in columns}
    if units is not None and "unit" not in columns:
        # `12 cs`: the unit stands in the cell of the quantity.
        columns["unit"], sources["unit"] = units, sources["quantity"]
        unparsed["unit"] = Unparsed(np.zeros(len(units), dtype=np.int16), ())
    frame = pd.DataFrame(
        {
            name: pd.Series(values, dtype=object if values.dtype == object else None, copy=False)
            for name, values in columns.items()
        },
        copy=False,
    )
    headers = {name: Header(column.name, column.letter) for name, column in sources.items()}
    raw = {name: RawCells(sheet.column(c.index), positions) for name, c in sources.items()}
    unread, details, notes = report_unread_cells(headers, raw, unparsed, positions + 1)
    for name in _CODES:
        if name in columns:
            notes = (*notes, *note_codes_as_dates(headers[name].name, columns[name]))
    receipt = plan.receipt(positions, rejected)
    return Inventory(
        frame=frame,
        rows=positions + 1,
        sheet=sheet.name,
        headers=headers,
        raw=raw,
        unparsed=unparsed,
        receipt=replace(receipt, details=(*receipt.details, *details), unread=unread),
        as_of=as_of,
        timezone=timezone,
        notes=(*inspection.notes, *notes, *note_null_dates(headers, raw, nulls)),
    )


def _not_none(values: npt.NDArray[np.object_]) -> Flags:
    # pandas' own test asks every value for its type; here only None can be missing.
    mask: Flags = np.not_equal(values, None)  # type: ignore[call-overload]
    return mask


def _read_texts(name: str, cells: Sequence[Any], joined: str | None) -> TextValues:
    return read_texts(
        cells, joined, identifiers=name not in _FREE_TEXT, keep_words=name == "location"
    )


def _read_values(
    name: str, cells: Sequence[Any], joined: str | None, header: str
) -> tuple[npt.NDArray[Any], Unparsed]:
    if name in DURATIONS:
        ages = read_ages(cells, header)
        return ages.values, ages.unparsed
    texts = _read_texts(name, cells, joined)
    return texts.values, texts.unparsed


def _read_subjects(inspection: Inspection) -> dict[str, TextValues]:
    """The columns that make rows usable: the pallet's, and the item's where rows lack a pallet.

    In a list of pallets without quantities, a row without a pallet id is no loose stock.
    """
    plan, sheet, fields = inspection.rows, inspection.source, inspection.fields
    texts: dict[str, TextValues] = {}
    if "pallet_id" in fields:
        pallets = _read_texts("pallet_id", *plan.take(sheet, fields["pallet_id"].index))
        texts["pallet_id"] = pallets
        if "quantity" not in fields or _not_none(pallets.values).all():
            return texts
    for name in ITEM:
        if name in fields:
            texts[name] = _read_texts(name, *plan.take(sheet, fields[name].index))
    return texts


def _usable_rows(
    texts: Mapping[str, TextValues], positions: npt.NDArray[np.int64]
) -> tuple[Flags, dict[str, list[int]]]:
    """Mask of the rows with a pallet id or an item; the others by why they are rejected."""
    damaged = np.zeros(len(positions), dtype=bool)
    usable = damaged.copy()
    for name, column in texts.items():
        usable |= _not_none(column.values)
        if name == "pallet_id":
            damaged = ~usable & column.unparsed.mask
    usable &= ~damaged
    reasons = {
        "pallet_id_damaged": damaged,
        "no_pallet_id" if "pallet_id" in texts else "no_item": ~usable & ~damaged,
    }
    return usable, {
        reason: positions[rows].tolist() for reason, rows in reasons.items() if rows.any()
    }
