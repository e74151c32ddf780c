"""Detector of SSCC and GTIN numbers with a wrong check digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


_NAMES = {"sscc": "SSCC", "gtin": "GTIN", "pallet_id": "pallet id"}


@detector(
    code="gs1-check-digit",
    title="Wrong check digit",
    priority=Priority.MEDIUM,
    needs={"pallet_id"},
    subject="pallet",
    message="The {_name} {number} of {pallet_id} should end in {expected}; "
    "one of its digits is wrong.",
    cost=CostBasis(minutes=5),
    shows=("sscc", "gtin", "location"),
)
def gs1_check_digit(stock: Stock) -> Verdict:
    """A wrong check digit is a mistyped or misread number: scanners will not find the pallet.

    Looked at are sscc, gtin and pallet_id (as SSCC), each only where most of its numbers are
    right: otherwise it is a numbering of the house's own.
    """
    import numpy as np

    from stockwarden.detection.gs1 import GTIN, SSCC, check_numbers

    size = len(stock.frame)
    numbers = {"column": np.full(size, "", dtype=object), "number": np.full(size, "", dtype=object)}
    expected = np.full(size, -1, dtype=np.int8)
    judged, foreign = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    checked_fields = []
    for field in ("sscc", "gtin", "pallet_id"):
        if not stock.has(field):
            continue
        codes = stock.codes(field)
        checked = check_numbers(codes.values, GTIN if field == "gtin" else SSCC)
        if field == "pallet_id" and not checked.mostly_right:
            continue
        checked_fields.append(field)
        readable = codes.broadcast(checked.readable, False)
        if not checked.mostly_right:
            foreign |= readable
            continue
        judged |= readable
        wrong = codes.broadcast(checked.readable & ~checked.right, False) & (expected < 0)
        numbers["column"][wrong] = field
        numbers["number"][wrong] = [checked.numbers[index] for index in codes.index[wrong].tolist()]
        expected[wrong] = codes.broadcast(checked.expected, -1)[wrong]
    rows = stock.frame[expected >= 0]
    named = {name: values[rows.index] for name, values in numbers.items()}
    return Verdict(
        rows.assign(
            **named,
            expected=expected[rows.index],
            _name=[_NAMES[field] for field in named["column"].tolist()],
        ),
        skipped={
            "most check digits of the column are wrong": foreign & ~judged,
            "no SSCC or GTIN": ~judged & ~foreign,
        },
        missing_inputs=() if checked_fields else ("sscc or gtin",),
    )
