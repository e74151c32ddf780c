"""Detector of GTINs that belong to another item than the product code beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="gtin-sku-mismatch",
    title="GTIN of another product",
    priority=Priority.HIGH,
    needs={"product_code", "gtin", "catalog", "item"},
    subject="product",
    message="{subject} has the GTIN {number}, which is that of {other} ({other_name}).",
    cost=CostBasis(minutes=15, share=0.05),
    flood_cause="The columns may be of different lists.",
    shows=("description",),
    required_coverage="file",
)
def gtin_sku_mismatch(stock: Stock) -> Verdict:
    """Scanners go by the GTIN, and people by the code: one of them will pick the wrong goods.

    One anomaly for each product code. GTINs of 8, 12, 13 and 14 digits are compared as 14. A GTIN
    that no item of the catalog has may be that of a pack, and is not judged.
    """
    goods = stock.goods
    unknown_code, unknown_gtin = goods.by_code < 0, goods.by_gtin < 0
    differs = (goods.by_code != goods.by_gtin) & ~unknown_code & ~unknown_gtin
    others = [goods.items[position] for position in goods.by_gtin[differs].tolist()]
    rows = stock.frame[differs]
    return Verdict(
        rows.assign(
            number=rows.gtin,
            other=[item.sku for item in others],
            other_name=[item.name for item in others],
        ),
        skipped={
            "product not in the catalog": unknown_code,
            "GTIN not in the catalog": unknown_gtin,
        },
    )
