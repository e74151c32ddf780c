"""Restarts overdue jobs, ends large postings, finds lost uploads, counts, verifies ledgers.

{"task": "jobs"}      every minute: jobs whose worker died, or whose message was lost
{"task": "postings"}  every minute: large postings whose request died
{}                    every quarter of an hour: uploads whose S3 event was lost
{"task": "count"}     every hour: what the company has, for GET /admin/statistics
{"task": "ledgers"}   every hour: verifies the ledgers that were not verified for a day

A manual run for uploads may set `patience_minutes`: how long an event may still be under way.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.analysis.sweep import PATIENCE
from stockwarden.bootstrap.sweep import (
    company_count,
    job_recovery,
    large_posting_recovery,
    ledger_verification,
    upload_sweep,
)
from stockwarden.core.errors import BadRequest
from stockwarden.core.snapstart import before_snapshot

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")
_LONGEST = 1440
# What a run needs for the account, or the page of the bucket, that it has begun with.
_TIME_LEFT = 20_000
before_snapshot(upload_sweep)
before_snapshot(job_recovery)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    match event.get("task", "uploads"):
        case "jobs":
            return _restart_jobs()
        case "postings":
            return _end_postings(context)
        case "uploads":
            counts: dict[str, int] = _sweep_uploads(event, context)
            return counts
        case "count":
            return _count(context)
        case "ledgers":
            return _verify_ledgers(context)
    raise BadRequest('task is "jobs", "postings", "uploads", "count" or "ledgers".')


def _restart_jobs() -> dict[str, int]:
    """Emits metrics and a log line only where a job was restarted: most runs find none."""
    recovered = job_recovery().run()
    counts = {"ExpiredLeases": recovered.expired, "ForgottenJobs": recovered.forgotten}
    for name, count in counts.items():
        if count:
            metrics.add_metric(name, MetricUnit.Count, count)
    if any(counts.values()):
        logger.warning("overdue jobs restarted", **vars(recovered))
        metrics.flush_metrics()
    return vars(recovered)


def _end_postings(context: LambdaContext) -> dict[str, int]:
    """Emits a metric and a log line only where one was ended: most runs find none."""
    recovered = large_posting_recovery().sweep(_has_time(context))
    if any(vars(recovered).values()):
        metrics.add_metric("RecoveredPostings", MetricUnit.Count, sum(vars(recovered).values()))
        logger.warning("large postings ended whose request died", **vars(recovered))
        metrics.flush_metrics()
    return vars(recovered)


def _count(context: LambdaContext) -> dict[str, int]:
    return {"complete": int(company_count().run(_has_time(context)))}


def _verify_ledgers(context: LambdaContext) -> dict[str, int]:
    """Emits metrics only where ledgers were due: of most runs none is."""
    verified = ledger_verification().run(_has_time(context))
    if verified.items:
        metrics.add_metric("VerifiedLedgers", MetricUnit.Count, verified.items)
        metrics.add_metric("LedgerDifferences", MetricUnit.Count, verified.differences)
        metrics.flush_metrics()
    return vars(verified)


def _has_time(context: LambdaContext) -> Callable[[], bool]:
    return lambda: int(context.get_remaining_time_in_millis()) > _TIME_LEFT


@metrics.log_metrics
def _sweep_uploads(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    metrics.add_metric("Sweeps", MetricUnit.Count, 1)
    swept = upload_sweep().run(_patience(event))
    metrics.add_metric("SweptObjects", MetricUnit.Count, swept.examined)
    metrics.add_metric("LostEvents", MetricUnit.Count, swept.queued)
    if swept.queued:
        logger.warning("events of lost uploads sent again", **vars(swept))
    return vars(swept)


def _patience(event: dict[str, Any]) -> timedelta:
    """Raises BadRequest."""
    minutes = event.get("patience_minutes", PATIENCE.total_seconds() / 60)
    if not isinstance(minutes, int | float) or not 0 <= minutes <= _LONGEST:
        raise BadRequest(f"patience_minutes is a number from 0 to {_LONGEST}.")
    return timedelta(minutes=minutes)
