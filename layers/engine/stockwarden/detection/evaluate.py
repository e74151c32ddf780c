"""Runs all detectors over a stock: findings and coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.core.memory import paused_collector
from stockwarden.detection.detector import Detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluation_scope import Stocks, evaluate_detector, without_told
from stockwarden.detection.evidence import findings_of
from stockwarden.detection.finding import Evaluation, Finding, RuleCoverage
from stockwarden.detection.parameters import Value
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock

__all__ = ["Evaluation", "Finding", "RuleCoverage", "evaluate"]


def evaluate(
    stock: Stock,
    settings: Mapping[str, RuleSettings] | None = None,
    detectors: Sequence[Detector] = DETECTORS,
) -> Evaluation:
    """Runs the detectors with `settings` by rule code (the defaults where there are none).

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
    preferred = {code for detector in detectors for code in detector.yields_to}
    told: dict[str, frozenset[str]] = {}
    with paused_collector():
        for detector, rule_settings, parameters in plan:
            if not rule_settings.enabled:
                coverage.append(RuleCoverage(detector.code, "disabled"))
                continue
            started = perf_counter()
            rule_findings, rule_coverage = _run(detector, stocks, parameters, rule_settings, told)
            if detector.code in preferred:
                told[detector.code] = frozenset(finding.subject_id for finding in rule_findings)
            milliseconds = (perf_counter() - started) * 1000
            findings += rule_findings
            coverage.append(replace(rule_coverage, milliseconds=milliseconds))
    findings.sort(key=lambda finding: finding.priority.rank)
    return Evaluation(findings, coverage)


def _run(
    detector: Detector,
    stocks: Stocks,
    parameters: Mapping[str, Value],
    settings: RuleSettings,
    told: Mapping[str, frozenset[str]],
) -> tuple[list[Finding], RuleCoverage]:
    evaluated = evaluate_detector(detector, stocks, parameters, settings.scope)
    if evaluated.missing_inputs:
        return [], RuleCoverage(detector.code, "not_evaluated", needs=evaluated.missing_inputs)
    if detector.yields_to:
        evaluated = without_told(detector, evaluated, told)
    findings = findings_of(detector, evaluated.stock, evaluated.rows, parameters, settings.priority)
    coverage = RuleCoverage(
        detector.code,
        "evaluated",
        rows_judged=int(np.count_nonzero(evaluated.judged)),
        rows_skipped=evaluated.skipped,
        anomalies=len(findings),
    )
    return findings, coverage
