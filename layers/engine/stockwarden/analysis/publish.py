"""The end of an analysis: compare with the snapshot before, write, show, follow up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.analysis.departures import DepartureService, left_item
from stockwarden.anomalies import keys
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.calibration.store import StockStore
from stockwarden.core.deadline import Deadline
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.reports.attempts import Attempt, RetryLater, Stale
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.repository import StoredReport
from stockwarden.snapshots.comparison_service import ComparedReport, ComparisonService
from stockwarden.snapshots.scope import ScopeClaim
from stockwarden.snapshots.settling import SettlingService
from stockwarden.snapshots.shown import ShownSnapshot
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation

_TRIES = 8


@dataclass(frozen=True)
class AnalysisResult:
    """What an analysis found; `documents` gives the findings as they are stored, most urgent
    first, as often as it is called. `suppressed` are fingerprints that `evaluation` lacks.

    `claim` is what somebody has said that the file is, `part_below` the warehouse's limit.
    """

    stock: Stock
    evaluation: Evaluation
    settings: Mapping[str, RuleSettings]
    suppressed: frozenset[str]
    claim: ScopeClaim | None
    part_below: float
    documents: Callable[[], Iterable[Mapping[str, Any]]]


class Publisher:
    def __init__(
        self,
        *,
        jobs: JobRepository,
        generations: ResultSets,
        comparing: ComparisonService,
        departures: DepartureService,
        settling: SettlingService,
        kept: StockStore,
    ) -> None:
        self.kept = kept
        self.jobs = jobs
        self.generations = generations
        self.comparing = comparing
        self.departures = departures
        self.settling = settling

    def show(
        self, attempt: Attempt, found: AnalysisResult, detail: Mapping[str, Any], *others: Operation
    ) -> Mapping[str, int]:
        """Answers the anomalies by rule; `others` are written with it. Raises as `Jobs.show`,
        ScopeUnclear where somebody has to say first what the file is, and Invalid.

        What another analysis of the warehouse shows meanwhile, or what people do to the snapshot
        before, is not lost: then all is compared and written again.
        """
        for _ in range(_TRIES):
            try:
                return self._show(attempt, found, detail, *others)
            except Stale:
                continue
        raise RetryLater

    def finish(self, stored: StoredReport, deadline: Deadline) -> None:
        """What is left to do once a generation is shown. May be repeated; raises Postponed."""
        # First: it needs what a generation kept that is discarded then.
        self.departures.settle_moved(stored.left, deadline)
        generation, warehouse_id = (
            stored.summary.get(name) for name in ("generation", "warehouse_id")
        )
        if generation and warehouse_id:
            self.settling.arrive(ShownSnapshot(stored.id, generation, warehouse_id), deadline)
        self.generations.discard_superseded(
            stored.id, kept=lambda: self.departures.needed_generation(stored.id)
        )

    def _show(
        self, attempt: Attempt, found: AnalysisResult, detail: Mapping[str, Any], *others: Operation
    ) -> Mapping[str, int]:
        stock, evaluation = found.stock, found.evaluation
        summary, generation = attempt.stored.summary, attempt.generation
        subject = replace(subject_of(summary), claim=found.claim, part_below=found.part_below)
        prepared = self.comparing.prepare(
            subject, stock, evaluation, found.settings, found.suppressed
        )
        counts = self.generations.write_generation(
            attempt.report_id, generation, found.documents(), prepared.carried
        )
        self.kept.keep(attempt.report_id, generation, stock, found.settings)
        self.comparing.keep(prepared, generation, stock, evaluation)
        shown = self.generations.show_operations(
            attempt.report_id,
            generation,
            counts,
            owner=summary["owner"],
            listed=summary["listed"],
            warehouse_id=summary.get("warehouse_id"),
            superseded=prepared.superseded,
            under=prepared.under,
        )
        compared = self.comparing.show_operations(prepared, generation, stock, evaluation, counts)
        left = attempt.stored.departing
        if left:
            shown += self._leave_operations(left, summary)
            compared += self.comparing.forget(subject_of(left))
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
        gone = self.generations.unlist_operations(summary["listed"], before, after)
        if left.get("warehouse_id"):
            gone.append(self.jobs.table.put(left_item(left)))
        return gone


def subject_of(summary: Item) -> ComparedReport:
    """`summary` may be a tombstone."""
    shown = summary.get("as_of") if summary.get("generation") else None
    return ComparedReport(summary["id"], summary.get("warehouse_id"), summary["created_at"], shown)
