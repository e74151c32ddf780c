"""Runs all detectors over a stock: findings and coverage."""

from collections.abc import Collection, Mapping, Sequence
from time import perf_counter

import numpy as np

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.core.memory import paused_collector
from stockwarden.detection.detector import Detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluation_scope import (
    Evaluated,
    Stocks,
    evaluate_detector,
    without_told,
)
from stockwarden.detection.evidence import findings_of
from stockwarden.detection.finding import Evaluation, Finding, FloodSize, RuleCoverage
from stockwarden.detection.flood import Flood, IsSuppressed, find_flood
from stockwarden.detection.flood_finding import flood_finding
from stockwarden.detection.parameters import Value
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock

__all__ = ["Evaluation", "Finding", "RuleCoverage", "evaluate"]


def evaluate(
    stock: Stock,
    settings: Mapping[str, RuleSettings] | None = None,
    detectors: Sequence[Detector] = DETECTORS,
    *,
    single: Collection[str] = (),
    is_suppressed: IsSuppressed | None = None,
) -> Evaluation:
    """Runs the detectors with `settings` by rule code (the defaults where there are none).

    A rule that flags most of what it judges is told as one finding (see `flood.py`), except the
    rules of `single`. Subjects that `is_suppressed` are no part of it: their findings are among
    the others.

    The same stock and settings give the same findings in the same order. Raises `Invalid` for
    settings of an unknown rule or outside their bounds, before anything runs. The error of a
    detector ends the run: a partial evaluation would look like a good inventory.
    """
    settings_by_code = settings or {}
    unknown = sorted(settings_by_code.keys() - {detector.code for detector in detectors})
    if unknown:
        raise Invalid(
            f"There is no rule {unknown[0]!r}.",
            [FieldError(f"/{code}", f"There is no rule {code!r}.") for code in unknown],
        )
    plan = []
    for detector in detectors:
        rule_settings = settings_by_code.get(detector.code, RuleSettings())
        plan.append((detector, rule_settings, detector.read_parameters(rule_settings.parameters)))
    stocks = Stocks(stock)
    findings: list[Finding] = []
    coverage: list[RuleCoverage] = []
    floods: dict[str, Flood] = {}
    preferred = {code for detector in detectors for code in detector.yields_to}
    told: dict[str, frozenset[str]] = {}
    with paused_collector():
        for detector, rule_settings, parameters in plan:
            if not rule_settings.enabled:
                coverage.append(RuleCoverage(detector.code, "disabled"))
                continue
            started = perf_counter()
            evaluated = evaluate_detector(detector, stocks, parameters, rule_settings.scope)
            if evaluated.missing_inputs:
                missing = evaluated.missing_inputs
                coverage.append(RuleCoverage(detector.code, "not_evaluated", needs=missing))
                continue
            if detector.yields_to:
                evaluated = without_told(detector, evaluated, told)
            if detector.code in preferred:
                told[detector.code] = frozenset(evaluated.subjects(detector))
            flood = None
            if detector.code not in single:
                flood = find_flood(detector, evaluated, is_suppressed)
            if flood:
                floods[detector.code] = flood
            rule_findings = _findings(detector, evaluated, flood, parameters, rule_settings)
            findings += rule_findings
            coverage.append(
                RuleCoverage(
                    detector.code,
                    "evaluated",
                    rows_judged=int(np.count_nonzero(evaluated.judged)),
                    rows_skipped=evaluated.skipped,
                    anomalies=len(rule_findings),
                    flood=FloodSize(flood.size, flood.judged) if flood else None,
                    questions=evaluated.questions(),
                    milliseconds=(perf_counter() - started) * 1000,
                )
            )
    findings.sort(key=lambda finding: finding.priority.rank)
    return Evaluation(findings, coverage, floods)


def _findings(
    detector: Detector,
    evaluated: Evaluated,
    flood: Flood | None,
    parameters: Mapping[str, Value],
    settings: RuleSettings,
) -> list[Finding]:
    """The flood, if there is one, then a finding for each subject that is not in it."""
    rows, priority = evaluated.rows, settings.priority
    told = []
    if flood:
        told.append(flood_finding(detector, evaluated, flood, priority))
        rows = rows[~flood.rows_in(detector, evaluated)]
    if evaluated.explain and not rows.empty:
        rows = evaluated.explain(rows)
    return [*told, *findings_of(detector, evaluated.stock, rows, parameters, priority)]
