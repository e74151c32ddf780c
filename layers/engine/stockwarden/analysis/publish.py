"""Publishes the result of an analysis, after comparing it with the previous snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.analysis.departures import DepartureService
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.calibration.store import StockStore
from stockwarden.core.deadline import Deadline
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.reports.attempts import Attempt, RetryLater, Stale
from stockwarden.reports.job_endings import JobEndings
from stockwarden.reports.stored_report import StoredReport
from stockwarden.rules.pricing import Priced
from stockwarden.rules.suppression_filter import Suppressed
from stockwarden.snapshots.compared_report import ComparedReport
from stockwarden.snapshots.comparison_service import ComparisonService
from stockwarden.snapshots.scope import ScopeClaim
from stockwarden.snapshots.settling import SettlingService
from stockwarden.snapshots.shown import ShownSnapshot
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import Operation

_TRIES = 8


@dataclass(frozen=True)
class AnalysisResult:
    """The result of an analysis. `evaluation` excludes the findings that `suppressed` holds;
    `priced` has its findings with their costs, most urgent first.

    `claim` is what a person said about the file's scope, `part_below` the warehouse's limit for
    parts, `pinned_rules` the settings of every rule as stored with the report.
    """

    stock: Stock
    evaluation: Evaluation
    settings: Mapping[str, RuleSettings]
    suppressed: Suppressed
    claim: ScopeClaim | None
    part_below: float
    priced: Priced
    pinned_rules: Mapping[str, Any]


class Publisher:
    def __init__(
        self,
        *,
        endings: JobEndings,
        result_sets: ResultSets,
        comparisons: ComparisonService,
        departures: DepartureService,
        settling: SettlingService,
        stocks: StockStore,
    ) -> None:
        self.stocks = stocks
        self.endings = endings
        self.result_sets = result_sets
        self.comparisons = comparisons
        self.departures = departures
        self.settling = settling

    def publish(
        self,
        attempt: Attempt,
        result: AnalysisResult,
        detail: Mapping[str, Any],
        *operations: Operation,
    ) -> Mapping[str, int]:
        """Returns the number of anomalies by rule; `operations` are part of the same transaction.
        Raises as `JobEndings.show`, ScopeUnclear where a person has to state the file's scope
        first, and Invalid.

        Where another analysis of the warehouse, or people at work on the previous snapshot, change
        what was compared, everything is compared and written again.
        """
        return retried(
            lambda: self._publish(attempt, result, detail, *operations),
            on=Stale,
            tries=_TRIES,
            otherwise=RetryLater(),
        )

    def finish(self, stored: StoredReport, deadline: Deadline) -> None:
        """Completes the work after a generation is shown. May be repeated; raises Postponed."""
        # First, because it needs the files of a generation that is discarded below.
        self.departures.settle_moved(stored.left, deadline)
        generation, warehouse_id = (
            stored.summary.get(name) for name in ("generation", "warehouse_id")
        )
        if generation and warehouse_id:
            self.settling.settle_shown(ShownSnapshot(stored.id, generation, warehouse_id), deadline)
        self.result_sets.discard_superseded(
            stored.id, needed_generation=lambda: self.departures.needed_generation(stored.id)
        )

    def _publish(
        self,
        attempt: Attempt,
        result: AnalysisResult,
        detail: Mapping[str, Any],
        *operations: Operation,
    ) -> Mapping[str, int]:
        stock, evaluation = result.stock, result.evaluation
        summary, generation = attempt.stored.summary, attempt.generation
        report = replace(subject_of(summary), claim=result.claim, part_below=result.part_below)
        prepared = self.comparisons.prepare(
            report, stock, evaluation, result.settings, result.suppressed.fingerprints
        )
        counts = self.result_sets.write_generation(
            attempt.report_id, generation, result.priced.documents(), prepared.carried
        )
        self.stocks.save(attempt.report_id, generation, stock, result.settings)
        self.comparisons.save_files(prepared, generation, stock, evaluation)
        show_operations = self.result_sets.show_operations(
            attempt.report_id,
            generation,
            counts,
            owner=summary["owner"],
            listed=summary["listed"],
            warehouse_id=summary.get("warehouse_id"),
            superseded=prepared.superseded,
            under=prepared.under,
        )
        comparison_operations = self.comparisons.show_operations(
            prepared, generation, stock, evaluation, counts
        )
        departing = attempt.stored.departing
        if departing:
            show_operations += self._leave_operations(departing, summary)
            comparison_operations += self.comparisons.forget_operations(subject_of(departing))
        self.endings.show(
            attempt,
            {**detail, "comparison": prepared.facts(), "scope": prepared.scope},
            counts.total,
            len(stock.frame),
            *show_operations,
            *operations,
            comparison_operations=comparison_operations,
        )
        return counts.by_rule

    def _leave_operations(self, departing: Item, summary: Item) -> list[Operation]:
        """Unlists the report in the warehouse that it leaves, and records its departure."""
        if not departing.get("generation"):
            return []
        feeds_before, feeds_after = (
            keys.feeds(item["owner"], item.get("warehouse_id")) for item in (departing, summary)
        )
        operations = self.result_sets.unlist_operations(
            summary["listed"], feeds_before, feeds_after
        )
        if departing.get("warehouse_id"):
            operations.append(self.departures.record_operation(departing))
        return operations


def subject_of(summary: Item) -> ComparedReport:
    """The report to compare, from its summary or tombstone."""
    shown_as_of = summary.get("as_of") if summary.get("generation") else None
    return ComparedReport(
        summary["id"], summary.get("warehouse_id"), summary["created_at"], shown_as_of
    )
