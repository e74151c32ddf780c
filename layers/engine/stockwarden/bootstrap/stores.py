"""Where everything is kept: tables, files, queues, and the repositories on them.

Imports stand inside the factories, so that a function pays only for what it uses.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.core.settings import Settings

if TYPE_CHECKING:
    from stockwarden.anomalies.generations import Generations
    from stockwarden.anomalies.report_access import ReportAccess
    from stockwarden.anomalies.repository import AnomalyRepository
    from stockwarden.calibration.recent import RecentReports
    from stockwarden.calibration.store import KeptStocks
    from stockwarden.identity.users import Users
    from stockwarden.notifications.mail import Mailer
    from stockwarden.reports.exports.repository import ExportRepository
    from stockwarden.reports.jobs import Jobs
    from stockwarden.reports.mappings.repository import MappingRepository
    from stockwarden.reports.repository import ReportRepository
    from stockwarden.rules.rates import RateRepository
    from stockwarden.rules.repository import RuleRepository
    from stockwarden.rules.suppressions import SuppressionRepository
    from stockwarden.storage.objects import Objects
    from stockwarden.storage.queues import Queue
    from stockwarden.storage.tables import Table
    from stockwarden.warehouse.members import Members
    from stockwarden.warehouse.repository import WarehouseRepository


@cache
def settings() -> Settings:
    return Settings.from_environment()


@cache
def users_table() -> "Table":
    return _table(settings().users_table)


@cache
def reports_table() -> "Table":
    return _table(settings().reports_table)


@cache
def anomalies_table() -> "Table":
    return _table(settings().anomalies_table)


def _table(name: str) -> "Table":
    from stockwarden.storage import clients
    from stockwarden.storage.tables import Table

    return Table(clients.dynamodb(), name)


@cache
def objects() -> "Objects":
    from stockwarden.storage import clients
    from stockwarden.storage.objects import Objects

    return Objects(clients.s3(), settings().bucket)


@cache
def analysis_queue() -> "Queue":
    from stockwarden.storage import clients
    from stockwarden.storage.queues import Queue

    return Queue(clients.sqs(), settings().analysis_queue_url)


@cache
def users() -> "Users":
    from stockwarden.identity.users import Users

    return Users(users_table())


@cache
def members() -> "Members":
    from stockwarden.core.clock import utc_now
    from stockwarden.warehouse.members import Members

    return Members(reports_table(), users_table(), utc_now)


def mailer() -> "Mailer | None":
    from stockwarden.notifications.mail import Mailer
    from stockwarden.storage import clients

    sender = settings().mail_sender
    return Mailer(clients.ses(), sender) if sender else None


def mapping_repository() -> "MappingRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.mappings.repository import MappingRepository

    return MappingRepository(reports_table(), utc_now)


def export_repository() -> "ExportRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.exports.repository import ExportRepository

    return ExportRepository(reports_table(), utc_now)


def rule_repository() -> "RuleRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.repository import RuleRepository

    return RuleRepository(reports_table(), utc_now)


def suppression_repository() -> "SuppressionRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.suppressions import SuppressionRepository

    return SuppressionRepository(reports_table(), utc_now)


def rate_repository() -> "RateRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.rates import RateRepository

    return RateRepository(reports_table(), utc_now)


def kept_stocks() -> "KeptStocks":
    from stockwarden.calibration.store import KeptStocks
    from stockwarden.detection.detectors import DETECTORS

    return KeptStocks(objects(), DETECTORS)


def recent_reports() -> "RecentReports":
    from stockwarden.calibration.recent import RecentReports

    return RecentReports(reports_table())


def warehouse_repository() -> "WarehouseRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.warehouse.repository import WarehouseRepository

    return WarehouseRepository(reports_table(), utc_now)


@cache
def anomaly_repository() -> "AnomalyRepository":
    from stockwarden.anomalies.repository import AnomalyRepository

    return AnomalyRepository(anomalies_table(), objects())


@cache
def anomaly_generations() -> "Generations":
    from stockwarden.anomalies.generations import Generations

    return Generations(anomalies_table(), objects())


@cache
def report_repository() -> "ReportRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.repository import ReportRepository

    return ReportRepository(reports_table(), utc_now)


@cache
def jobs() -> "Jobs":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.jobs import Jobs

    return Jobs(reports_table(), utc_now)


@cache
def report_access() -> "ReportAccess":
    from stockwarden.anomalies.report_access import ReportAccess

    return ReportAccess(reports_table(), members())
