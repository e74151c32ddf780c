"""Quantities far from what a product usually has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="quantity-outlier",
    title="Unusual quantity",
    priority=Priority.LOW,
    needs={"pallet_id", "quantity"},
    subject="pallet",
    message="{pallet_id} holds {quantity:g} of {product}; {typical:g} is usual (score {score:.1f}, "
    "limit {max_score:g}).",
    limits={"max_score": Bounds(2, 10)},
    shows=("location", "product_code", "description", "unit"),
)
def quantity_outlier(stock: Stock, *, max_score: float = 3.5) -> Verdict:
    """A quantity far from the usual one of its product is a typing error or a mixed pallet.

    The score is the robust z-score of the quantity within its product and unit (see `robust.py`),
    in either direction. The product is the product_code, else the description.
    """
    import numpy as np

    from stockwarden.detection.robust import TOO_FEW, robust_scores

    fields = [field for field in ("product_code", "description") if stock.has(field)]
    if not fields:
        return Verdict(stock.frame[:0], lacks=("product_code or description",))
    product, names = np.full(len(stock.frame), -1), [""]
    for field in fields:
        codes = stock.codes(field)
        product = np.where((product < 0) & (codes.index >= 0), codes.index + len(names), product)
        names += codes.names
    group = product
    if stock.has("unit"):
        units = stock.codes("unit")
        group = np.where(product < 0, -1, product * (len(units.names) + 1) + units.index + 1)
    quantity = stock.frame.quantity.to_numpy()
    positive = np.where(quantity > 0, quantity, np.nan)
    scores = robust_scores(positive, group, lambda median: median * 0.05)
    unusual = np.abs(scores.score) > max_score
    return Verdict(
        stock.frame[unusual].assign(
            product=[names[at] for at in product[unusual].tolist()],
            typical=scores.median[unusual],
            score=scores.score[unusual],
        ),
        skipped={
            "product unknown": product < 0,
            "quantity not more than zero": ~(quantity > 0),
            TOO_FEW: scores.too_few,
        },
    )
