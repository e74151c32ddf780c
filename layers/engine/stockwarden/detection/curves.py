"""Computes the curve of a rule: its anomaly counts for every limit, in one pass."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Stocks, evaluate_detector, without_told
from stockwarden.detection.rule_settings import RuleSettings, basis_of
from stockwarden.detection.stock import Stock
from stockwarden.detection.subjects import subject_codes
from stockwarden.detection.threshold import Curve, Passes, Threshold


def curves(
    stock: Stock, settings: Mapping[str, RuleSettings], detectors: Iterable[Detector]
) -> list[Curve]:
    """One curve per detector with a threshold, disabled ones included."""
    stocks = Stocks(stock)
    listed = list(detectors)
    preferred = {code for detector in listed for code in detector.yields_to}
    told: dict[str, list[str]] = {}
    drawn: list[Curve] = []
    for detector in listed:
        rule_settings = settings.get(detector.code, RuleSettings())
        if detector.threshold:
            drawn.append(_curve(detector, detector.threshold, stocks, rule_settings, told))
        if detector.code in preferred and rule_settings.enabled:
            parameters = detector.read_parameters(rule_settings.parameters)
            evaluated = evaluate_detector(detector, stocks, parameters, rule_settings.scope)
            told[detector.code] = evaluated.subjects(detector)
    return drawn


def _curve(
    detector: Detector,
    threshold: Threshold,
    stocks: Stocks,
    settings: RuleSettings,
    told: Mapping[str, list[str]],
) -> Curve:
    limits = threshold.grid(detector.parameters)
    basis = basis_of(detector, settings)
    parameters = detector.read_parameters(settings.parameters)
    evaluated = evaluate_detector(detector, stocks, parameters, settings.scope)
    in_force = parameters.pop(threshold.parameter)
    if not isinstance(in_force, (int, float)):
        raise TypeError(f"{threshold.parameter} is no number")
    if evaluated.missing_inputs:
        zeros = (0,) * len(limits)
        return Curve(detector.code, limits, zeros, 0, in_force, 0, basis, evaluated.missing_inputs)
    if detector.yields_to:
        evaluated = without_told(detector, evaluated, told)
    stock = evaluated.stock
    values = np.asarray(threshold.critical(stock, **parameters), dtype=np.float64)
    rows = evaluated.judged & ~np.isnan(values)
    codes = subject_codes(detector, stock)
    worst = _worst(codes.index[rows], values[rows], len(codes.values), threshold.passes)
    *counts, anomalies = _passing(worst, np.array([*limits, in_force]), threshold.passes).tolist()
    return Curve(detector.code, limits, tuple(counts), len(worst), in_force, anomalies, basis)


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
    has_value = np.zeros(size, dtype=bool)
    has_value[subjects] = True
    return np.sort(worst[has_value])


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
