"""Detector of pallets that stay in transitional locations too long."""

from stockwarden.detection.dwell import dwell_rule
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

stuck_in_transit = dwell_rule(
    code="stuck-in-transit",
    title="Stuck in transit",
    priority=Priority.HIGH,
    rationale="A pallet in an aisle is on its way; one that stays was forgotten, and blocks "
    "the aisle.",
    location_type="TRANSITIONAL",
    where="Where goods only pass.",
    max_hours=4.0,
    bounds=Bounds(1, 168),
    step=0.5,
)
