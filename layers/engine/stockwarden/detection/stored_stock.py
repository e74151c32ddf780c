"""Serializes a stock to bytes, so that rules can be backtested on past inventories.

An .npz of plain arrays (numbers, and UTF-8 text as bytes; nothing is ever unpickled):

    facts            JSON: as_of, sheet, the columns and their kinds, reasons, the layout's rows
    catalog          JSON: what the catalog said of its codes, where it was asked
    rows             sheet rows of the frame's rows
    <field>          a number per row; a date as nanoseconds since 1970, or the smallest int64
    <field>.index    of a text column: the index of each row's text in `<field>.texts`, -1 = none
    <field>.texts    JSON list of the distinct texts
    <field>.unread   per row why the cell could not be read, see `Unparsed`

Every rule gives the same findings and skips for the stock read back. The raw cells are not stored:
an analysis has its own evidence, and here the parsed values replace them.
"""

import io
import json
import zipfile
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.catalog_items import CatalogItems
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.inventory import Header, Inventory, Unparsed
from stockwarden.ingestion.table.receipt import Receipt
from stockwarden.warehouse.layout.layout import Layout

Arrays = dict[str, npt.NDArray[Any]]


def pack(stock: Stock) -> bytes:
    """The stock as the bytes of an .npz."""
    inventory = stock.inventory
    arrays: Arrays = {"rows": inventory.rows}
    kinds: dict[str, str] = {}
    for field in inventory.frame.columns:
        kinds[field] = _put(arrays, field, inventory.frame[field])
    for field, unparsed in inventory.unparsed.items():
        arrays[f"{field}.unread"] = unparsed.codes
    facts = {
        "as_of": stock.as_of.isoformat(),
        "timezone": inventory.timezone,
        "sheet": inventory.sheet,
        "columns": kinds,
        "headers": inventory.headers,
        "reasons": {field: unparsed.reasons for field, unparsed in inventory.unparsed.items()},
        "layout": json.dumps(stock.layout.to_rows()) if stock.layout else "",
    }
    arrays["facts"] = _text(facts)
    if stock.catalog is not None:
        arrays["catalog"] = _text(stock.catalog.to_document())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            # numpy's own savez compresses harder, which takes five times as long.
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"), member.getvalue(), zipfile.ZIP_DEFLATED, 1
            )
    return target.getvalue()


def unpack(data: bytes) -> Stock:
    """The stock from the bytes of `pack`."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        catalog = (
            CatalogItems.from_document(json.loads(arrays["catalog"].tobytes()))
            if "catalog" in arrays
            else None
        )
        as_of = datetime.fromisoformat(facts["as_of"])
        rows = arrays["rows"]
        columns = {field: _get(arrays, field, kind) for field, kind in facts["columns"].items()}
        frame = pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))
        inventory = Inventory(
            frame=frame,
            rows=rows,
            sheet=facts["sheet"],
            headers={field: Header(*header) for field, header in facts["headers"].items()},
            raw={field: frame[field].tolist() for field in facts["headers"] if field in frame},
            unparsed={
                field: Unparsed(arrays[f"{field}.unread"], tuple(reasons))
                for field, reasons in facts["reasons"].items()
            },
            receipt=Receipt(len(rows), len(rows), {}, {}),
            as_of=as_of,
            timezone=facts.get("timezone", "UTC"),
        )
    return Stock(inventory, _layout(facts["layout"]), as_of, catalog)


@lru_cache(maxsize=4)
def _layout(rows: str) -> Layout | None:
    """The layout from JSON. Successive snapshots share a layout, and what it has cached."""
    return Layout.from_rows(json.loads(rows)) if rows else None


def _put(arrays: Arrays, field: str, column: "pd.Series[Any]") -> str:
    """Adds the arrays of a column; returns its kind."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        arrays[field] = column.to_numpy(dtype="datetime64[ns]").view(np.int64)
        return "date"
    if column.dtype == object:
        index, texts = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
        arrays[f"{field}.index"] = index.astype(np.int32)
        arrays[f"{field}.texts"] = _text(texts.tolist())
        return "text"
    arrays[field] = column.to_numpy(dtype=np.float64)
    return "number"


def _get(arrays: Any, field: str, kind: str) -> "pd.Series[Any]":
    match kind:
        case "date":
            moments = pd.DatetimeIndex(arrays[field].view("datetime64[ns]"))
            return pd.Series(moments.tz_localize("UTC"))
        case "text":
            texts = json.loads(arrays[f"{field}.texts"].tobytes())
            values = np.array([*texts, None], dtype=object)[arrays[f"{field}.index"]]
            return pd.Series(values, dtype=object)
        case _:
            return pd.Series(arrays[field])


def _text(value: Any) -> npt.NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, separators=(",", ":")).encode(), dtype=np.uint8)
