"""Services of warehouses: layouts, members, costs, suppressions and snapshots."""

from functools import cache

from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    member_repository,
    price_repository,
    snapshot_timeline,
    suppression_repository,
    user_ids,
    warehouse_repository,
)
from stockwarden.bootstrap.stores import objects
from stockwarden.core.clock import utc_now
from stockwarden.detection.detectors import DETECTORS
from stockwarden.identity.access import Action
from stockwarden.rules.prices import PriceService
from stockwarden.rules.suppression_service import SuppressionService
from stockwarden.snapshots.service import SnapshotService
from stockwarden.warehouse.service import WarehouseService


@cache
def warehouse_service() -> WarehouseService:
    return WarehouseService(
        warehouse_repository(), member_repository(), audit=audit_log(), user_ids=user_ids()
    )


@cache
def price_service() -> PriceService:
    return PriceService(price_repository(), warehouse_service(), DETECTORS, audit=audit_log())


@cache
def suppression_service() -> SuppressionService:
    codes = [detector.code for detector in DETECTORS]
    return SuppressionService(
        suppression_repository(), warehouse_service(), codes, utc_now, audit=audit_log()
    )


@cache
def snapshot_service() -> SnapshotService:
    return SnapshotService(
        snapshot_timeline(),
        anomaly_repository(),
        objects(),
        lambda caller, warehouse_id: warehouse_service().authorize(
            caller, warehouse_id, Action.SEE
        ),
    )
