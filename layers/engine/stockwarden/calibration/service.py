"""What-if and suggestions for a rule's limit, from stored curves. Loads no pandas."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.calibration.model import Point, Suggestion, WhatIf
from stockwarden.calibration.recent import Recent, RecentReports
from stockwarden.calibration.store import StockStore
from stockwarden.calibration.suggestion import suggest
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.detection.detector import Detector
from stockwarden.detection.rule_settings import basis_of
from stockwarden.detection.threshold import Curve, Threshold
from stockwarden.identity.access import Caller
from stockwarden.rules.service import RuleService

SNAPSHOTS = 10


class CalibrationService:
    def __init__(
        self,
        rules: RuleService,
        detectors: Sequence[Detector],
        reports: ReportAccess,
        stocks: StockStore,
        recent: RecentReports,
    ) -> None:
        self.rules = rules
        self.detectors = detectors
        self.reports = reports
        self.stocks = stocks
        self.recent = recent

    def what_if(self, caller: Caller, report_id: str, code: str) -> WhatIf:
        """Raises NotFound for the report, Conflict before its analysis, Invalid for the rule."""
        report = self.reports.find(caller, report_id)
        detector, threshold = self._with_threshold(code, "/rule")
        if report.generation is None:
            raise Conflict("The report has not been analyzed yet.")
        try:
            curve = self.stocks.curves(report_id, report.generation).get(code)
        except NotFound:
            curve = None
        if curve is None:
            raise Conflict("This analysis kept no counts for this rule; analyze the report again.")
        counted = zip(curve.limits, curve.counts, strict=True)
        return WhatIf(
            report_id=report_id,
            rule=detector.code,
            parameter=threshold.parameter,
            unit=threshold.unit,
            passes=threshold.passes,
            status="not_evaluated" if curve.needs else "evaluated",
            needs=list(curve.needs),
            population=curve.population,
            current=Point(limit=curve.threshold, anomalies=curve.anomalies),
            points=[Point(limit=limit, anomalies=count) for limit, count in counted],
        )

    def suggestion(self, caller: Caller, code: str, warehouse_id: str) -> Suggestion:
        """Suggests a limit from the last snapshots that were evaluated with the settings in force,
        except for the limit."""
        settings = self.rules.find_settings(caller, code, warehouse_id)
        detector, threshold = self._with_threshold(code, "/code")
        limit = detector.read_parameters(settings.parameters)[threshold.parameter]
        if not isinstance(limit, (int, float)):
            raise TypeError(f"{threshold.parameter} is no number")
        basis = basis_of(detector, settings)
        curves = self._curves(code, self.recent.list_reports(warehouse_id, SNAPSHOTS))
        usable = [curve for curve in curves if curve.basis == basis and not curve.needs]
        return suggest(
            detector, threshold, warehouse_id, limit, usable, others=len(curves) - len(usable)
        )

    def _curves(self, code: str, recent: Sequence[Recent]) -> list[Curve]:
        def curve(snapshot: Recent) -> Curve | None:
            try:
                return self.stocks.curves(snapshot.report_id, snapshot.generation).get(code)
            except NotFound:
                return None

        with ThreadPoolExecutor(max_workers=SNAPSHOTS) as pool:
            return [loaded for loaded in pool.map(curve, recent) if loaded]

    def _with_threshold(self, code: str, pointer: str) -> tuple[Detector, Threshold]:
        for detector in self.detectors:
            if detector.code == code and detector.threshold:
                return detector, detector.threshold
        codes = ", ".join(detector.code for detector in self.detectors if detector.threshold)
        raise Invalid.field(pointer, f"This can be asked of rules with one number only: {codes}.")
