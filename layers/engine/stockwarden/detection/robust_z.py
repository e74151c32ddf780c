"""Robust z-scores: the distance from the usual value, little affected by outliers.

score = 0.6745 * (value - median) / MAD, with MAD the median of the absolute deviations from the
median (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

MINIMUM = 5
TOO_FEW = f"fewer than {MINIMUM} to compare with"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """One entry per value. `too_few` marks values with less than `MINIMUM` in their group;
    `spread` is the median of the absolute deviations in its group."""

    score: Floats
    median: Floats
    spread: Floats
    too_few: npt.NDArray[np.bool_]


def robust_scores(
    values: Floats, groups: npt.NDArray[np.integer], spread_of_equals: Callable[[Floats], Floats]
) -> Scores:
    """Scores of the values within their groups; NaN for a NaN, an unknown group (-1), too few.

    Where more than half of a group are equal the MAD is about 0 and useless: `spread_of_equals`
    gives, from the median, the least deviation to divide by.
    """
    known = pd.Series(np.where(groups >= 0, values, np.nan))
    grouped = known.groupby(groups)
    median = grouped.transform("median").to_numpy()
    too_few = (grouped.transform("count") < MINIMUM).to_numpy() & known.notna().to_numpy()
    deviation = known - median
    spread = deviation.abs().groupby(groups).transform("median").to_numpy()
    divisor = np.maximum(spread, spread_of_equals(median))
    with np.errstate(divide="ignore", invalid="ignore"):
        score = 0.6745 * deviation.to_numpy() / divisor
    return Scores(np.where(too_few, np.nan, score), median, spread, too_few)
