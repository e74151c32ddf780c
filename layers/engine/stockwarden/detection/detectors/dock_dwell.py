"""Detector of pallets that stay on a dock too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.dwell import hours_in
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold
from stockwarden.warehouse.layout.location_types import LocationType

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="dock-dwell",
    title="Left on the dock",
    priority=Priority.HIGH,
    needs={"location", "creation_date", "known_type"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has been in {location} for {dwell_hours:hours} (limit {max_hours:g} h).",
    cost=CostBasis(minutes=5, hours="dwell_hours"),
    limits={"location_types": LocationType, "max_hours": Bounds(1, 168)},
    about={
        "location_types": "Where goods are loaded and unloaded.",
        "max_hours": "Hours since the last movement that a pallet may be there.",
    },
    threshold=Threshold(
        "max_hours", "above", 1, "h", "had been there for {limit:g} h or less", hours_in
    ),
    shows=("last_movement_date",),
    tied_to_location=True,
)
def dock_dwell(
    stock: Stock, *, location_types: tuple[str, ...] = ("DOCK",), max_hours: float = 12.0
) -> pd.DataFrame:
    """A pallet on a dock is on its way in or out; one that stays was left behind.

    The time counts from the last movement where the file has it, else from creation.
    """
    return stock.frame[hours_in(stock, location_types=location_types) > max_hours]
