"""Detector of goods whose item is archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.catalog_items import ARCHIVED
from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="inactive-product",
    title="Archived product in stock",
    priority=Priority.LOW,
    needs={"product", "catalog", "item"},
    subject="product",
    message="{subject} ({item_name}) is archived in the catalog, and still in stock.",
    cost=CostBasis(minutes=10),
    flood_cause="The items may have been archived by mistake.",
    shows=("product_code", "gtin", "description", "quantity"),
    required_coverage="file",
)
def inactive_product(stock: Stock) -> pd.DataFrame:
    """What is no longer sold takes up places until somebody returns, sells off or scraps it.

    One anomaly for each product. Rows with a quantity of zero or less are no stock.
    """
    archived = stock.goods.mask(lambda item: item.status == ARCHIVED)
    if stock.has("quantity"):
        archived &= ~(stock.frame.quantity.to_numpy() <= 0)
    rows = stock.frame[archived]
    names = stock.goods.facts(lambda item: item.name, missing=None)
    return rows.assign(item_name=names[archived])
