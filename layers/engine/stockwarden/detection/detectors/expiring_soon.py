"""Detector of pallets that expire soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from stockwarden.detection.stock import Stock


def days_left(stock: Stock) -> pd.Series[Any]:
    days = stock.days_until("expiry_date")
    return days.where(days >= 0)


@detector(
    code="expiring-soon",
    title="Expiring soon",
    priority=Priority.MEDIUM,
    needs={"expiry_date"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} expires on {expires}, in {days:days} (warning from {max_days} days).",
    cost=CostBasis(minutes=5, share=0.25),
    limits={"max_days": Bounds(1, 365)},
    about={"max_days": "How many days before its date goods are reported."},
    threshold=Threshold(
        "max_days", "below", 1, "days", "had {limit:g} days or more left", days_left
    ),
    shows=("location", "description"),
)
def expiring_soon(stock: Stock, *, max_days: int = 30) -> pd.DataFrame:
    """Goods near their date can still be sold first, or cheaper; afterwards they are waste."""
    days = days_left(stock)
    soon = days < max_days
    rows = stock.frame[soon]
    return rows.assign(expires=stock.format_days(rows.expiry_date), days=days[soon])
