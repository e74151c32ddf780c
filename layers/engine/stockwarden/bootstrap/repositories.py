"""Repositories, shared by the composition roots. Loads no pandas."""

from functools import cache

from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.audit.log import AuditLog
from stockwarden.audit.repository import AuditRepository
from stockwarden.bootstrap.stores import (
    anomalies_table,
    audit_table,
    objects,
    operations_table,
    reports_table,
    settings,
    users_table,
)
from stockwarden.calibration.recent import RecentReports
from stockwarden.calibration.store import StockStore
from stockwarden.core import clock
from stockwarden.detection.detectors import DETECTORS
from stockwarden.exports.repository import ExportRepository
from stockwarden.identity.user_ids import UserIds
from stockwarden.identity.users import UserRepository
from stockwarden.mappings.repository import MappingRepository
from stockwarden.operations.notifications import NotificationRepository
from stockwarden.operations.report_log import ReportLog
from stockwarden.reports.job_endings import JobEndings
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.logged import RunEntries
from stockwarden.reports.repository import ReportRepository
from stockwarden.rules.prices import PriceRepository
from stockwarden.rules.repository import RuleRepository
from stockwarden.rules.suppression_service import SuppressionRepository
from stockwarden.snapshots.timeline import Timeline
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository


@cache
def user_repository() -> UserRepository:
    return UserRepository(users_table())


@cache
def user_ids() -> UserIds:
    return UserIds(users_table())


@cache
def audit_log() -> AuditLog:
    return AuditLog(audit_table(), clock.utc_now)


@cache
def audit_repository() -> AuditRepository:
    return AuditRepository(audit_table())


@cache
def member_repository() -> MemberRepository:
    return MemberRepository(reports_table(), users_table(), clock.utc_now)


@cache
def warehouse_repository() -> WarehouseRepository:
    return WarehouseRepository(reports_table(), clock.utc_now)


@cache
def rule_repository() -> RuleRepository:
    return RuleRepository(reports_table(), clock.utc_now)


@cache
def price_repository() -> PriceRepository:
    return PriceRepository(reports_table(), clock.utc_now)


@cache
def suppression_repository() -> SuppressionRepository:
    return SuppressionRepository(reports_table(), clock.utc_now)


@cache
def anomaly_repository() -> AnomalyRepository:
    return AnomalyRepository(anomalies_table(), objects())


@cache
def result_sets() -> ResultSets:
    return ResultSets(anomalies_table(), objects())


@cache
def report_access() -> ReportAccess:
    return ReportAccess(reports_table(), member_repository())


@cache
def snapshot_timeline() -> Timeline:
    return Timeline(reports_table())


@cache
def stock_store() -> StockStore:
    return StockStore(objects(), DETECTORS)


@cache
def recent_reports() -> RecentReports:
    return RecentReports(reports_table())


@cache
def report_repository() -> ReportRepository:
    return ReportRepository(reports_table(), clock.utc_now)


@cache
def job_repository() -> JobRepository:
    return JobRepository(reports_table(), clock.utc_now)


@cache
def job_endings() -> JobEndings:
    return JobEndings(reports_table(), clock.utc_now, run_entries())


@cache
def notification_repository() -> NotificationRepository:
    return NotificationRepository(operations_table(), clock.utc_now)


@cache
def run_entries() -> RunEntries:
    log = ReportLog(operations_table(), clock.utc_now, settings().report_log_days)
    return RunEntries(log, user_ids().find_id)


@cache
def mapping_repository() -> MappingRepository:
    return MappingRepository(reports_table(), clock.utc_now)


@cache
def export_repository() -> ExportRepository:
    return ExportRepository(reports_table(), clock.utc_now, run_entries())
