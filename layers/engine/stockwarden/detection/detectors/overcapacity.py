"""Detector of locations with more pallets than their capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="overcapacity",
    title="Overcapacity",
    priority=Priority.VERY_HIGH,
    needs={"pallet_id", "location", "layout", "capacity"},
    subject="location",
    message="{location} holds {pallets} pallets, {excess} more than its capacity of {capacity}.",
    required_coverage="area",
    tied_to_location=True,
    cost=CostBasis(minutes=8, pallets="excess"),
    flood_cause="The layout's capacities may be too small.",
)
def overcapacity(stock: Stock) -> pd.DataFrame:
    """More pallets than fit mean that some stand elsewhere, or on top of each other.

    Pallets are counted once however often they were scanned. Racks are Very High, since what does
    not fit there is not there; a full dock or aisle is High.
    """
    rows = stock.frame[stock.pallets_at_location > stock.frame.capacity]
    pallets = stock.pallets_at_location[rows.index]
    in_storage = rows.location_type == "STORAGE"
    return rows.assign(
        pallets=pallets,
        capacity=rows.capacity.astype(int),
        excess=(pallets - rows.capacity).astype(int),
        priority=in_storage.map({True: Priority.VERY_HIGH, False: Priority.HIGH}),
    )
