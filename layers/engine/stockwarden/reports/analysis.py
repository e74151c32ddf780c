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

from stockwarden.anomalies.generations import Generations
from stockwarden.core.errors import Invalid, NotFound, TooLarge, UnreadableFile
from stockwarden.detection.detector import Detector
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.run import evaluate
from stockwarden.detection.settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.choice import Choice
from stockwarden.ingestion.frame import read_stock
from stockwarden.ingestion.inspect import Inspection, inspect
from stockwarden.ingestion.intake import Intake
from stockwarden.ingestion.snapshot import resolve_as_of
from stockwarden.ingestion.workbook import Workbook, open_workbook
from stockwarden.reports.jobs import Attempt, Busy, Exhausted, Jobs
from stockwarden.reports.layout_files import read_layout
from stockwarden.reports.repository import ReportRepository, Stored
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES, preview_key
from stockwarden.storage.objects import Objects
from stockwarden.warehouse.layout import Layout
from stockwarden.warehouse.repository import WarehouseRepository

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How a message ended, for the log and the metrics. `anomalies` are counts by rule."""

    report_id: str
    status: str
    rows: int = 0
    anomalies: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Ground:
    """What the stock stands on: the layout, where it is from, and the warehouse's time zone."""

    layout: Layout | None
    used: Mapping[str, Any]
    timezone: str


class Analysis:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: Jobs,
        objects: Objects,
        generations: Generations,
        warehouses: WarehouseRepository,
        detectors: Sequence[Detector],
    ) -> None:
        self.repository = repository
        self.jobs = jobs
        self.objects = objects
        self.generations = generations
        self.warehouses = warehouses
        self.detectors = detectors

    def run(self, report_id: str, job_id: str, seconds: float) -> Outcome:
        """Do a job, in at most `seconds`. Raises Busy when it is to be tried again later."""
        started = time.perf_counter()
        stored = self.repository.find(report_id)
        if stored is None:
            logger.info("job of a deleted report", extra={"report_id": report_id})
            return Outcome(report_id, "skipped")
        try:
            attempt = self.jobs.claim(stored, job_id, seconds)
        except Exhausted as exhausted:
            return Outcome(report_id, *self._fail(exhausted.last, exhausted.detail))
        if attempt is None:
            self.generations.discard_superseded(report_id)
            return Outcome(report_id, "skipped")
        with ExitStack() as crash:
            crash.callback(self.jobs.release, attempt)
            try:
                status, rows, anomalies = self._analyze(attempt)
            except (Invalid, NotFound, TooLarge) as error:
                status, rows, anomalies = self._fail(attempt, error.detail)
            except Busy:
                crash.pop_all()
                self._withdraw(attempt)
                raise
            crash.pop_all()
        return Outcome(report_id, status, rows, anomalies, time.perf_counter() - started)

    def _analyze(self, attempt: Attempt) -> tuple[str, int, Mapping[str, int]]:
        stored, report_id = attempt.stored, attempt.report_id
        source, inventory = stored.source, stored.source["inventory"]
        data = self.objects.read(
            inventory["key"], inventory["version_id"], max_bytes=MAX_UPLOAD_BYTES
        )
        sha256 = hashlib.sha256(data).hexdigest()
        workbook = open_workbook(data, stored.summary["filename"])
        del data
        ground = self._ground(stored)
        self.jobs.progress(attempt, "mapping", 15)
        inspection, question = self._inspect(attempt, workbook, ground)
        if question:
            self.jobs.ask(attempt, question)
            return "needs_mapping", 0, {}
        uploaded_at = datetime.fromisoformat(inventory["uploaded_at"])
        as_of, as_of_source = resolve_as_of(
            source.get("as_of"), workbook, uploaded_at, ground.timezone
        )
        intake = read_stock(workbook, inspection, as_of=as_of, timezone=ground.timezone)
        rows = intake.receipt.evaluated
        if unusable := intake.receipt.why_unusable:
            raise UnreadableFile("no_rows", unusable)
        self.jobs.progress(attempt, "evaluating", 50, rows)
        evaluation = evaluate(
            Stock(intake, ground.layout, as_of), self._settings(source), self.detectors
        )
        self.jobs.progress(attempt, "writing", 70, rows)
        documents = (finding.to_document() for finding in evaluation.findings)
        counts = self.generations.write_generation(report_id, attempt.generation, documents)
        detail = {
            **_facts(inspection, intake, evaluation),
            "sha256": sha256,
            "as_of": as_of.isoformat(),
            "as_of_source": as_of_source,
            "timezone": ground.timezone,
            "layout": ground.used,
            "rule_versions": {
                covered.rule: "default"
                for covered in evaluation.coverage
                if covered.status == "evaluated"
            },
        }
        shown = self.generations.show_operations(
            report_id,
            attempt.generation,
            counts,
            owner=stored.summary["owner"],
            listed=stored.summary["listed"],
        )
        self.jobs.show(attempt, detail, counts.total, rows, *shown)
        self.generations.discard_superseded(report_id)
        return "ready", rows, counts.by_rule

    def _inspect(
        self, attempt: Attempt, workbook: Workbook, ground: Ground
    ) -> tuple[Inspection, str]:
        """What the file holds, and what must be asked about it ("" if nothing)."""
        known = ground.layout.knows if ground.layout else None
        given = attempt.stored.source.get("choice") or {}
        wrong = ""
        try:
            inspection = inspect(workbook, choice=Choice(**given), known_location=known)
        except UnreadableFile:
            raise
        except Invalid as error:
            wrong = error.detail
            inspection = inspect(workbook, known_location=known)
        preview = json.dumps(inspection.to_document(), ensure_ascii=False).encode()
        self.objects.put(preview_key(attempt.report_id), preview, "application/json")
        return inspection, wrong or " ".join(asked.detail for asked in inspection.questions)

    def _ground(self, stored: Stored) -> Ground:
        """The layout of the report's own rules file, else the warehouse's newest one.

        A warehouse that was deleted serves on as the analysis before knew it.
        """
        warehouse_id = stored.summary.get("warehouse_id")
        meta = self.warehouses.find(warehouse_id) if warehouse_id else None
        before = stored.detail or {}
        timezone = meta["timezone"] if meta else before.get("timezone", "UTC")
        rules = stored.source.get("rules")
        if rules:
            data = self.objects.read(rules["key"], rules["version_id"], max_bytes=MAX_UPLOAD_BYTES)
            layout = read_layout(data, stored.source["rules_filename"])
            return Ground(layout, {"source": "rules_file", "rows": len(layout.rows)}, timezone)
        version = meta["layout_version"] if meta else before.get("layout", {}).get("version")
        if not warehouse_id or not version:
            return Ground(None, {"source": "none"}, timezone)
        layout = self.warehouses.layout(warehouse_id, version)
        if not layout:
            return Ground(None, {"source": "none"}, timezone)
        used = {"source": "warehouse", "warehouse_id": warehouse_id, "version": version}
        return Ground(layout, {**used, "rows": len(layout.rows)}, timezone)

    def _settings(self, source: Mapping[str, Any]) -> dict[str, RuleSettings]:
        wanted = source.get("only_rules")
        if wanted is None:
            return {}
        return {
            detector.code: RuleSettings(enabled=detector.code in wanted)
            for detector in self.detectors
        }

    def _fail(self, attempt: Attempt, reason: str) -> tuple[str, int, Mapping[str, int]]:
        logger.info("analysis failed", extra={"report_id": attempt.report_id, "reason": reason})
        for number in range(1, attempt.number + 1):
            self.generations.discard(attempt.report_id, f"{attempt.job_id}.{number}")
        self.jobs.fail(attempt, reason)
        return "failed", 0, {}

    def _withdraw(self, attempt: Attempt) -> None:
        """Clean up after an attempt that another one has overtaken."""
        stored = self.repository.find(attempt.report_id)
        if stored is None or stored.summary.get("generation") != attempt.generation:
            self.generations.discard(attempt.report_id, attempt.generation)


def _facts(inspection: Inspection, intake: Intake, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "sheet": inspection.sheet,
        "header_row": inspection.header_row,
        "column_mapping": dict(inspection.mapping),
        "date_order": inspection.date_order,
        "rows": intake.receipt.to_document(),
        "notes": list(intake.notes),
        "coverage": [covered.to_document() for covered in evaluation.coverage],
    }
