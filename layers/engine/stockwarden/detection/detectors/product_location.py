"""Detector of products in locations that do not allow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="product-location",
    title="Product in the wrong location",
    priority=Priority.LOW,
    needs={"location", "description", "layout"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} ({description}) is in {location}, which is for {allowed} only.",
    tied_to_location=True,
    cost=CostBasis(minutes=8),
    flood_cause="The layout may allow too few goods.",
)
def product_location(stock: Stock) -> pd.DataFrame:
    """Goods away from their area are hard to find, and some may not stand beside others.

    A layout row without allowed_description takes everything.
    """
    import numpy as np

    descriptions = stock.codes("description")
    allowed = [row.allowed for row in stock.layout_rows]
    restricted = stock.mask_of_layout_rows([pattern is not None for pattern in allowed])
    rows = stock.frame[restricted & (descriptions.index >= 0)]
    pairs = rows.layout_row.to_numpy() * len(descriptions.values) + descriptions.index[rows.index]
    distinct, pair_of_row = np.unique(pairs, return_inverse=True)
    wrong = np.zeros(len(distinct), dtype=bool)
    for index, pair in enumerate(distinct.tolist()):
        row, description = divmod(pair, len(descriptions.values))
        pattern = allowed[row]
        name = descriptions.values[description]
        wrong[index] = pattern is not None and not pattern.matches_comparable(name)
    rows = rows[wrong[pair_of_row]]
    return rows.assign(
        allowed=[stock.layout_rows[row].allowed_description for row in rows.layout_row]
    )
