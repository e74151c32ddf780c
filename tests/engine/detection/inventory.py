"""Builds a Stock from a test's rows without reading a file."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.core.gs1.item_codes import possible_codes
from stockwarden.detection.catalog_items import CatalogItem, CatalogItems
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.inventory import Header, Inventory, Unparsed
from stockwarden.ingestion.mapping.fields import DATES, FIELDS
from stockwarden.ingestion.table.receipt import Receipt
from stockwarden.warehouse.layout.layout import Layout

AS_OF = "2025-10-31T12:00:00Z"
FIRST_ROW = 2
STANDARD_LAYOUT = [
    {"location_pattern": pattern, "location_type": kind, "capacity": capacity}
    for pattern, kind, capacity in (
        ("{001..999}{A..D}", "STORAGE", 2),
        ("RECV-{01..04}", "RECEIVING", 10),
        ("AISLE-{01..10}", "TRANSITIONAL", 5),
        ("W-{01..05}", "STAGING", 1),
        ("DOCK-01", "DOCK", 2),
        ("STAGE-01", "STAGING", 5),
    )
]


def moment(text: str) -> datetime:
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def intake(rows: Sequence[Mapping[str, Any]], as_of: str = AS_OF) -> Inventory:
    """Every field that some row has is a column; a date or number that cannot be read is unparsed.

    Dates are ISO text, or a number: hours before as_of.
    """
    fields = [field for field in FIELDS if any(field in row for row in rows)]
    snapshot = moment(as_of)
    columns: dict[str, Any] = {}
    unparsed: dict[str, Unparsed] = {}
    for field in fields:
        cells = [row.get(field) for row in rows]
        if field in DATES:
            values = [_date(cell, snapshot) for cell in cells]
            columns[field] = pd.Series(values, dtype="datetime64[ns, UTC]")
        elif field in ("quantity", "weight", "time_in_storage"):
            values = [_number(cell) for cell in cells]
            columns[field] = pd.Series(values, dtype="float64")
        else:
            values = [str(cell).strip() or None if cell is not None else None for cell in cells]
            columns[field] = pd.Series(values, dtype=object)
            if field == "location":
                codes = [text and text.upper() for text in values]
                columns["location_code"] = pd.Series(codes, dtype=object)
            continue
        bad = [cell not in (None, "") and pd.isna(v) for cell, v in zip(cells, values, strict=True)]
        if any(bad):
            unparsed[field] = Unparsed(np.array(bad, dtype=np.int16), ("not readable",))
    if "creation_date" not in fields and "time_in_storage" in fields:
        since = snapshot - pd.to_timedelta(columns["time_in_storage"], unit="h")
        columns["creation_date"] = since.astype("datetime64[ns, UTC]")
    return Inventory(
        frame=pd.DataFrame(columns, index=pd.RangeIndex(len(rows))),
        rows=np.arange(FIRST_ROW, FIRST_ROW + len(rows)),
        sheet="Inventory",
        headers={field: Header(field, chr(65 + index)) for index, field in enumerate(fields)},
        raw={field: [row.get(field) for row in rows] for field in fields},
        unparsed=unparsed,
        receipt=Receipt(len(rows), len(rows), {}, {}),
        as_of=snapshot,
    )


def stock(
    rows: Sequence[Mapping[str, Any]],
    layout: Sequence[Mapping[str, Any]] | None = None,
    as_of: str = AS_OF,
) -> Stock:
    parsed_layout = None if layout is None else Layout.from_rows(layout)
    return Stock(intake(rows, as_of), parsed_layout, moment(as_of))


def catalog(
    rows: Sequence[Mapping[str, Any]],
    items: Sequence[Mapping[str, Any]],
    similar: Mapping[str, Sequence[str]],
) -> CatalogItems:
    """What a catalog with these items says of the rows' codes; items may leave out most fields."""
    filled = [
        {"id": f"item_{item['sku']}", "name": item["sku"].title(), "status": "active"}
        | {"unit": "pcs", **item}
        for item in items
    ]
    owners = {("sku", item["sku"]): item["id"] for item in filled}
    owners |= {("gtin", item["gtin"]): item["id"] for item in filled if "gtin" in item}

    def named(field: str) -> dict[str, str]:
        texts = {str(row[field]).strip().upper() for row in rows if row.get(field) is not None}
        return {
            text: owners[code]
            for text in sorted(texts)
            for code in reversed(possible_codes(text, moment(AS_OF).date()))
            if code in owners
        }

    by_code, by_gtin = named("product_code"), named("gtin")
    used = {*by_code.values(), *by_gtin.values()}
    known = {
        item["id"]: CatalogItem(**{name: value for name, value in item.items() if name != "gtin"})
        for item in filled
        if item["id"] in used
    }
    return CatalogItems(
        items=known,
        by_code=by_code,
        by_gtin=by_gtin,
        similar={code: tuple(near) for code, near in similar.items()},
        dimensions={code: str(unit.dimension) for code, unit in STANDARD_UNITS.items()},
    )


def _date(cell: Any, as_of: datetime) -> Any:
    if isinstance(cell, (int, float)):
        return pd.Timestamp(as_of) - pd.Timedelta(hours=cell)
    try:
        return pd.Timestamp(moment(cell)) if cell else pd.NaT
    except ValueError:
        return pd.NaT


def _number(cell: Any) -> float:
    try:
        return float(cell) if cell not in (None, "") else float("nan")
    except ValueError:
        return float("nan")
