"""Warehouses: layouts, members, costs, suppressions, and their snapshots."""

from functools import cache

from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    members,
    rate_repository,
    snapshot_chain,
    suppression_repository,
    warehouse_repository,
)
from stockwarden.detection.detectors import DETECTORS
from stockwarden.identity.access import Action
from stockwarden.rules.rates import CostSettings
from stockwarden.rules.suppressions import Suppressions
from stockwarden.snapshots.service import Snapshots
from stockwarden.warehouse.service import Warehouses


@cache
def warehouse_service() -> Warehouses:
    return Warehouses(warehouse_repository(), members())


@cache
def cost_service() -> CostSettings:
    return CostSettings(rate_repository(), warehouse_service(), DETECTORS)


@cache
def suppression_service() -> Suppressions:
    codes = [detector.code for detector in DETECTORS]
    return Suppressions(suppression_repository(), warehouse_service(), codes)


@cache
def snapshot_service() -> Snapshots:
    return Snapshots(
        snapshot_chain(),
        anomaly_repository(),
        lambda warehouse_id, caller: warehouse_service().entitled(warehouse_id, caller, Action.SEE),
    )
