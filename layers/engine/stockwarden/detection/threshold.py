"""Thresholds of rules, and curves: the anomaly counts of a rule for every threshold.

A detector that declares a `Threshold` evaluates each row by a number, its *critical value*: the row
is an anomaly where that is above (at least, below) the limit. So one pass over the stock suffices
for every limit: a subject is an anomaly by its worst row, and a `Curve` holds the counts for all
limits from the lowest to the highest in small steps. This module imports no pandas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from stockwarden.detection.parameters import Bounds, Parameter

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

Passes = Literal["above", "at least", "below"]


@dataclass(frozen=True)
class Threshold:
    """`critical(stock, **other parameters)` returns one number per row of `stock.frame`, NaN where
    no limit would make the row an anomaly. The detector must compare the same number.

    `step` is between the limits of a curve, `unit` is `share` for parts of one. `words` end the
    sentence "95 % of 480 pallets …", for those that are no anomalies: `"had waited for {limit:g} h
    or less"`; `percent` is 100 limits.
    """

    parameter: str
    passes: Passes
    step: float
    unit: str
    words: str
    critical: "Callable[..., npt.NDArray[np.float64] | pd.Series[Any]]"

    def grid(self, parameters: tuple[Parameter, ...]) -> tuple[float, ...]:
        """Every limit of the curve, from the lowest bound to the highest."""
        bounds = self.bounds(parameters)
        return steps(bounds.minimum, bounds.maximum, self.step)

    def bounds(self, parameters: tuple[Parameter, ...]) -> Bounds:
        (constraint,) = (
            parameter.constraint for parameter in parameters if parameter.name == self.parameter
        )
        if not isinstance(constraint, Bounds):
            raise TypeError(f"{self.parameter} is no number")
        return constraint


@cache
def steps(minimum: float, maximum: float, step: float) -> tuple[float, ...]:
    """Numbers from minimum to maximum, in decimal arithmetic: 0.5 + 3 x 0.01 is 0.53."""
    low, increment = Decimal(str(minimum)), Decimal(str(step))
    count = int((Decimal(str(maximum)) - low) / increment)
    return tuple(float(low + increment * index) for index in range(count + 1))


@dataclass(frozen=True)
class Curve:
    """The anomalies of one rule in one stock, for every limit.

    `counts` belong to `limits`, in order; `anomalies` to `threshold`, the limit in force.
    `population` are the subjects that have a critical value. `basis` are the rule's other
    settings: curves of different bases do not compare. `needs` says why there are no counts.
    """

    rule: str
    limits: tuple[float, ...]
    counts: tuple[int, ...]
    population: int
    threshold: float
    anomalies: int
    basis: Mapping[str, Any]
    needs: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """JSON-able. The limits are not in it: `from_document` is told them."""
        return {
            "counts": list(self.counts),
            "population": self.population,
            "limit": self.threshold,
            "anomalies": self.anomalies,
            "basis": dict(self.basis),
            "needs": list(self.needs),
            "steps": len(self.limits),
        }

    @classmethod
    def from_document(
        cls, rule: str, document: Mapping[str, Any], limits: tuple[float, ...]
    ) -> "Curve | None":
        """The curve; None if it has other limits, because the bounds have changed since."""
        if document["steps"] != len(limits):
            return None
        return cls(
            rule,
            limits,
            tuple(document["counts"]),
            document["population"],
            document["limit"],
            document["anomalies"],
            document["basis"],
            tuple(document["needs"]),
        )
