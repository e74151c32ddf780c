"""Detector of pallets that stay on a dock too long."""

from stockwarden.detection.dwell import dwell_rule
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

dock_dwell = dwell_rule(
    code="dock-dwell",
    title="Left on the dock",
    priority=Priority.HIGH,
    rationale="A pallet on a dock is on its way in or out; one that stays was left behind.",
    location_type="DOCK",
    where="Where goods are loaded and unloaded.",
    max_hours=12.0,
    bounds=Bounds(1, 168),
)
