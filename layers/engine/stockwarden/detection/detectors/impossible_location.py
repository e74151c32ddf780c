"""Detector of texts in the location column that cannot be location codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="impossible-location",
    title="Impossible location",
    priority=Priority.MEDIUM,
    needs={"location"},
    subject="location",
    message="{location} cannot be a location: {reason}.",
    cost=CostBasis(minutes=15),
    flood_cause="The column may not be the location.",
)
def impossible_location(stock: Stock) -> pd.DataFrame:
    """Error texts and slips of the scanner land in the location column and hide a pallet.

    More than 20 characters, or characters that no code has (`@ # ! ?` …). A code that the layout
    spells out, without `*` or `?`, is one whatever it looks like. Of a path such as
    WH/Stock/A-01-1 the last part counts.
    """
    reasons = stock.impossible
    rows = stock.frame[stock.locations.mask_of(reasons)]
    codes = stock.locations.index[rows.index].tolist()
    return rows.assign(reason=[reasons[code] for code in codes])
