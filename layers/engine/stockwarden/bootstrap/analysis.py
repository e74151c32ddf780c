"""Services of the analysis function, which handles the messages of its queues. Loads pandas."""

from datetime import timedelta
from functools import cache

from stockwarden.analysis.account_removal import AccountRemoval
from stockwarden.analysis.announcements import AnnouncementService
from stockwarden.analysis.catalog_step import CatalogStep
from stockwarden.analysis.context import ContextLoader
from stockwarden.analysis.deletion import ReportDeletion
from stockwarden.analysis.departures import DepartureService
from stockwarden.analysis.drop_folder import DropFolderRouter
from stockwarden.analysis.fair_queue import FairQueue
from stockwarden.analysis.handover import Handover
from stockwarden.analysis.job import AnalysisJob
from stockwarden.analysis.mapping_step import MappingStep
from stockwarden.analysis.messages import MessageDispatcher
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.personal_data import PersonalData
from stockwarden.analysis.pipeline import AnalysisPipeline
from stockwarden.analysis.publish import Publisher
from stockwarden.analysis.upload_events import UploadIntake
from stockwarden.anomalies.list_transfer import ListTransfer
from stockwarden.bootstrap.list_jobs import export_job, import_intake, import_job
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    export_repository,
    job_endings,
    job_repository,
    mapping_repository,
    member_repository,
    notification_repository,
    price_repository,
    report_repository,
    result_sets,
    rule_repository,
    run_entries,
    snapshot_timeline,
    stock_store,
    suppression_repository,
    user_repository,
    warehouse_repository,
)
from stockwarden.bootstrap.stores import (
    analysis_queue,
    anomalies_table,
    catalog_table,
    jobs_queue,
    objects,
    operations_table,
    reports_table,
    settings,
    users_table,
)
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core import clock
from stockwarden.detection.detectors import DETECTORS
from stockwarden.identity.account_mails import AccountMailService
from stockwarden.identity.closed_accounts import ClosedAccountRepository
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.mail_tokens import MailTokenRepository
from stockwarden.operations.personal import PersonalItems
from stockwarden.snapshots.audited import SnapshotEntries
from stockwarden.snapshots.auto_resolution import AutoResolution
from stockwarden.snapshots.comparison_service import ComparisonService
from stockwarden.snapshots.known_anomalies import KnownAnomalyLoader
from stockwarden.snapshots.recomparison import RecomparisonService
from stockwarden.snapshots.settling import SettlingService
from stockwarden.stock.item_lookup import ItemLookup
from stockwarden.storage import clients
from stockwarden.storage.mail import Mailer


@cache
def message_dispatcher() -> MessageDispatcher:
    return MessageDispatcher(
        intake=_arrivals(),
        analysis=_analysis(),
        removal=_removal(),
        exports=export_job(),
        import_intake=import_intake(),
        imports=import_job(),
        notices=_notices(),
        account_mails=AccountMailService(
            users=user_repository(),
            tokens=MailTokenRepository(users_table()),
            invitations=InvitationRepository(users_table()),
            mailer=_mailer(),
            app_url=settings().app_url,
        ),
        accounts=_account_removal(),
        queue=analysis_queue(),
        fair_queue=FairQueue(jobs_queue(), settings().analysis_slots),
    )


def _account_removal() -> AccountRemoval:
    closed = ClosedAccountRepository(users_table(), clock.utc_now)
    return AccountRemoval(
        closed=closed,
        handover=Handover(
            users=user_repository(),
            closed=closed,
            warehouses=warehouse_repository(),
            members=member_repository(),
            reports=report_repository(),
            lists=ListTransfer(anomalies_table()),
            result_sets=result_sets(),
            deletion=_removal(),
            queue=analysis_queue(),
            audit=audit_log(),
        ),
        personal_data=PersonalData(
            closed=closed,
            members=member_repository(),
            invitations=InvitationRepository(users_table()),
            reports=reports_table(),
            items=PersonalItems(operations_table()),
            audit=audit_log(),
        ),
        warehouses=warehouse_repository(),
        audit=audit_log(),
        gateway_memory=timedelta(seconds=settings().authorizer_cache_seconds),
        clock=clock.utc_now,
    )


def _arrivals() -> UploadIntake:
    return UploadIntake(
        repository=report_repository(),
        jobs=job_repository(),
        objects=objects(),
        router=DropFolderRouter(
            find_user=user_repository().find,
            warehouses=warehouse_repository(),
            members=member_repository(),
        ),
        audit=audit_log(),
    )


def _analysis() -> AnalysisJob:
    return AnalysisJob(
        repository=report_repository(),
        jobs=job_repository(),
        endings=job_endings(),
        result_sets=result_sets(),
        pipeline=AnalysisPipeline(
            jobs=job_repository(),
            endings=job_endings(),
            objects=objects(),
            result_sets=result_sets(),
            contexts=ContextLoader(
                objects=objects(),
                warehouses=warehouse_repository(),
                rules=rule_repository(),
                prices=price_repository(),
                suppressions=suppression_repository(),
                detectors=DETECTORS,
            ),
            mapping_step=MappingStep(mapping_repository()),
            catalog=CatalogStep(
                ItemLookup(catalog_table(), UnitRepository(catalog_table(), clock.utc_now))
            ),
            publisher=_publisher(),
            notices=_notices(),
            detectors=DETECTORS,
        ),
        publisher=_publisher(),
        notices=_notices(),
        warehouses=warehouse_repository(),
        announcements=AnnouncementService(
            repository=report_repository(),
            notifications=notification_repository(),
            notices=_notices(),
            find_user=user_repository().find,
        ),
    )


@cache
def _publisher() -> Publisher:
    return Publisher(
        endings=job_endings(),
        result_sets=result_sets(),
        comparisons=_comparing(),
        departures=_departures(),
        settling=_settling(),
        stocks=stock_store(),
    )


def _removal() -> ReportDeletion:
    return ReportDeletion(
        repository=report_repository(),
        result_sets=result_sets(),
        exports=export_repository(),
        comparisons=_comparing(),
        departures=_departures(),
        objects=objects(),
        runs=run_entries(),
    )


@cache
def _comparing() -> ComparisonService:
    return ComparisonService(
        timeline=snapshot_timeline(),
        result_sets=result_sets(),
        known_anomalies=_known_anomalies(),
        objects=objects(),
        detectors=DETECTORS,
        clock=clock.utc_now,
    )


def _departures() -> DepartureService:
    return DepartureService(report_repository(), _settling())


@cache
def _settling() -> SettlingService:
    entries = SnapshotEntries(audit_log())
    auto_resolution = AutoResolution(
        result_sets(), anomaly_repository(), report_repository(), clock.utc_now, entries
    )
    recomparisons = RecomparisonService(
        timeline=snapshot_timeline(),
        known_anomalies=_known_anomalies(),
        result_sets=result_sets(),
        anomalies=anomaly_repository(),
        reports=report_repository(),
        objects=objects(),
        clock=clock.utc_now,
        entries=entries,
    )
    return SettlingService(snapshot_timeline(), auto_resolution, recomparisons, objects())


def _known_anomalies() -> KnownAnomalyLoader:
    return KnownAnomalyLoader(result_sets(), anomaly_repository(), objects())


@cache
def _notices() -> NoticeService:
    return NoticeService(
        repository=report_repository(),
        queue=analysis_queue(),
        find_user=user_repository().find,
        mailer=_mailer(),
        app_url=settings().app_url,
    )


def _mailer() -> Mailer | None:
    sender = settings().mail_sender
    return Mailer(clients.ses(), sender) if sender else None
