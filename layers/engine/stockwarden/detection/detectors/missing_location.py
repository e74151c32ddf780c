"""Detector of pallets without a location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="missing-location",
    title="Missing location",
    priority=Priority.VERY_HIGH,
    needs={"location"},
    tolerates=frozenset({"location"}),
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has no location.",
    cost=CostBasis(minutes=20, hours="age_hours"),
    flood_cause="The locations may be in another column.",
)
def missing_location(stock: Stock) -> pd.DataFrame:
    """Stock without a location cannot be picked, counted or found, yet it is sold as available."""
    return stock.frame[stock.locations.index < 0]
