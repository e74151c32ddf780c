"""Goods that will be past their date soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="expiring-soon",
    title="Expiring soon",
    priority=Priority.MEDIUM,
    needs={"pallet_id", "expiry_date"},
    subject="pallet",
    message="{pallet_id} expires on {expires}, in {days:.1f} days (warning from {max_days} days).",
    limits={"max_days": Bounds(1, 365)},
    shows=("location", "description"),
)
def expiring_soon(stock: Stock, *, max_days: int = 30) -> pd.DataFrame:
    """Goods near their date can still be sold first, or cheaper; afterwards they are waste."""
    days = (stock.frame.expiry_date - stock.as_of).dt.total_seconds() / 86400
    soon = (days >= 0) & (days < max_days)
    found = stock.frame[soon]
    return found.assign(expires=found.expiry_date.dt.strftime("%Y-%m-%d"), days=days[soon])
