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
from stockwarden.bootstrap.stores import catalog_table, objects, stock_table
from stockwarden.core.clock import utc_now
from stockwarden.detection.detectors import DETECTORS
from stockwarden.identity.access import Action, Caller
from stockwarden.rules.prices import PriceService
from stockwarden.rules.suppression_service import SuppressionService
from stockwarden.snapshots.item_service import (
    ItemSnapshotService,
    VisibleWarehouse,
    Warehouses,
)
from stockwarden.snapshots.service import SnapshotService
from stockwarden.stock.items_there import items_there
from stockwarden.warehouse.removal import WarehouseRemoval
from stockwarden.warehouse.service import WarehouseService


@cache
def warehouse_service() -> WarehouseService:
    return WarehouseService(
        warehouse_repository(), member_repository(), audit=audit_log(), user_ids=user_ids()
    )


@cache
def warehouse_removal() -> WarehouseRemoval:
    return WarehouseRemoval(
        warehouse_service(),
        warehouse_repository(),
        member_repository(),
        items_in=lambda warehouse_id: items_there(stock_table(), warehouse_id),
        audit=audit_log(),
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


@cache
def item_snapshot_service() -> ItemSnapshotService:
    return ItemSnapshotService(
        snapshot_timeline(),
        anomaly_repository(),
        objects(),
        catalog_table(),
        warehouses=Warehouses(_visible_warehouse, _visible_warehouses),
    )


def _visible_warehouse(caller: Caller, warehouse_id: str) -> VisibleWarehouse:
    meta = warehouse_service().authorize(caller, warehouse_id, Action.SEE)
    return VisibleWarehouse(warehouse_id, meta["name"])


def _visible_warehouses(
    caller: Caller, limit: int, cursor: str | None
) -> tuple[list[VisibleWarehouse], str | None]:
    page = warehouse_service().list_warehouses(caller, limit, cursor)
    return [VisibleWarehouse(each.id, each.name) for each in page.warehouses], page.next_cursor
