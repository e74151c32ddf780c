"""Everything that the messages of the analysis queue lead to. Loads pandas."""

from functools import cache

from stockwarden.analysis.context import Grounds
from stockwarden.analysis.deletion import Removal
from stockwarden.analysis.departures import Departures
from stockwarden.analysis.drop_folder import Addresses
from stockwarden.analysis.mapping_step import Inspections
from stockwarden.analysis.messages import Worker
from stockwarden.analysis.notices import Notices
from stockwarden.analysis.pipeline import Analysis
from stockwarden.analysis.publish import Showing
from stockwarden.analysis.upload_events import Arrivals
from stockwarden.bootstrap.repositories import (
    anomaly_generations,
    anomaly_repository,
    export_repository,
    jobs,
    kept_stocks,
    mapping_repository,
    members,
    rate_repository,
    report_repository,
    rule_repository,
    snapshot_chain,
    suppression_repository,
    users,
    warehouse_repository,
)
from stockwarden.bootstrap.stores import analysis_queue, objects, settings
from stockwarden.core.clock import utc_now
from stockwarden.detection.detectors import DETECTORS
from stockwarden.exports.job import ExportJob
from stockwarden.notifications.mail import Mailer
from stockwarden.snapshots.comparing import Comparing
from stockwarden.snapshots.knowledge import Knowledge
from stockwarden.snapshots.recomparing import Recomparing
from stockwarden.snapshots.settling import Settling
from stockwarden.snapshots.vanished import Vanished
from stockwarden.storage import clients


@cache
def message_worker() -> Worker:
    return Worker(
        arrivals=_arrivals(),
        analysis=_analysis(),
        removal=_removal(),
        exports=_export_job(),
        notices=_notices(),
        queue=analysis_queue(),
    )


def _arrivals() -> Arrivals:
    return Arrivals(
        repository=report_repository(),
        jobs=jobs(),
        objects=objects(),
        addresses=Addresses(
            find_user=users().find,
            warehouses=warehouse_repository(),
            members=members(),
        ),
    )


def _analysis() -> Analysis:
    return Analysis(
        repository=report_repository(),
        jobs=jobs(),
        objects=objects(),
        generations=anomaly_generations(),
        grounds=Grounds(
            objects=objects(),
            warehouses=warehouse_repository(),
            rules=rule_repository(),
            rates=rate_repository(),
            suppressions=suppression_repository(),
            detectors=DETECTORS,
        ),
        inspections=Inspections(mapping_repository()),
        notices=_notices(),
        showing=Showing(
            jobs=jobs(),
            generations=anomaly_generations(),
            comparing=_comparing(),
            departures=_departures(),
            settling=_settling(),
            kept=kept_stocks(),
        ),
        detectors=DETECTORS,
    )


def _removal() -> Removal:
    return Removal(
        repository=report_repository(),
        generations=anomaly_generations(),
        exports=export_repository(),
        comparing=_comparing(),
        departures=_departures(),
        objects=objects(),
    )


def _export_job() -> ExportJob:
    return ExportJob(
        repository=export_repository(),
        reports=report_repository(),
        anomalies=anomaly_repository(),
        generations=anomaly_generations(),
        objects=objects(),
        clock=utc_now,
    )


@cache
def _comparing() -> Comparing:
    return Comparing(
        chain=snapshot_chain(),
        generations=anomaly_generations(),
        knowledge=_knowledge(),
        objects=objects(),
        detectors=DETECTORS,
        clock=utc_now,
    )


def _departures() -> Departures:
    return Departures(report_repository(), _settling())


@cache
def _settling() -> Settling:
    vanished = Vanished(anomaly_generations(), anomaly_repository(), report_repository(), utc_now)
    recomparing = Recomparing(
        chain=snapshot_chain(),
        knowledge=_knowledge(),
        generations=anomaly_generations(),
        anomalies=anomaly_repository(),
        reports=report_repository(),
        objects=objects(),
        clock=utc_now,
    )
    return Settling(snapshot_chain(), vanished, recomparing, objects())


def _knowledge() -> Knowledge:
    return Knowledge(anomaly_generations(), anomaly_repository(), objects())


@cache
def _notices() -> Notices:
    return Notices(
        repository=report_repository(),
        queue=analysis_queue(),
        find_user=users().find,
        mailer=_mailer(),
        app_url=settings().app_url,
    )


def _mailer() -> Mailer | None:
    sender = settings().mail_sender
    return Mailer(clients.ses(), sender) if sender else None
