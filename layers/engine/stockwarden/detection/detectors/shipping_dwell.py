"""Detector of pallets that stay in shipping too long."""

from stockwarden.detection.dwell import dwell_rule
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

shipping_dwell = dwell_rule(
    code="shipping-dwell",
    title="Not shipped",
    priority=Priority.HIGH,
    rationale="What stands where goods leave was not loaded: a customer waits, or the system "
    "thinks it gone.",
    location_type="SHIPPING",
    where="Where goods leave the warehouse.",
    max_hours=12.0,
    bounds=Bounds(1, 168),
)
