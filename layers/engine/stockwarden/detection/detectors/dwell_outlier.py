"""Detector of pallets with an unusually long dwell for their location type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

if TYPE_CHECKING:
    from stockwarden.detection.robust_z import Floats, Scores
    from stockwarden.detection.stock import Stock


def score(stock: Stock) -> Floats:
    return _scores(stock).score


def _scores(stock: Stock) -> Scores:
    import numpy as np

    from stockwarden.detection.robust_z import robust_scores

    hours = stock.frame.dwell_hours.to_numpy()
    logs = np.log(np.maximum(np.where(hours < 0, np.nan, hours), 1.0))
    types = stock.frame.location_type.cat.codes.to_numpy()
    return robust_scores(logs, types, lambda median: np.full_like(median, 0.25))


@detector(
    code="dwell-outlier",
    title="Unusual dwell",
    priority=Priority.LOW,
    needs={"location", "creation_date", "known_type"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has been in {location} for {dwell_hours:hours}; in {location_type} "
    "{typical_hours:hours} is usual (score {score:.1f}, limit {max_score:g}).",
    cost=CostBasis(minutes=10, hours="dwell_hours"),
    limits={"max_score": Bounds(2, 10)},
    about={"max_score": "How unusual a dwell may be; 3.5 is the customary limit."},
    threshold=Threshold("max_score", "above", 0.1, "", "had a score of {limit:g} or less", score),
    shows=("last_movement_date",),
    required_coverage="file",
    yields_to=(
        "stagnant-pallet",
        "stuck-in-transit",
        "quarantine-dwell",
        "shipping-dwell",
        "dock-dwell",
        "staging-dwell",
    ),
)
def dwell_outlier(stock: Stock, *, max_score: float = 3.5) -> Verdict:
    """What stays far longer than its neighbours is dead stock, blocked, or not there at all.

    The score is the robust z-score (by median and median deviation) of the logarithm of the dwell
    within the location type; only long dwells count, and less than an hour counts as one. The time
    counts from the last movement where the file has it, else from creation. Pallets that a rule
    with a limit in hours has found are left to that rule.
    """
    import numpy as np

    from stockwarden.detection.robust_z import TOO_FEW

    hours = stock.frame.dwell_hours.to_numpy()
    scores = _scores(stock)
    unusual = scores.score > max_score
    rows = stock.frame[unusual]
    return Verdict(
        rows.assign(typical_hours=np.exp(scores.median[unusual]), score=scores.score[unusual]),
        skipped={"created after the inventory": hours < 0, TOO_FEW: scores.too_few},
    )
