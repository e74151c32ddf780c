"""Detector of pallets with a creation date after the snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="future-date",
    title="Date in the future",
    priority=Priority.MEDIUM,
    needs={"creation_date"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} was created {hours_ahead:hours} after the moment of this inventory.",
    cost=CostBasis(minutes=3),
    flood_cause="The clock may be wrong, or the order of day and month.",
)
def future_date(stock: Stock) -> pd.DataFrame:
    """A creation date after the snapshot is a wrong clock or a wrong entry.

    First-in-first-out puts such a pallet last, and every age rule overlooks it.
    """
    rows = stock.frame[stock.frame.age_hours < 0]
    return rows.assign(hours_ahead=-rows.age_hours)
