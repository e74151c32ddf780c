"""The curve of a rule: its anomalies for every limit, from one pass over the stock."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Stocks, evaluate_detector
from stockwarden.detection.rule_settings import RuleSettings, basis_of
from stockwarden.detection.stock import Stock
from stockwarden.detection.threshold import Curve, Passes, Threshold


def curves(
    stock: Stock, settings: Mapping[str, RuleSettings], detectors: Iterable[Detector]
) -> list[Curve]:
    """One per detector with a threshold, also of those that are switched off."""
    stocks = Stocks(stock)
    return [
        _curve(detector, detector.threshold, stocks, settings.get(detector.code, RuleSettings()))
        for detector in detectors
        if detector.threshold
    ]


def _curve(detector: Detector, threshold: Threshold, stocks: Stocks, own: RuleSettings) -> Curve:
    limits = threshold.grid(detector.parameters)
    basis = basis_of(detector, own)
    parameters = detector.read_parameters(own.parameters)
    judgement = evaluate_detector(detector, stocks, parameters, own.scope)
    limit = parameters.pop(threshold.parameter)
    if not isinstance(limit, (int, float)):
        raise TypeError(f"{threshold.parameter} is no number")
    if judgement.lacks:
        none = (0,) * len(limits)
        return Curve(detector.code, limits, none, 0, limit, 0, basis, judgement.lacks)
    stock = judgement.stock
    values = np.asarray(threshold.critical(stock, **parameters), dtype=np.float64)
    rows = judgement.judged & ~np.isnan(values)
    codes = stock.pallets if detector.subject == "pallet" else stock.locations
    worst = _worst(codes.index[rows], values[rows], len(codes.names), threshold.passes)
    *counts, anomalies = _passing(worst, np.array([*limits, limit]), threshold.passes).tolist()
    return Curve(detector.code, limits, tuple(counts), len(worst), limit, anomalies, basis)


def _worst(
    subjects: npt.NDArray[np.int64], values: npt.NDArray[np.float64], size: int, passes: Passes
) -> npt.NDArray[np.float64]:
    """The critical value of each subject that has one, ascending."""
    if passes == "below":
        worst = np.full(size, np.inf)
        np.minimum.at(worst, subjects, values)
    else:
        worst = np.full(size, -np.inf)
        np.maximum.at(worst, subjects, values)
    seen = np.zeros(size, dtype=bool)
    seen[subjects] = True
    return np.sort(worst[seen])


def _passing(
    worst: npt.NDArray[np.float64], limits: npt.NDArray[np.float64], passes: Passes
) -> npt.NDArray[np.int64]:
    match passes:
        case "above":
            return len(worst) - np.searchsorted(worst, limits, side="right")
        case "at least":
            return len(worst) - np.searchsorted(worst, limits, side="left")
        case "below":
            return np.searchsorted(worst, limits, side="left")
