"""The ledger and who may move stock; shared by the roots of catalog, stock and analysis."""

from contextlib import suppress
from functools import cache

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap.stores import (
    audit_table,
    catalog_table,
    reports_table,
    stock_table,
    users_table,
)
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import utc_now
from stockwarden.identity.access import MAIN_WAREHOUSE, Action, Caller
from stockwarden.identity.user_ids import UserIds
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.ledger import Ledger
from stockwarden.storage.tables import ConditionFailed
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.model import WarehouseRequest
from stockwarden.warehouse.repository import WarehouseRepository
from stockwarden.warehouse.service import WarehouseService


@cache
def ledger() -> Ledger:
    return Ledger(
        stock_table(),
        FactsReader(catalog_table()),
        unit_repository(),
        audit_log(),
        utc_now,
        enter=WarehouseRepository(reports_table(), utc_now).mark_stocked,
    )


@cache
def unit_repository() -> UnitRepository:
    return UnitRepository(catalog_table(), utc_now)


@cache
def warehouse_service() -> WarehouseService:
    return WarehouseService(
        WarehouseRepository(reports_table(), utc_now),
        member_repository(),
        audit=audit_log(),
        user_ids=UserIds(users_table()),
    )


@cache
def member_repository() -> MemberRepository:
    return MemberRepository(reports_table(), users_table(), utc_now)


@cache
def audit_log() -> AuditLog:
    # Not the one of `repositories`, which imports what these functions do not need.
    return AuditLog(audit_table(), utc_now)


def authorize_moves(caller: Caller, warehouse_id: str) -> str:
    """The time zone of a warehouse in which the caller may move stock. Raises NotFound for one
    that the caller may not see, Forbidden for one where the caller may not work."""
    meta = warehouse_service().authorize(caller, warehouse_id, Action.WORK)
    return str(meta["timezone"])


def main_warehouse(caller: Caller) -> str:
    """The id of the company's main warehouse, which whoever needs it first makes."""
    if warehouse_service().repository.find(MAIN_WAREHOUSE) is None:
        with suppress(ConditionFailed):
            warehouse_service().add(caller, MAIN_WAREHOUSE, WarehouseRequest(name="Main warehouse"))
    return MAIN_WAREHOUSE
