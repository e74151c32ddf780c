"""Runs the analysis job of a report: claims its lease, analyzes, and records the result or failure.

A crash anywhere leaves the report as it was; the next attempt starts over under a generation of
its own.
"""

import logging
import time
from contextlib import ExitStack
from dataclasses import replace

from stockwarden.analysis.announcements import AnnouncementService
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.outcome import Outcome
from stockwarden.analysis.pipeline import AnalysisPipeline
from stockwarden.analysis.publish import Publisher
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.errors import Invalid, NotFound, TooLarge, Unavailable
from stockwarden.reports.attempts import (
    RENEWAL_SECONDS,
    Attempt,
    AttemptsExhausted,
    LeaseLost,
    RetryLater,
)
from stockwarden.reports.job_endings import JobEndings
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.lease_renewal import lease_renewed
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import StoredReport
from stockwarden.warehouse.repository import WarehouseRepository

logger = logging.getLogger(__name__)

# In seconds.
_ANNOUNCED_AGAIN = 30


class AnalysisJob:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: JobRepository,
        endings: JobEndings,
        result_sets: ResultSets,
        pipeline: AnalysisPipeline,
        publisher: Publisher,
        notices: NoticeService,
        warehouses: WarehouseRepository,
        announcements: AnnouncementService,
    ) -> None:
        self.warehouses = warehouses
        self.announcements = announcements
        self.repository = repository
        self.jobs = jobs
        self.endings = endings
        self.result_sets = result_sets
        self.pipeline = pipeline
        self.publisher = publisher
        self.notices = notices

    def run(self, report_id: str, job_id: str, seconds: float) -> Outcome:
        """Runs a job in at most `seconds`. Raises RetryLater when it is to be tried again later."""
        started = time.perf_counter()
        report = self.repository.find(report_id)
        if report is None:
            logger.info("report of the job was deleted", extra={"report_id": report_id})
            return Outcome(report_id, "skipped")
        try:
            attempt = self.jobs.claim(self._destined(report), job_id, seconds)
        except LeaseLost:
            # The lease holder has its own message, and the sweep restarts it if needed.
            logger.info("lease held by another attempt", extra={"report_id": report_id})
            return Outcome(report_id, "skipped")
        except AttemptsExhausted as exhausted:
            return self._abandon(exhausted)
        if attempt is None:
            return Outcome(report_id, "skipped")
        with ExitStack() as crash:
            crash.callback(self.jobs.release, attempt)
            with lease_renewed(lambda: self.jobs.renew(attempt), RENEWAL_SECONDS):
                try:
                    outcome = self.pipeline.analyze(attempt)
                except (Invalid, NotFound, TooLarge) as error:
                    outcome = self._fail(attempt, error.detail)
                except LeaseLost:
                    crash.pop_all()
                    self._withdraw(attempt)
                    return Outcome(report_id, "overtaken")
                except RetryLater:
                    self._withdraw(attempt)
                    raise
            crash.pop_all()
        return replace(outcome, seconds=time.perf_counter() - started)

    def announce(self, report_id: str, job_id: str) -> None:
        """Tells people how a job has ended. May be repeated; raises Postponed."""
        try:
            self.announcements.announce(report_id, job_id)
        except Unavailable as busy:
            raise Postponed(_ANNOUNCED_AGAIN) from busy

    def settle(self, report_id: str, deadline: Deadline) -> None:
        """Completes the work after a published analysis. May be repeated; raises Postponed."""
        report = self.repository.find(report_id)
        if report:
            self.publisher.finish(report, deadline)

    def _destined(self, report: StoredReport) -> StoredReport:
        """After its pending move. The warehouse may have got another owner since that was asked
        for."""
        move = report.moves_to
        if move is None:
            return report
        warehouse = self.warehouses.find(move["warehouse_id"]) if move["warehouse_id"] else None
        return report.destined_to((warehouse or move)["username"])

    def _abandon(self, exhausted: AttemptsExhausted) -> Outcome:
        report_id = exhausted.last.report_id
        try:
            self._fail(exhausted.last, exhausted.detail)
        except LeaseLost:
            return Outcome(report_id, "skipped")
        return Outcome(report_id, "failed", abandoned=True)

    def _fail(self, attempt: Attempt, reason: str) -> Outcome:
        logger.info("analysis failed", extra={"report_id": attempt.report_id, "reason": reason})
        self.result_sets.discard_attempts(attempt.report_id, attempt.job_id, attempt.number)
        self.endings.fail(attempt, reason)
        self.notices.queue_notice(attempt.stored, attempt.job_id)
        return Outcome(attempt.report_id, "failed")

    def _withdraw(self, attempt: Attempt) -> None:
        """Discards the result of an attempt that could not publish it."""
        report = self.repository.find(attempt.report_id)
        if report is None or report.summary.get("generation") != attempt.generation:
            self.result_sets.discard(attempt.report_id, attempt.generation)
