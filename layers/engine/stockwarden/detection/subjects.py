"""Subjects of anomalies: pallets, stock lines where there is no pallet id, locations, products.

A stock line is an item with its lot at a location: `SKU-0630 | L013 | P-03-03-C`. The item is the
product_code, else the description; the lot is the lot, else the receipt_number; `-` stands for
what is missing. Rows with the same three are one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from stockwarden.detection.categories import Categories

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
    without_pallet = pallets.index < 0
    if not without_pallet.any():
        return Subjects(pallets, first_line)
    loose = np.flatnonzero(without_pallet & (stock.products.index >= 0))
    lines = _joined(
        [
            Categories(codes.index[loose], codes.values)
            for codes in (stock.products, stock.first_of(LOT), stock.locations)
        ]
    )
    index = pallets.index.copy()
    index[loose] = lines.index + first_line
    return Subjects(Categories(index, [*pallets.values, *lines.values]), first_line)


def _joined(parts: Sequence[Categories]) -> Categories:
    """The texts of the parts, joined row by row."""
    keys = np.zeros(len(parts[0].index), dtype=np.int64)
    for part in parts:
        keys = keys * (len(part.values) + 1) + part.index + 1
    _, first, key_of = np.unique(keys, return_index=True, return_inverse=True)
    names = zip(*(_names(part, first) for part in parts), strict=True)
    texts = list(map(SEPARATOR.join, names))
    # Keys may have the same text: the code of one product is another's description.
    position_of = {text: position for position, text in enumerate(dict.fromkeys(texts))}
    positions = np.array([position_of[text] for text in texts], dtype=np.int64)
    return Categories(positions[key_of], list(position_of))


def subject_codes(detector: Detector, stock: Stock) -> Categories:
    """The subjects that the detector judges, by row."""
    if detector.subject == "location":
        return stock.locations
    if detector.subject == "product":
        return stock.goods.codes
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
        case "product":
            return stock.goods.codes
        case _:
            return stock.codes("receipt_number") if stock.has("receipt_number") else stock.no_codes


def _names(part: Categories, rows: npt.NDArray[np.int64]) -> list[str]:
    names = [*part.values, MISSING]
    return [names[position] for position in part.index[rows].tolist()]
