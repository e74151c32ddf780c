"""Services of anomalies."""

from functools import cache

from stockwarden.anomalies.service import AnomalyService
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    notification_repository,
    report_access,
    snapshot_timeline,
    user_ids,
)
from stockwarden.bootstrap.stores import objects
from stockwarden.snapshots.successors import Successors


@cache
def anomaly_service() -> AnomalyService:
    return AnomalyService(
        anomaly_repository(),
        report_access(),
        Successors(snapshot_timeline(), objects()),
        audit=audit_log(),
        user_ids=user_ids(),
        notifications=notification_repository(),
    )
