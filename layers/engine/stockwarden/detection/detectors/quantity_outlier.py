"""Detector of quantities that are unusual for their product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from stockwarden.detection.robust_z import Floats, Scores
    from stockwarden.detection.stock import Stock

_PRODUCT = ("product_code", "description")


# A pallet of two, three or four usual quantities is stacked, not mistyped.
_STACKED = 4
# A product has a usual quantity if half of its quantities are this near to it.
_NEAR = 0.15


def score(stock: Stock, *, both_directions: int) -> Floats:
    return _distance(stock, _scores(stock), both_directions)


def _distance(stock: Stock, scores: Scores, both_directions: int) -> Floats:
    """How unusual each quantity is in the directions that count; NaN for multiples of a pack."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        packs = stock.frame.quantity.to_numpy() / scores.median
    stacked = np.isclose(packs, np.round(packs), rtol=0, atol=1e-9) & (packs <= _STACKED)
    distance = abs(scores.score) if both_directions else scores.score
    return np.where((stacked & (packs > 1)) | _varies(scores), np.nan, distance)


def _varies(scores: Scores) -> npt.NDArray[np.bool_]:
    """Mask of the rows whose product has no usual quantity."""
    varies: npt.NDArray[np.bool_] = ~scores.too_few & (scores.spread > _NEAR * scores.median)
    return varies


def _scores(stock: Stock) -> Scores:
    import numpy as np

    from stockwarden.detection.robust_z import robust_scores

    group = stock.products.index
    if stock.has("unit"):
        units = stock.codes("unit")
        group = np.where(group < 0, -1, group * (len(units.values) + 1) + units.index + 1)
    quantity = stock.frame.quantity.to_numpy()
    of_pallet = stock.pallets.index >= 0
    positive = np.where(of_pallet & (quantity > 0), quantity, np.nan)
    return robust_scores(positive, group, lambda median: median * 0.05)


@detector(
    code="quantity-outlier",
    title="Unusual quantity",
    priority=Priority.LOW,
    needs={"pallet_id", "quantity"},
    subject="pallet",
    message="{pallet_id} holds {quantity:g} of {product}; {typical:g} is usual (score {score:.1f}, "
    "limit {max_score:g}).",
    cost=CostBasis(minutes=10),
    limits={"max_score": Bounds(2, 10), "both_directions": Bounds(0, 1)},
    about={
        "max_score": "How unusual a quantity may be; 3.5 is the customary limit.",
        "both_directions": "1 reports unusually small quantities, too; 0 only large ones.",
    },
    threshold=Threshold("max_score", "above", 0.1, "", "had a score of {limit:g} or less", score),
    shows=("location", "product_code", "description", "unit"),
    required_coverage="file",
)
def quantity_outlier(stock: Stock, *, max_score: float = 3.5, both_directions: int = 0) -> Verdict:
    """A quantity far above the usual one of its product is a typing error or another unit.

    The score is the robust z-score (by median and median deviation) of the quantity within its
    product and unit. Part pallets are normal, so small quantities count only if asked for, and so
    are two to four times the usual quantity, exactly. A product whose quantities vary has no usual
    one, and is skipped. The product is the product_code, else the
    description.
    Pallets are judged, and no stock lines: a pallet has a usual quantity, while a picking bin may
    hold one piece and the reserve of the same product five hundred.
    """
    from stockwarden.detection.robust_z import TOO_FEW

    if not any(map(stock.has, _PRODUCT)):
        return Verdict(stock.frame[:0], missing_inputs=(" or ".join(_PRODUCT),))
    scores = _scores(stock)
    products = stock.products
    unusual = _distance(stock, scores, both_directions) > max_score
    quantity = stock.frame.quantity.to_numpy()
    return Verdict(
        stock.frame[unusual].assign(
            product=[products.values[index] for index in products.index[unusual].tolist()],
            typical=scores.median[unusual],
            score=scores.score[unusual],
        ),
        skipped={
            "product unknown": products.index < 0,
            "quantity not more than zero": ~(quantity > 0),
            TOO_FEW: scores.too_few,
            "no usual quantity": _varies(scores),
        },
    )
