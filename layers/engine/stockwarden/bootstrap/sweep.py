"""Services of the sweep: recovers jobs without a worker and uploads without an event, counts."""

from functools import cache

from stockwarden.administration.statistics import StatisticsRepository
from stockwarden.analysis.recovery import JobRecovery
from stockwarden.analysis.statistics import CompanyCount
from stockwarden.analysis.sweep import UploadSweep
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap.stores import (
    analysis_queue,
    anomalies_table,
    audit_table,
    catalog_table,
    jobs_queue,
    objects,
    reports_table,
    stock_table,
    users_table,
)
from stockwarden.core import clock
from stockwarden.stock.daily_verification import DailyLedgerVerification
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.large_recovery import LargePostingRecovery
from stockwarden.stock.verification import LedgerVerification


@cache
def upload_sweep() -> UploadSweep:
    return UploadSweep(
        table=reports_table(), objects=objects(), queue=analysis_queue(), clock=clock.utc_now
    )


@cache
def job_recovery() -> JobRecovery:
    return JobRecovery(
        table=reports_table(),
        queue=analysis_queue(),
        fair_queue=jobs_queue(),
        clock=clock.utc_now,
    )


@cache
def company_count() -> CompanyCount:
    return CompanyCount(
        users=users_table(),
        reports=reports_table(),
        anomalies=AnomalyRepository(anomalies_table(), objects()),
        objects=objects(),
        counts=StatisticsRepository(reports_table()),
        clock=clock.utc_now,
    )


@cache
def large_posting_recovery() -> LargePostingRecovery:
    log = AuditLog(audit_table(), clock.utc_now)
    return LargePostingRecovery(stock_table(), FactsReader(catalog_table()), log, clock.utc_now)


@cache
def ledger_verification() -> DailyLedgerVerification:
    return DailyLedgerVerification(
        verification=LedgerVerification(stock_table()),
        notes=reports_table(),
        audit=AuditLog(audit_table(), clock.utc_now),
        clock=clock.utc_now,
    )
