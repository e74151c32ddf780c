"""One analysis: read, inspect, evaluate, write, show. The only module of reports with pandas.

Everything up to `show` is invisible. A crash anywhere leaves the report as it was, and the next
attempt does it all again under a generation of its own.
"""

import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.analysis.context import AnalysisContext, ContextLoader
from stockwarden.analysis.mapping_step import MappingDecision, MappingStep
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.publish import AnalysisResult, Publisher
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.deadline import Deadline
from stockwarden.core.errors import Invalid, NotFound, TooLarge, UnreadableFile
from stockwarden.core.memory import paused_collector
from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.as_of import resolve_as_of
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inspection import Inspection
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.reading import read_stock
from stockwarden.reports.attempts import (
    RENEWAL_SECONDS,
    Attempt,
    AttemptsExhausted,
    LeaseLost,
    RetryLater,
)
from stockwarden.reports.file_model import PreviewQuestion
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.lease_renewal import renewed
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.scopes import ask_scope, claim_of, said_of
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES, preview_key
from stockwarden.rules.pricing import price
from stockwarden.rules.suppression_filter import suppress
from stockwarden.snapshots.scope import ScopeUnclear
from stockwarden.storage.objects import Objects

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How a message ended, for the log and the metrics. `anomalies` are counts by rule.

    `abandoned` tells a job that we could not do from one that its file does not allow.
    """

    report_id: str
    status: str
    rows: int = 0
    anomalies: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    abandoned: bool = False


class Analysis:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: JobRepository,
        objects: Objects,
        generations: ResultSets,
        grounds: ContextLoader,
        inspections: MappingStep,
        notices: NoticeService,
        showing: Publisher,
        detectors: Sequence[Detector],
    ) -> None:
        self.repository = repository
        self.jobs = jobs
        self.objects = objects
        self.generations = generations
        self.grounds = grounds
        self.inspections = inspections
        self.notices = notices
        self.showing = showing
        self.detectors = detectors

    def run(self, report_id: str, job_id: str, seconds: float) -> Outcome:
        """Do a job, in at most `seconds`. Raises Busy when it is to be tried again later."""
        started = time.perf_counter()
        found = self.repository.find(report_id)
        if found is None:
            logger.info("job of a deleted report", extra={"report_id": report_id})
            return Outcome(report_id, "skipped")
        stored = found.destined
        try:
            attempt = self.jobs.claim(stored, job_id, seconds)
        except LeaseLost:
            # Whoever holds the lease has a message of its own, and is looked after.
            logger.info("report is being analyzed", extra={"report_id": report_id})
            return Outcome(report_id, "skipped")
        except AttemptsExhausted as exhausted:
            return self._abandon(exhausted)
        if attempt is None:
            return Outcome(report_id, "skipped")
        with ExitStack() as crash:
            crash.callback(self.jobs.release, attempt)
            with renewed(lambda: self.jobs.renew(attempt), RENEWAL_SECONDS):
                try:
                    status, rows, anomalies = self._analyze(attempt)
                except (Invalid, NotFound, TooLarge) as error:
                    status, rows, anomalies = self._fail(attempt, error.detail)
                except LeaseLost:
                    crash.pop_all()
                    self._withdraw(attempt)
                    return Outcome(report_id, "overtaken")
                except RetryLater:
                    self._withdraw(attempt)
                    raise
            crash.pop_all()
        return Outcome(report_id, status, rows, anomalies, time.perf_counter() - started)

    def settle(self, report_id: str, deadline: Deadline) -> None:
        """What follows from an analysis that is shown. May be repeated; raises Postponed."""
        stored = self.repository.find(report_id)
        if stored:
            self.showing.finish(stored, deadline)

    @paused_collector()
    def _analyze(self, attempt: Attempt) -> tuple[str, int, Mapping[str, int]]:
        stored = attempt.stored
        source, inventory = stored.source, stored.source["inventory"]
        data = self.objects.read(
            inventory["key"], inventory["version_id"], max_bytes=MAX_UPLOAD_BYTES
        )
        sha256 = hashlib.sha256(data).hexdigest()
        workbook = open_workbook(data, stored.summary["filename"])
        del data
        ground = self.grounds.of(stored)
        self.jobs.progress(attempt, "mapping", 15)
        inspected = self._inspect(attempt, workbook, ground)
        if inspected.question:
            kinds = [question.kind for question in inspected.inspection.questions]
            return self._ask(attempt, inspected.question, kinds)
        inspection = inspected.inspection
        uploaded_at = datetime.fromisoformat(inventory["uploaded_at"])
        as_of, as_of_source = resolve_as_of(
            source.get("as_of"), workbook, uploaded_at, ground.timezone
        )
        intake = read_stock(workbook, inspection, as_of=as_of, timezone=ground.timezone)
        rows = intake.receipt.evaluated
        if unusable := intake.receipt.why_unusable:
            raise UnreadableFile("no_rows", unusable)
        self.jobs.progress(attempt, "evaluating", 50, rows)
        stock = Stock(intake, ground.layout, as_of)
        codes = [detector.code for detector in self.detectors]
        settings = ground.rules.settings(codes)
        suppressed = suppress(
            evaluate(stock, settings, self.detectors),
            ground.suppressions,
            as_of.astimezone(ZoneInfo(ground.timezone)).date(),
        )
        evaluation = suppressed.evaluation
        priced = price(evaluation.findings, ground.rates, self.detectors)
        self.jobs.progress(attempt, "writing", 70, rows)
        detail = {
            **_facts(inspection, intake, evaluation),
            "suppressions": suppressed.to_document(),
            "sha256": sha256,
            "as_of": as_of.isoformat(),
            "as_of_source": as_of_source,
            "timezone": ground.timezone,
            "layout": ground.used,
            "rule_versions": ground.rules.versions(
                covered.rule for covered in evaluation.coverage if covered.status == "evaluated"
            ),
            "rules": ground.rules.pinned(self.detectors),
            "saved_mapping": inspected.used,
            "scope_said": said_of(stored),
            "costs": priced.total.to_document(),
            "prices": "own" if ground.rates.set_here else "example",
        }
        found = AnalysisResult(
            stock,
            evaluation,
            settings,
            suppressed.fingerprints,
            claim_of(stored),
            ground.part_below,
            priced.documents,
        )
        learned = self.inspections.learn(stored, inspected, workbook)
        try:
            return "ready", rows, self.showing.show(attempt, found, detail, *learned)
        except ScopeUnclear as unclear:
            asked = ask_scope(
                unclear.beside,
                as_of=as_of,
                warehouse_id=stored.summary["warehouse_id"],
                warehouse_name=ground.warehouse_name,
            )
        self._discard(attempt)
        self._keep_preview(attempt.report_id, inspected, asked)
        return self._ask(attempt, asked.detail, [asked.kind])

    def _inspect(
        self, attempt: Attempt, workbook: Workbook, ground: AnalysisContext
    ) -> MappingDecision:
        """What the file holds, kept for whoever is asked about it."""
        known = ground.layout.knows if ground.layout else None
        inspected = self.inspections.look(attempt.stored, workbook, known)
        self._keep_preview(attempt.report_id, inspected)
        return inspected

    def _abandon(self, exhausted: AttemptsExhausted) -> Outcome:
        report_id = exhausted.last.report_id
        try:
            self._fail(exhausted.last, exhausted.detail)
        except LeaseLost:
            return Outcome(report_id, "skipped")
        return Outcome(report_id, "failed", abandoned=True)

    def _keep_preview(
        self, report_id: str, inspected: MappingDecision, *asked: PreviewQuestion
    ) -> None:
        document = inspected.preview()
        document["questions"] += [question.model_dump(mode="json") for question in asked]
        body = json.dumps(document, ensure_ascii=False).encode()
        self.objects.put(preview_key(report_id), body, "application/json")

    def _ask(
        self, attempt: Attempt, question: str, kinds: Sequence[str]
    ) -> tuple[str, int, Mapping[str, int]]:
        self.jobs.ask(attempt, question, kinds)
        self.notices.announce(attempt)
        return "needs_mapping", 0, {}

    def _discard(self, attempt: Attempt) -> None:
        """What this job has written so far."""
        for number in range(1, attempt.number + 1):
            self.generations.discard(attempt.report_id, f"{attempt.job_id}.{number}")

    def _fail(self, attempt: Attempt, reason: str) -> tuple[str, int, Mapping[str, int]]:
        logger.info("analysis failed", extra={"report_id": attempt.report_id, "reason": reason})
        self._discard(attempt)
        self.jobs.fail(attempt, reason)
        self.notices.announce(attempt)
        return "failed", 0, {}

    def _withdraw(self, attempt: Attempt) -> None:
        """Clean up after an attempt that could not show what it found."""
        stored = self.repository.find(attempt.report_id)
        if stored is None or stored.summary.get("generation") != attempt.generation:
            self.generations.discard(attempt.report_id, attempt.generation)


def _facts(inspection: Inspection, intake: Inventory, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "sheet": inspection.sheet,
        "header_row": inspection.header_row,
        "column_mapping": dict(inspection.mapping),
        "date_order": inspection.date_order,
        "rows": intake.receipt.to_document(),
        "notes": list(intake.notes),
        "coverage": [covered.to_document() for covered in evaluation.coverage],
    }
