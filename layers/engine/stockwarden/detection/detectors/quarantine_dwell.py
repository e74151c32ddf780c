"""Detector of pallets that stay in quarantine too long."""

from stockwarden.detection.dwell import dwell_rule
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

quarantine_dwell = dwell_rule(
    code="quarantine-dwell",
    title="Forgotten in quarantine",
    priority=Priority.HIGH,
    rationale="Goods in quarantine wait for a decision; while nobody takes it they age, and "
    "fill the place.",
    location_type="QUARANTINE",
    where="Where goods wait for a decision.",
    max_hours=72.0,
    bounds=Bounds(1, 720),
)
