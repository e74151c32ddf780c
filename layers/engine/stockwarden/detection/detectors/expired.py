"""Detector of pallets past their expiry date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="expired",
    title="Expired",
    priority=Priority.VERY_HIGH,
    needs={"expiry_date"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} expired on {expires}, {days:days} before this inventory.",
    cost=CostBasis(minutes=10, share=1),
    flood_cause="The column may not be an expiry date.",
    shows=("location", "description"),
)
def expired(stock: Stock) -> pd.DataFrame:
    """Expired goods may not be sold; the longer they stand among good ones, the likelier it is.

    Goods are good until their day is over where the warehouse is.
    """
    days = stock.days_until("expiry_date")
    past = days < 0
    rows = stock.frame[past]
    return rows.assign(expires=stock.format_days(rows.expiry_date), days=-days[past].astype(float))
