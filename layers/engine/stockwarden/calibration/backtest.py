"""Backtests a rule with changed settings on the last snapshots of a warehouse. Loads pandas."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from stockwarden.calibration.model import (
    Backtest,
    BacktestRequest,
    Difference,
    LeftOut,
    ReportDifference,
)
from stockwarden.calibration.recent import Recent, RecentReports
from stockwarden.calibration.store import StockStore
from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Evaluated, Stocks, evaluate_detector
from stockwarden.detection.parameters import Value
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.detection.stored_stock import unpack
from stockwarden.identity.access import Caller
from stockwarden.rules.service import RuleService, check_names, view_of

SAMPLES = 5
# API Gateway's timeout is 29 seconds.
SECONDS = 20.0
_READERS = 8


class BacktestService:
    def __init__(self, rules: RuleService, stocks: StockStore, recent: RecentReports) -> None:
        self.rules = rules
        self.stocks = stocks
        self.recent = recent

    def run(self, caller: Caller, code: str, request: BacktestRequest) -> Backtest:
        """Raises NotFound for the rule or the warehouse, Invalid (with bounds) for the settings."""
        detector = self.rules.find_detector(code)
        before = self.rules.find_settings(caller, code, request.warehouse_id)
        after = _with_changes(detector, before, request)
        snapshots = self.recent.list_reports(request.warehouse_id, request.reports)
        trial = Trial(detector, before, after)
        reports: list[ReportDifference] = []
        left_out: list[LeftOut] = []
        deadline = time.monotonic() + SECONDS
        for snapshot, packed in self._packed(snapshots):
            if isinstance(packed, str):
                left_out.append(LeftOut(report_id=snapshot.report_id, reason=packed))
            elif time.monotonic() > deadline:
                reason = "There was no time left; ask for fewer reports."
                left_out.append(LeftOut(report_id=snapshot.report_id, reason=reason))
            else:
                reports.append(trial.run_on(snapshot, packed))
        return Backtest(
            rule=code,
            warehouse_id=request.warehouse_id,
            before=view_of(detector, before),
            after=view_of(detector, after),
            total=_total(reports),
            reports=reports,
            left_out=left_out,
        )

    def _packed(self, snapshots: Sequence[Recent]) -> Iterator[tuple[Recent, bytes | str]]:
        """Each snapshot with its packed stock, or the reason why it has none; read in parallel."""

        def read(snapshot: Recent) -> bytes | str:
            try:
                return self.stocks.packed_stock(snapshot.report_id, snapshot.generation)
            except NotFound:
                return "Its analysis kept no stock; analyze it again."
            except TooLarge as error:
                return error.detail

        with ThreadPoolExecutor(max_workers=_READERS) as pool:
            yield from zip(snapshots, pool.map(read, snapshots), strict=True)


class Trial:
    """Evaluates one rule under two settings on snapshots, and compares the subjects found."""

    def __init__(self, detector: Detector, before: RuleSettings, after: RuleSettings) -> None:
        self.detector = detector
        self.before = before
        self.after = after

    def run_on(self, snapshot: Recent, packed: bytes) -> ReportDifference:
        stocks = Stocks(unpack(packed))
        evaluated_before, evaluated_after = (
            self._evaluate(stocks, self.before),
            self._evaluate(stocks, self.after),
        )
        subjects_before = (
            set(evaluated_before.subjects(self.detector)) if self.before.enabled else set()
        )
        subjects_after = set(evaluated_after.subjects(self.detector))
        return ReportDifference(
            report_id=snapshot.report_id,
            report_name=snapshot.report_name,
            as_of=snapshot.as_of,
            status="not_evaluated" if evaluated_after.missing_inputs else "evaluated",
            needs=list(evaluated_after.missing_inputs),
            before=len(subjects_before),
            after=len(subjects_after),
            appear=len(subjects_after - subjects_before),
            vanish=len(subjects_before - subjects_after),
            stay=len(subjects_after & subjects_before),
            appeared=sorted(subjects_after - subjects_before)[:SAMPLES],
            vanished=sorted(subjects_before - subjects_after)[:SAMPLES],
        )

    def _evaluate(self, stocks: Stocks, settings: RuleSettings) -> Evaluated:
        parameters: Mapping[str, Value] = self.detector.read_parameters(settings.parameters)
        return evaluate_detector(self.detector, stocks, parameters, settings.scope)


def _with_changes(
    detector: Detector, before: RuleSettings, request: BacktestRequest
) -> RuleSettings:
    check_names(request.params, "/params")
    parameters = detector.read_parameters(request.params, "/params")
    changed_parameters = {name: parameters[name] for name in request.params}
    scope = before.scope
    if request.scope is not None:
        check_names(request.scope.model_dump(), "/scope")
        scope = Scope.read(request.scope.model_dump())
    return replace(
        before, enabled=True, parameters={**before.parameters, **changed_parameters}, scope=scope
    )


def _total(reports: Sequence[ReportDifference]) -> Difference:
    names = Difference.model_fields
    return Difference(**{name: sum(getattr(report, name) for report in reports) for name in names})
