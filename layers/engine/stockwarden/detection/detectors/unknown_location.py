"""Detector of location codes that the layout does not have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="unknown-location",
    title="Unknown location",
    priority=Priority.HIGH,
    needs={"location", "layout"},
    tolerates=frozenset({"layout"}),
    subject="location",
    message="{location} is not a location of this warehouse{_hint}.",
    cost=CostBasis(minutes=15),
    flood_cause="The layout may not fit this file.",
)
def unknown_location(stock: Stock) -> Verdict:
    """A code that the layout does not have is a typing error or a place nobody manages.

    The nearest known codes are named: those of the file that the layout has, and those that it
    spells out. A code that cannot be one at all is an impossible-location instead.
    """
    unknown = stock.frame.layout_row < 0
    rows = stock.frame[unknown & stock.locations.mask_of(stock.impossible, other=True)]
    return Verdict(rows, explain=partial(_with_nearest, stock))


def _with_nearest(stock: Stock, rows: pd.DataFrame) -> pd.DataFrame:
    from stockwarden.detection.categories import as_objects
    from stockwarden.detection.nearest import MOST_KNOWN, Nearest

    codes = [stock.locations.values[code] for code in stock.locations.index[rows.index]]
    unknown_codes = dict.fromkeys(codes)
    near = Nearest(stock.known_codes(MOST_KNOWN), asked=len(unknown_codes))
    nearest = {code: near.nearest_to(code) for code in unknown_codes}
    hints = {
        code: f"; the nearest are {', '.join(names)}" if names else ""
        for code, names in nearest.items()
    }
    return rows.assign(
        _hint=[hints[code] for code in codes],
        nearest=as_objects(nearest[code] for code in codes),
    )
