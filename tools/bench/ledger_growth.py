"""Lists and stock at an instant on DynamoDB Local, with a hundred times as much in the tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import utc_now
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.history import History
from stockwarden.stock.item_list import ItemFilter
from stockwarden.stock.item_repository import ItemRepository
from stockwarden.stock.item_service import ItemService
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.reading import StockReadingService
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.gateway import ADMIN
from tests.support.many_records import (
    HALL,
    item_with_movements,
    items_with_stock,
    moment_of,
    put_many,
)
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds

FEW, MANY = 1_000, 100_000
_LIMIT = 1.5
_ROUNDS, _CALLS = 7, 25
_TABLES = ("StockTable", "CatalogTable", "AuditTable")


Acts = dict[str, Callable[[], Any]]


def growth() -> Iterator[Measured]:
    with _filled(FEW) as few, _filled(MANY) as many:
        for what, ours in many.items():
            base, grown = least(few[what], ours, rounds=_ROUNDS, calls=_CALLS)
            figures = milliseconds(grown), f"{milliseconds(base)} at {FEW:,}"
            yield Measured(f"{what}, {MANY:,}", *figures, grown / base, _LIMIT)


@contextmanager
def _filled(number: int) -> Iterator[Acts]:
    """What is measured, in tables with so many items, and one item with as many movements."""
    with running() as endpoint:
        client = client_of(endpoint)
        with tables(client, *_TABLES):
            stock, catalog, audit = (Table(client, name) for name in _TABLES)
            put_many(stock, items_with_stock(number))
            put_many(stock, item_with_movements("item_moved", number))
            yield _acts(stock, catalog, audit, number)


def _acts(stock: Table, catalog: Table, audit: Table, number: int) -> Acts:
    log, units = AuditLog(audit, utc_now), UnitRepository(catalog, utc_now)
    ledger = Ledger(stock, FactsReader(catalog), units, log, utc_now)
    items = ItemService(
        ItemRepository(catalog, stock, units, utc_now),
        ledger,
        log,
        authorize=lambda _caller, _warehouse_id: "UTC",
        main_warehouse=lambda _caller: HALL,
    )
    reading = StockReadingService(
        stock,
        History(stock),
        lambda _caller, _id: None,
        names_of=lambda _user_ids: {},
        clock=utc_now,
        recovery=ledger.recovery,
    )
    page: dict[str, Any] = {"limit": 20, "cursor": None}
    middle = datetime.fromisoformat(moment_of(number // 2 + 55))
    return {
        "GET /items": lambda: items.list_items(ADMIN, ItemFilter(), backwards=False, **page),
        "GET /items?q=bolt": lambda: items.list_items(
            ADMIN, ItemFilter(text="bolt M7"), backwards=False, **page
        ),
        "GET /warehouses/{id}/stock": lambda: reading.in_warehouse(
            ADMIN, HALL, location=None, item_id=None, **page
        ),
        "GET /items/{id}/stock?at= of movements": lambda: reading.stock_at(
            ADMIN, "item_moved", at=middle, warehouse_id=None, **page
        ),
        "GET /items/{id}/stock?at= of items": lambda: reading.stock_at(
            ADMIN, f"item_{5:026}", at=middle, warehouse_id=None, **page
        ),
    }
