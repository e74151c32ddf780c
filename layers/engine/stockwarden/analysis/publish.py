"""Publishes the result of an analysis: compares it with the snapshot before and shows it."""

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
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.repository import StoredReport
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
    """What an analysis found. `evaluation` is without what `suppressed` took out of it, `priced`
    has its findings with their costs, most urgent first.

    `claim` is what somebody has said that the file is, `part_below` the warehouse's limit for
    parts, `pinned_rules` the settings of every rule as the report keeps them.
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
        jobs: JobRepository,
        result_sets: ResultSets,
        comparisons: ComparisonService,
        departures: DepartureService,
        settling: SettlingService,
        stocks: StockStore,
    ) -> None:
        self.stocks = stocks
        self.jobs = jobs
        self.result_sets = result_sets
        self.comparisons = comparisons
        self.departures = departures
        self.settling = settling

    def publish(
        self,
        attempt: Attempt,
        result: AnalysisResult,
        detail: Mapping[str, Any],
        *others: Operation,
    ) -> Mapping[str, int]:
        """Answers the anomalies by rule; `others` are written with it. Raises as `Jobs.show`,
        ScopeUnclear where somebody has to say first what the file is, and Invalid.

        What another analysis of the warehouse shows meanwhile, or what people do to the snapshot
        before, is not lost: then all is compared and written again.
        """
        return retried(
            lambda: self._publish(attempt, result, detail, *others),
            on=Stale,
            tries=_TRIES,
            otherwise=RetryLater(),
        )

    def finish(self, stored: StoredReport, deadline: Deadline) -> None:
        """What is left to do once a generation is shown. May be repeated; raises Postponed."""
        # First: it needs what a generation kept that is discarded then.
        self.departures.settle_moved(stored.left, deadline)
        generation, warehouse_id = (
            stored.summary.get(name) for name in ("generation", "warehouse_id")
        )
        if generation and warehouse_id:
            self.settling.arrive(ShownSnapshot(stored.id, generation, warehouse_id), deadline)
        self.result_sets.discard_superseded(
            stored.id, kept=lambda: self.departures.needed_generation(stored.id)
        )

    def _publish(
        self,
        attempt: Attempt,
        result: AnalysisResult,
        detail: Mapping[str, Any],
        *others: Operation,
    ) -> Mapping[str, int]:
        stock, evaluation = result.stock, result.evaluation
        summary, generation = attempt.stored.summary, attempt.generation
        subject = replace(subject_of(summary), claim=result.claim, part_below=result.part_below)
        prepared = self.comparisons.prepare(
            subject, stock, evaluation, result.settings, result.suppressed.fingerprints
        )
        counts = self.result_sets.write_generation(
            attempt.report_id, generation, result.priced.documents(), prepared.carried
        )
        self.stocks.keep(attempt.report_id, generation, stock, result.settings)
        self.comparisons.keep(prepared, generation, stock, evaluation)
        shown = self.result_sets.show_operations(
            attempt.report_id,
            generation,
            counts,
            owner=summary["owner"],
            listed=summary["listed"],
            warehouse_id=summary.get("warehouse_id"),
            superseded=prepared.superseded,
            under=prepared.under,
        )
        compared = self.comparisons.show_operations(prepared, generation, stock, evaluation, counts)
        left = attempt.stored.departing
        if left:
            shown += self._leave_operations(left, summary)
            compared += self.comparisons.forget(subject_of(left))
        self.jobs.show(
            attempt,
            {**detail, "comparison": prepared.facts(), "scope": prepared.scope},
            counts.total,
            len(stock.frame),
            *shown,
            *others,
            compared=compared,
        )
        return counts.by_rule

    def _leave_operations(self, left: Item, summary: Item) -> list[Operation]:
        """Out of the lists of the warehouse that the report leaves, which is to be settled."""
        if not left.get("generation"):
            return []
        before, after = (
            keys.feeds(one["owner"], one.get("warehouse_id")) for one in (left, summary)
        )
        gone = self.result_sets.unlist_operations(summary["listed"], before, after)
        if left.get("warehouse_id"):
            gone.append(self.departures.leave_operation(left))
        return gone


def subject_of(summary: Item) -> ComparedReport:
    """`summary` may be a tombstone."""
    shown = summary.get("as_of") if summary.get("generation") else None
    return ComparedReport(summary["id"], summary.get("warehouse_id"), summary["created_at"], shown)
