"""Detector of pallets that stay in quarantine too long."""

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
    code="quarantine-dwell",
    title="Forgotten in quarantine",
    priority=Priority.HIGH,
    needs={"location", "creation_date", "known_type"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has been in {location} for {dwell_hours:hours} (limit {max_hours:g} h).",
    cost=CostBasis(minutes=5, hours="dwell_hours"),
    limits={"location_types": LocationType, "max_hours": Bounds(1, 720)},
    about={
        "location_types": "Where goods wait for a decision.",
        "max_hours": "Hours since the last movement that a pallet may be there.",
    },
    threshold=Threshold(
        "max_hours", "above", 1, "h", "had been there for {limit:g} h or less", hours_in
    ),
    shows=("last_movement_date",),
    tied_to_location=True,
)
def quarantine_dwell(
    stock: Stock, *, location_types: tuple[str, ...] = ("QUARANTINE",), max_hours: float = 72.0
) -> pd.DataFrame:
    """Goods in quarantine wait for a decision; while nobody takes it they age, and fill the place.

    The time counts from the last movement where the file has it, else from creation.
    """
    return stock.frame[hours_in(stock, location_types=location_types) > max_hours]
