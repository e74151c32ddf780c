"""Quantities that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="quantity-sign",
    title="Impossible quantity",
    priority=Priority.MEDIUM,
    needs={"pallet_id", "quantity"},
    tolerates=frozenset({"quantity"}),
    subject="pallet",
    message="The quantity of {pallet_id} is {stated}, {reason}.",
    shows=("location", "unit"),
)
def quantity_sign(stock: Stock) -> Verdict:
    """Zero, less than zero or no number at all: the stock of this product is wrong in every sum."""
    quantity = stock.frame.quantity
    unreadable = stock.unreadable("quantity")
    found = stock.frame[(quantity <= 0) | unreadable]
    no_number = unreadable[found.index]
    raw = stock.intake.raw["quantity"]
    return Verdict(
        found.assign(
            stated=[_stated(raw[at]) for at in found.index.tolist()],
            reason=["not a number" if bad else "not more than zero" for bad in no_number.tolist()],
        ),
        skipped={"quantity missing": (quantity.isna() & ~unreadable).to_numpy()},
    )


def _stated(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
