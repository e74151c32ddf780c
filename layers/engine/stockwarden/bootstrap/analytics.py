"""Services of analytics; imported by the stock function."""

from collections.abc import Collection, Mapping
from functools import cache

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.list_service import RankedListService
from stockwarden.analytics.low_stock import LowStockService
from stockwarden.analytics.order_service import OrderFiguresService
from stockwarden.analytics.scopes import Scopes
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.value_service import StockValueService
from stockwarden.bootstrap.ledger import member_repository, unit_repository
from stockwarden.bootstrap.orders import on_order_reader
from stockwarden.bootstrap.stores import (
    catalog_table,
    projections_table,
    reports_table,
    stock_table,
)
from stockwarden.core.clock import utc_now
from stockwarden.identity.access import Action, Caller, allows
from stockwarden.warehouse.repository import WarehouseRepository


@cache
def stock_value_service() -> StockValueService:
    table = projections_table()
    return StockValueService(table, Generations(table), _scopes())


@cache
def ranked_list_service() -> RankedListService:
    return RankedListService(projections_table(), stock_table(), _scopes())


@cache
def order_figures_service() -> OrderFiguresService:
    table = projections_table()
    return OrderFiguresService(table, catalog_table(), Generations(table), _scopes(), utc_now)


@cache
def low_stock_service() -> LowStockService:
    table = projections_table()
    return LowStockService(
        table=table,
        stock=stock_table(),
        catalog=catalog_table(),
        scopes=_scopes(),
        units=unit_repository(),
        usage=UsageProjection(table, stock_table(), Generations(table)),
        on_order=on_order_reader().of_items,
        clock=utc_now,
    )


@cache
def _scopes() -> Scopes:
    return Scopes(catalog_table(), member_repository().require_visible, _warehouse_names)


def _warehouse_names(caller: Caller, warehouse_ids: Collection[str]) -> Mapping[str, str]:
    """Of those that the caller may see."""
    found = WarehouseRepository(reports_table(), utc_now).find_many(sorted(warehouse_ids))
    roles = member_repository().roles_of(caller, [(each["username"], each["id"]) for each in found])
    return {
        each["id"]: each["name"]
        for each, role in zip(found, roles, strict=True)
        if allows(role, Action.SEE)
    }
