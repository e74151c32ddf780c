"""One run of every detector over one stock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.core.memory import paused_collector
from stockwarden.detection.detector import Detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluation_scope import Stocks, evaluate_detector
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
    """Runs the detectors under a user's settings (by code; the defaults where there is none).

    The same stock and settings give the same findings in the same order. Raises `Invalid` for
    settings of an unknown rule or outside their bounds, before anything runs. A detector that
    fails ends the run with its own error: an inventory half judged would look like a good one.
    """
    chosen = settings or {}
    unknown = sorted(chosen.keys() - {detector.code for detector in detectors})
    if unknown:
        raise Invalid(
            f"There is no rule {unknown[0]!r}.",
            [FieldError(f"/{code}", f"There is no rule {code!r}.") for code in unknown],
        )
    plan = []
    for detector in detectors:
        own = chosen.get(detector.code, RuleSettings())
        plan.append((detector, own, detector.read_parameters(own.parameters)))
    stocks = Stocks(stock)
    findings: list[Finding] = []
    coverage: list[RuleCoverage] = []
    with paused_collector():
        for detector, own, parameters in plan:
            if not own.enabled:
                coverage.append(RuleCoverage(detector.code, "disabled"))
                continue
            started = perf_counter()
            found, covered = _run(detector, stocks, parameters, own)
            spent = (perf_counter() - started) * 1000
            findings += found
            coverage.append(replace(covered, milliseconds=spent))
    findings.sort(key=lambda finding: finding.priority.rank)
    return Evaluation(findings, coverage)


def _run(
    detector: Detector, stocks: Stocks, parameters: Mapping[str, Value], own: RuleSettings
) -> tuple[list[Finding], RuleCoverage]:
    judgement = evaluate_detector(detector, stocks, parameters, own.scope)
    if judgement.lacks:
        return [], RuleCoverage(detector.code, "not_evaluated", needs=judgement.lacks)
    findings = findings_of(detector, judgement.stock, judgement.rows, parameters, own.priority)
    covered = RuleCoverage(
        detector.code,
        "evaluated",
        rows_judged=int(np.count_nonzero(judgement.judged)),
        rows_skipped=judgement.skipped,
        anomalies=len(findings),
    )
    return findings, covered
