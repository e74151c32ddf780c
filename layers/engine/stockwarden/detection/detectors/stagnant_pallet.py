"""Detector of pallets that stay in receiving too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold
from stockwarden.warehouse.layout.location_types import LocationType

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from stockwarden.detection.stock import Stock


def waiting_hours(stock: Stock, *, location_types: tuple[str, ...]) -> pd.Series[Any]:
    return stock.frame.age_hours.where(stock.in_types(location_types))


@detector(
    code="stagnant-pallet",
    title="Stagnant pallet",
    priority=Priority.HIGH,
    needs={"location", "creation_date", "known_type"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has waited in {location} for {age_hours:hours} (limit {max_hours:g} h).",
    cost=CostBasis(minutes=5, hours="age_hours"),
    flood_cause="The limit may be too short.",
    limits={"location_types": LocationType, "max_hours": Bounds(1, 720)},
    about={
        "location_types": "Where goods only arrive.",
        "max_hours": "Hours since creation that a pallet may be there.",
    },
    threshold=Threshold(
        "max_hours", "above", 1, "h", "were {limit:g} h old or less", waiting_hours
    ),
    tied_to_location=True,
)
def stagnant_pallet(
    stock: Stock, *, location_types: tuple[str, ...] = ("RECEIVING",), max_hours: float = 10.0
) -> pd.DataFrame:
    """Goods left on the receiving dock block it, and are the first to be lost.

    The time counts from creation, which is receipt: moving a pallet about the dock is no progress.
    """
    return stock.frame[waiting_hours(stock, location_types=location_types) > max_hours]
