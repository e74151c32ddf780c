"""Detector of quantities in a unit that measures something else than the item's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="unit-mismatch",
    title="Unit does not fit the product",
    priority=Priority.MEDIUM,
    needs={"unit", "product", "catalog", "item"},
    subject="product",
    message="{subject} is given in {unit}, which measures {measured}; the catalog keeps it in "
    "{item_unit}, which measures {item_measured}.",
    cost=CostBasis(minutes=10),
    flood_cause="The column may not be the unit of the quantity.",
    shows=("product_code", "gtin", "description", "quantity"),
    required_coverage="file",
)
def unit_mismatch(stock: Stock) -> Verdict:
    """Twelve pieces that are booked as twelve kilograms make every figure of the product wrong.

    One anomaly for each product. A unit fits if it is the item's or converts into it, as grams do
    into kilograms: packs are counted, as pieces are. Units that the catalog does not have, such as
    CTN or PAL, are not judged: nobody knows what they hold.
    """
    import numpy as np

    from stockwarden.detection.unit_words import unit_code

    goods, units = stock.goods, stock.codes("unit")
    measures = goods.catalog.dimensions
    of_row = units.broadcast(
        np.array([measures.get(unit_code(text), "") for text in units.values], dtype=object), ""
    )
    own_unit = goods.facts(lambda item: item.unit, missing="")
    of_item = goods.facts(lambda item: measures.get(item.unit, ""), missing="")
    unknown = (of_row == "") | (of_item == "")
    differs = (of_row != of_item) & ~unknown
    return Verdict(
        stock.frame[differs].assign(
            measured=of_row[differs], item_unit=own_unit[differs], item_measured=of_item[differs]
        ),
        skipped={"unit not in the catalog": unknown},
    )
