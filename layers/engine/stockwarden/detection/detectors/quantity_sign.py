"""Detector of quantities that are not positive or no number."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="quantity-sign",
    title="Impossible quantity",
    priority=Priority.MEDIUM,
    needs={"quantity"},
    tolerates=frozenset({"quantity"}),
    subject="pallet",
    judges_lines=True,
    message="The quantity of {pallet_id} is {stated}, {reason}.",
    cost=CostBasis(minutes=10),
    flood_cause="The column may not be the quantity.",
    shows=("location", "unit"),
)
def quantity_sign(stock: Stock) -> Verdict:
    """Zero, less than zero or no number at all: the stock of this product is wrong in every sum."""
    quantity = stock.frame.quantity
    unreadable = stock.unreadable("quantity")
    rows = stock.frame[(quantity <= 0) | unreadable]
    no_number = unreadable[rows.index]
    raw = stock.inventory.raw["quantity"]
    stated = zip(rows.index.tolist(), rows.quantity.tolist(), strict=True)
    return Verdict(
        rows.assign(
            stated=[_stated(raw[index], number) for index, number in stated],
            reason=["not a number" if bad else "not more than zero" for bad in no_number.tolist()],
        ),
        skipped={"quantity missing": (quantity.isna() & ~unreadable).to_numpy()},
    )


def _stated(cell: object, number: float) -> str:
    """The number in its shortest form; the cell's text where it is no number."""
    if isnan(number):
        return str(cell).strip()
    return f"{int(number)}" if number.is_integer() else f"{number:g}"
