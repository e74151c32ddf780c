"""Subjects of anomalies: pallets, stock lines where there is no pallet id, and locations.

A stock line is an item with its lot at a location: `SKU-0630 | L013 | P-03-03-C`. The item is the
product_code, else the description; the lot is the lot, else the receipt_number; `-` stands for
what is missing. Rows with the same three are one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from stockwarden.detection.categories import Categories
from stockwarden.ingestion.mapping.fields import ITEM

if TYPE_CHECKING:
    from stockwarden.detection.detector import Detector, Subject
    from stockwarden.detection.stock import Stock

LOT = ("lot", "receipt_number")
SEPARATOR = " | "
MISSING = "-"


class Subjects(NamedTuple):
    """`codes` are the subjects of rows; those at `first_line` and later are stock lines."""

    codes: Categories
    first_line: int

    def type_of(self, position: int) -> Subject:
        return "stock_line" if position >= self.first_line else "pallet"


def subjects_of_rows(stock: Stock) -> Subjects:
    """The pallet of each row, or its stock line; -1 for rows with neither pallet id nor item."""
    pallets = stock.pallets
    first_line = len(pallets.values)
    loose = np.flatnonzero(pallets.index < 0)
    if not loose.size:
        return Subjects(pallets, first_line)
    item, lot = _first_of(stock, ITEM, loose), _first_of(stock, LOT, loose)
    location = Categories(stock.locations.index[loose], stock.locations.values)
    keys = (item.index + 1) * (len(lot.values) + 1) + lot.index + 1
    keys = keys * (len(location.values) + 1) + location.index + 1
    keys[item.index < 0] = -1
    _, first, line_of = np.unique(keys, return_index=True, return_inverse=True)
    names = [
        SEPARATOR.join(parts)
        for parts in zip(*(_names(part, first) for part in (item, lot, location)), strict=True)
    ]
    if (keys < 0).any():
        names, line_of = names[1:], line_of - 1
    index = pallets.index.copy()
    index[loose] = np.where(line_of < 0, -1, line_of + first_line)
    return Subjects(Categories(index, [*pallets.values, *names]), first_line)


def subject_codes(detector: Detector, stock: Stock) -> Categories:
    """The subjects that the detector judges, by row."""
    if detector.subject == "location":
        return stock.locations
    return stock.subjects.codes if detector.judges_lines else stock.pallets


def codes_of_type(subject_type: str, stock: Stock) -> Categories:
    """The subjects of this type, by row; none where the file lacks the field that names them."""
    match subject_type:
        case "pallet":
            return stock.pallets
        case "location":
            return stock.locations
        case "stock_line":
            return stock.lines
        case _:
            return stock.codes("receipt_number") if stock.has("receipt_number") else stock.no_codes


def _first_of(stock: Stock, fields: tuple[str, ...], rows: npt.NDArray[np.int64]) -> Categories:
    """The categories of these rows by the first of the fields that a row has."""
    index, values = np.full(len(rows), -1, dtype=np.int64), list[str]()
    for field in filter(stock.has, fields):
        codes = stock.codes(field)
        of_rows = codes.index[rows]
        index = np.where((index < 0) & (of_rows >= 0), of_rows + len(values), index)
        values += codes.values
    return Categories(index, values)


def _names(part: Categories, rows: npt.NDArray[np.int64]) -> list[str]:
    names = [*part.values, MISSING]
    return [names[position] for position in part.index[rows].tolist()]
