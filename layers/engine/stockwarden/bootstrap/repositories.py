"""The repositories on the stores, for the roots of the functions. Loads no pandas."""

from functools import cache

from stockwarden.anomalies.generations import Generations
from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.bootstrap.stores import anomalies_table, objects, reports_table, users_table
from stockwarden.calibration.recent import RecentReports
from stockwarden.calibration.store import KeptStocks
from stockwarden.core.clock import utc_now
from stockwarden.detection.detectors import DETECTORS
from stockwarden.exports.repository import ExportRepository
from stockwarden.identity.users import Users
from stockwarden.mappings.repository import MappingRepository
from stockwarden.reports.jobs import Jobs
from stockwarden.reports.repository import ReportRepository
from stockwarden.rules.rates import RateRepository
from stockwarden.rules.repository import RuleRepository
from stockwarden.rules.suppressions import SuppressionRepository
from stockwarden.snapshots.chain import Chain
from stockwarden.warehouse.members import Members
from stockwarden.warehouse.repository import WarehouseRepository


@cache
def users() -> Users:
    return Users(users_table())


@cache
def members() -> Members:
    return Members(reports_table(), users_table(), utc_now)


@cache
def warehouse_repository() -> WarehouseRepository:
    return WarehouseRepository(reports_table(), utc_now)


@cache
def rule_repository() -> RuleRepository:
    return RuleRepository(reports_table(), utc_now)


@cache
def rate_repository() -> RateRepository:
    return RateRepository(reports_table(), utc_now)


@cache
def suppression_repository() -> SuppressionRepository:
    return SuppressionRepository(reports_table(), utc_now)


@cache
def anomaly_repository() -> AnomalyRepository:
    return AnomalyRepository(anomalies_table(), objects())


@cache
def anomaly_generations() -> Generations:
    return Generations(anomalies_table(), objects())


@cache
def report_access() -> ReportAccess:
    return ReportAccess(reports_table(), members())


@cache
def snapshot_chain() -> Chain:
    return Chain(reports_table())


@cache
def kept_stocks() -> KeptStocks:
    return KeptStocks(objects(), DETECTORS)


@cache
def recent_reports() -> RecentReports:
    return RecentReports(reports_table())


@cache
def report_repository() -> ReportRepository:
    return ReportRepository(reports_table(), utc_now)


@cache
def jobs() -> Jobs:
    return Jobs(reports_table(), utc_now)


@cache
def mapping_repository() -> MappingRepository:
    return MappingRepository(reports_table(), utc_now)


@cache
def export_repository() -> ExportRepository:
    return ExportRepository(reports_table(), utc_now)
