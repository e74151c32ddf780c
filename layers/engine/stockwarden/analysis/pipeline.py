"""The stages of an analysis: open the file, map its columns, read, evaluate, publish.

Nothing before `publish` is visible. The only module of the analysis that holds a whole file.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.analysis.catalog_step import CatalogStep
from stockwarden.analysis.context import AnalysisContext, ContextLoader
from stockwarden.analysis.mapping_step import MappingDecision, MappingStep
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.outcome import Outcome
from stockwarden.analysis.publish import AnalysisResult, Publisher
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.errors import NotFound, UnreadableFile
from stockwarden.core.memory import paused_collector
from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.as_of import resolve_as_of
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.reading import read_stock
from stockwarden.reports.attempts import Attempt
from stockwarden.reports.file_model import PreviewQuestion
from stockwarden.reports.job_endings import JobEndings
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.scopes import ask_scope, claim_of, statement_of
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES, preview_key
from stockwarden.rules.pricing import price
from stockwarden.rules.suppression_filter import ActiveSuppressions, suppress
from stockwarden.snapshots.scope import ScopeUnclear, SizeComparison
from stockwarden.storage.objects import Objects


@dataclass(frozen=True)
class OpenedFile:
    """A report's inventory file: the SHA-256 of its bytes (hex) and when S3 received it."""

    workbook: Workbook
    sha256: str
    uploaded_at: datetime


@dataclass(frozen=True)
class SnapshotRead:
    """The stock of a file at `as_of`, how the file was read, the source of `as_of`, and the facts
    about the catalog that was asked."""

    file: OpenedFile
    decision: MappingDecision
    inventory: Inventory
    stock: Stock
    as_of: datetime
    as_of_source: str
    catalog: Mapping[str, Any] | None

    @property
    def rows(self) -> int:
        return self.inventory.receipt.evaluated


class AnalysisPipeline:
    def __init__(
        self,
        *,
        jobs: JobRepository,
        endings: JobEndings,
        objects: Objects,
        result_sets: ResultSets,
        contexts: ContextLoader,
        mapping_step: MappingStep,
        catalog: CatalogStep,
        publisher: Publisher,
        notices: NoticeService,
        detectors: Sequence[Detector],
    ) -> None:
        self.jobs = jobs
        self.endings = endings
        self.objects = objects
        self.result_sets = result_sets
        self.contexts = contexts
        self.mapping_step = mapping_step
        self.catalog = catalog
        self.publisher = publisher
        self.notices = notices
        self.detectors = detectors

    @paused_collector()
    def analyze(self, attempt: Attempt) -> Outcome:
        """Raises Invalid, NotFound and TooLarge where the file or what it needs is at fault, and
        what `Publisher.publish` raises."""
        file = self._open(attempt)
        context = self.contexts.load(attempt.stored)
        self.jobs.report_progress(attempt, "mapping", 15)
        decision = self._map(attempt, file, context)
        if decision.question:
            kinds = [question.kind for question in decision.inspection.questions]
            return self._ask(attempt, decision.question, kinds)
        snapshot = self._read(attempt, file, decision, context)
        self.jobs.report_progress(attempt, "evaluating", 50, snapshot.rows)
        result = self._evaluate(attempt, snapshot, context)
        self.jobs.report_progress(attempt, "writing", 70, snapshot.rows)
        detail = _detail(attempt, snapshot, context, result)
        learned = self.mapping_step.learn(attempt.stored, decision, file.workbook)
        try:
            anomalies = self.publisher.publish(attempt, result, detail, *learned)
        except ScopeUnclear as unclear:
            return self._ask_scope(attempt, snapshot, context, unclear.sizes)
        return Outcome(attempt.report_id, "ready", snapshot.rows, anomalies)

    def _open(self, attempt: Attempt) -> OpenedFile:
        inventory_file = attempt.stored.inventory_file
        if inventory_file is None:
            raise NotFound("The report has no file.")
        data = self.objects.read(
            inventory_file.key, inventory_file.version_id, max_bytes=MAX_UPLOAD_BYTES
        )
        workbook = open_workbook(data, attempt.stored.summary["filename"])
        uploaded_at = datetime.fromisoformat(inventory_file.uploaded_at)
        return OpenedFile(workbook, hashlib.sha256(data).hexdigest(), uploaded_at)

    def _map(self, attempt: Attempt, file: OpenedFile, context: AnalysisContext) -> MappingDecision:
        """Maps the columns, and stores the preview for the person who answers its questions."""
        known_location = context.layout.knows if context.layout else None
        decision = self.mapping_step.decide(attempt.stored, file.workbook, known_location)
        self._keep_preview(attempt.report_id, decision)
        return decision

    def _read(
        self,
        attempt: Attempt,
        file: OpenedFile,
        decision: MappingDecision,
        context: AnalysisContext,
    ) -> SnapshotRead:
        resolved = resolve_as_of(
            attempt.stored.source.get("as_of"),
            file.workbook,
            file.uploaded_at,
            context.timezone,
            decision.inspection,
        )
        as_of = resolved.moment
        inventory = read_stock(
            file.workbook, decision.inspection, as_of=as_of, timezone=context.timezone
        )
        if unusable := inventory.receipt.why_unusable:
            raise UnreadableFile("no_rows", unusable)
        if resolved.note:
            inventory = replace(inventory, notes=(*inventory.notes, resolved.note))
        stock = Stock(inventory, context.layout, as_of)
        catalog = self.catalog.join(stock, (attempt.stored.detail or {}).get("catalog"))
        return SnapshotRead(file, decision, inventory, stock, as_of, resolved.source, catalog)

    def _evaluate(
        self, attempt: Attempt, snapshot: SnapshotRead, context: AnalysisContext
    ) -> AnalysisResult:
        settings = context.rules.settings([detector.code for detector in self.detectors])
        suppressions = ActiveSuppressions(
            context.suppressions, snapshot.as_of.astimezone(ZoneInfo(context.timezone)).date()
        )
        evaluation = evaluate(
            snapshot.stock,
            settings,
            self.detectors,
            single=attempt.stored.told_singly,
            is_suppressed=suppressions.are_suppressed,
        )
        suppressed = suppress(evaluation, suppressions)
        priced = price(suppressed.evaluation.findings, context.prices, self.detectors)
        return AnalysisResult(
            stock=snapshot.stock,
            evaluation=suppressed.evaluation,
            settings=settings,
            suppressed=suppressed,
            claim=claim_of(attempt.stored),
            part_below=context.part_below,
            priced=priced,
            pinned_rules=context.rules.pinned(self.detectors),
        )

    def _ask_scope(
        self,
        attempt: Attempt,
        snapshot: SnapshotRead,
        context: AnalysisContext,
        sizes: SizeComparison,
    ) -> Outcome:
        question = ask_scope(
            sizes,
            as_of=snapshot.as_of,
            warehouse_id=attempt.stored.summary["warehouse_id"],
            warehouse_name=context.warehouse_name,
        )
        self.result_sets.discard_attempts(attempt.report_id, attempt.job_id, attempt.number)
        self._keep_preview(attempt.report_id, snapshot.decision, question)
        return self._ask(attempt, question.detail, [question.kind])

    def _keep_preview(
        self, report_id: str, decision: MappingDecision, *questions: PreviewQuestion
    ) -> None:
        document = decision.preview()
        document["questions"] += [question.model_dump(mode="json") for question in questions]
        body = json.dumps(document, ensure_ascii=False).encode()
        self.objects.put(preview_key(report_id), body, "application/json")

    def _ask(self, attempt: Attempt, question: str, kinds: Sequence[str]) -> Outcome:
        self.endings.ask(attempt, question, kinds)
        self.notices.queue_notice(attempt.stored, attempt.job_id)
        return Outcome(attempt.report_id, "needs_mapping")


def _detail(
    attempt: Attempt, snapshot: SnapshotRead, context: AnalysisContext, result: AnalysisResult
) -> dict[str, Any]:
    """The inputs and facts of the analysis: the report's item DETAIL."""
    decision, inventory = snapshot.decision, snapshot.inventory
    inspection, coverage = decision.inspection, result.evaluation.coverage
    return {
        "sheet": inspection.sheet,
        "header_row": inspection.header_row,
        "column_mapping": dict(inspection.mapping),
        "date_order": inspection.date_order,
        "source_system": inspection.source_system,
        "number_format": inspection.number_format,
        "rows": inventory.receipt.to_document(),
        "notes": list(inventory.notes),
        "coverage": [covered.to_document() for covered in coverage],
        "suppressions": result.suppressed.to_document(),
        "sha256": snapshot.file.sha256,
        "as_of": snapshot.as_of.isoformat(),
        "as_of_source": snapshot.as_of_source,
        "timezone": context.timezone,
        "layout": context.layout_used,
        "catalog": snapshot.catalog,
        "rule_versions": context.rules.versions(
            covered.rule for covered in coverage if covered.status == "evaluated"
        ),
        "rules": result.pinned_rules,
        "single": sorted(attempt.stored.told_singly),
        "saved_mapping": decision.used,
        "scope_said": statement_of(attempt.stored),
        "costs": result.priced.total.to_document(),
        "prices": "own" if context.prices.set_here else "example",
    }
