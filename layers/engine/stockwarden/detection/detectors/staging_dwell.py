"""Detector of pallets that stay in staging too long."""

from stockwarden.detection.dwell import dwell_rule
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

staging_dwell = dwell_rule(
    code="staging-dwell",
    title="Left in staging",
    priority=Priority.MEDIUM,
    rationale="Goods made ready and not fetched take the place of the next order, and may be "
    "forgotten.",
    location_type="STAGING",
    where="Where goods are made ready.",
    max_hours=24.0,
    bounds=Bounds(1, 720),
)
