"""Detector of cold goods in zones that are too warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold
from stockwarden.warehouse.layout.patterns import Pattern, compile_pattern

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from stockwarden.detection.stock import Stock


def warm_minutes(
    stock: Stock, *, patterns: tuple[str, ...], zones: tuple[str, ...]
) -> pd.Series[Any]:
    cold_goods = [compile_pattern(pattern) for pattern in patterns]
    descriptions = stock.codes("description")
    is_cold = [
        any(pattern.matches_comparable(name) for pattern in cold_goods)
        for name in descriptions.values
    ]
    warm = descriptions.broadcast(is_cold, False) & stock.frame.zone.isin(zones)
    return (stock.frame.dwell_hours * 60).where(warm)


@detector(
    code="cold-chain",
    title="Cold chain broken",
    priority=Priority.VERY_HIGH,
    needs={"location", "description", "creation_date", "zone"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} ({description}) has been in {location}, zone {zone}, "
    "for {minutes:minutes} (limit {max_minutes:g} min).",
    cost=CostBasis(minutes=10, share=0.5),
    limits={"patterns": Pattern, "zones": str, "max_minutes": Bounds(5, 120)},
    about={
        "patterns": "Descriptions of goods that must stay cold.",
        "zones": "The zones that are too warm for them.",
        "max_minutes": "Minutes that they may be there.",
    },
    threshold=Threshold(
        "max_minutes", "above", 1, "min", "had been warm for {limit:g} min or less", warm_minutes
    ),
    shows=("temperature_zone", "last_movement_date"),
    tied_to_location=True,
)
def cold_chain(
    stock: Stock,
    *,
    patterns: tuple[str, ...] = ("*FROZEN*", "*REFRIGERATED*", "*CHILLED*"),
    zones: tuple[str, ...] = ("AMBIENT", "GENERAL"),
    max_minutes: float = 30.0,
) -> pd.DataFrame:
    """Frozen or chilled goods spoil at room temperature, and nobody sees it from outside.

    The zone is the layout's, else the file's temperature_zone. The time counts from the last
    movement where the file has it, else from creation.
    """
    minutes = warm_minutes(stock, patterns=patterns, zones=zones)
    rows = stock.frame[minutes > max_minutes]
    return rows.assign(minutes=minutes[rows.index])
