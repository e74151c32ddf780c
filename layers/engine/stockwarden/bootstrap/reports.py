"""Services of reports, their exports, and saved mappings."""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    export_repository,
    job_repository,
    mapping_repository,
    member_repository,
    report_access,
    report_repository,
    result_sets,
    run_entries,
    user_ids,
    warehouse_repository,
)
from stockwarden.bootstrap.stores import (
    analysis_queue,
    objects,
    operations_table,
    reports_table,
    settings,
    users_table,
)
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core import clock
from stockwarden.detection.detectors import DETECTORS
from stockwarden.exports.service import ExportService
from stockwarden.identity.access import Action
from stockwarden.identity.action_limits import ActionLimiter
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.mappings.service import MappingService
from stockwarden.operations.report_log_list import ReportLogList
from stockwarden.operations.report_log_service import ReportLogService
from stockwarden.reports.creation import ReportCreationService
from stockwarden.reports.previews import PreviewService
from stockwarden.reports.removal_service import ReportRemovalService
from stockwarden.reports.report_lists import ReportListService
from stockwarden.reports.scopes import ScopeService
from stockwarden.reports.service import ReportService
from stockwarden.reports.uploads import UploadStore
from stockwarden.snapshots.diff import DiffService
from stockwarden.snapshots.locations import LocationService
from stockwarden.storage import clients

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

_RULES = [detector.code for detector in DETECTORS]


@cache
def report_service() -> ReportService:
    return ReportService(
        repository=report_repository(),
        jobs=job_repository(),
        previews=PreviewService(objects()),
        scopes=_scopes(),
        queue=analysis_queue(),
        warehouses=warehouse_service(),
        members=member_repository(),
        anomalies=anomaly_service(),
        rules=_RULES,
        audit=audit_log(),
        limiter=_limiter(),
    )


@cache
def report_removal_service() -> ReportRemovalService:
    return ReportRemovalService(
        repository=report_repository(),
        result_sets=result_sets(),
        members=member_repository(),
        queue=analysis_queue(),
        audit=audit_log(),
    )


@cache
def report_creation_service() -> ReportCreationService:
    return ReportCreationService(
        repository=report_repository(),
        uploads=UploadStore(objects()),
        scopes=_scopes(),
        warehouses=warehouse_service(),
        anomalies=anomaly_service(),
        audit=audit_log(),
        limiter=_limiter(),
    )


def _limiter() -> ActionLimiter:
    return ActionLimiter(RateLimiter(users_table()))


def _scopes() -> ScopeService:
    return ScopeService(warehouse_service(), member_repository(), clock.utc_now)


@cache
def kept_answers() -> "DynamoDBPersistenceLayer":
    """The store of answers to requests with an `Idempotency-Key`; imported on first use."""
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

    return DynamoDBPersistenceLayer(settings().idempotency_table, boto3_client=clients.dynamodb())


@cache
def report_list_service() -> ReportListService:
    return ReportListService(reports_table(), warehouse_service(), member_repository())


@cache
def diff_service() -> DiffService:
    return DiffService(reports_table(), report_access(), anomaly_repository(), objects())


@cache
def location_service() -> LocationService:
    return LocationService(report_access(), objects())


@cache
def export_service() -> ExportService:
    return ExportService(
        repository=export_repository(),
        reports=report_service(),
        rules=_RULES,
        objects=objects(),
        queue=analysis_queue(),
        clock=clock.utc_now,
        audit=audit_log(),
        user_ids=user_ids(),
        runs=run_entries(),
        limiter=_limiter(),
    )


@cache
def report_log_service() -> ReportLogService:
    members, warehouses = member_repository(), warehouse_repository()
    return ReportLogService(
        ReportLogList(operations_table(), clock.utc_now),
        require_managed=lambda caller, warehouse_id: members.require(
            caller, warehouse_id, Action.CONFIGURE
        ),
        find_people=UserDirectory(users_table()).names_of,
        find_warehouses=lambda ids: {
            item["id"]: item["name"] for item in warehouses.find_many(sorted(ids))
        },
    )


@cache
def mapping_service() -> MappingService:
    return MappingService(mapping_repository(), audit=audit_log(), user_ids=user_ids())
