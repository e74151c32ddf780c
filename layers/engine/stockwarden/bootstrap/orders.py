"""Services of orders; imported by the stock function, and by who asks what is on order."""

from functools import cache

from stockwarden.bootstrap.ledger import (
    audit_log,
    authorize_moves,
    ledger,
    main_warehouse,
    member_repository,
    unit_repository,
)
from stockwarden.bootstrap.stores import catalog_table, stock_table, users_table
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.core.clock import utc_now
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.orders.drafts import Drafter
from stockwarden.orders.fulfilment import FulfilmentService
from stockwarden.orders.on_order import OnOrderReader
from stockwarden.orders.order_list import OrderList
from stockwarden.orders.order_movements import OrderMovements
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.repository import OrderRepository
from stockwarden.orders.service import OrderService
from stockwarden.orders.steps import OrderSteps


@cache
def supplier_repository() -> SupplierRepository:
    return SupplierRepository(catalog_table(), utc_now)


@cache
def order_reader() -> OrderReader:
    return OrderReader(
        OrderRepository(stock_table(), supplier_repository(), utc_now),
        UserDirectory(users_table()).names_of,
        utc_now,
    )


@cache
def order_service() -> OrderService:
    drafter = Drafter(
        catalog_table(),
        stock_table(),
        utc_now,
        suppliers=supplier_repository(),
        units=unit_repository(),
    )
    return OrderService(
        order_reader(),
        drafter,
        audit_log(),
        require_visible=member_repository().require_visible,
        main_warehouse=main_warehouse,
        enter=ledger().enter,
    )


@cache
def order_steps() -> OrderSteps:
    return OrderSteps(order_reader(), audit_log())


@cache
def fulfilment_service() -> FulfilmentService:
    return FulfilmentService(order_reader(), ledger(), catalog_table(), authorize_moves)


@cache
def order_list() -> OrderList:
    return OrderList(stock_table(), utc_now)


@cache
def order_movements() -> OrderMovements:
    return OrderMovements(order_reader())


@cache
def on_order_reader() -> OnOrderReader:
    return OnOrderReader(stock_table())
