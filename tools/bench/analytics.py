"""Benchmarks analytics on DynamoDB Local: figures of 100,000 items and as many orders against those
of 1,000.

    python -m tools.bench.analytics

- A page of each figure, which must not depend on the number of items, orders and suppliers.
- What the ranked lists of all take to make, by item, which must not grow with them.

They need a JDK, and DynamoDB Local (`make test-dynamodb` gets it); without they say so.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from stockwarden.analytics.day_ends import DayEnds
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.list_service import ListQuery, RankedListService, UseQuery
from stockwarden.analytics.low_stock import LowQuery, LowStockService
from stockwarden.analytics.order_service import OrderFiguresService
from stockwarden.analytics.order_totals import counted_order
from stockwarden.analytics.order_totals import sums_of as sums_of_order
from stockwarden.analytics.refresh import Refresh
from stockwarden.analytics.scopes import Scopes
from stockwarden.analytics.totals import Measures, SumsOf
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.used_days import Day, DayInWarehouse, Used, day_item
from stockwarden.analytics.value_service import StockValueService, ValueQuery
from stockwarden.analytics.valued_item import sums_of, valued_item
from stockwarden.analytics.views import ViewStore
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import iso, utc_now
from stockwarden.orders.on_order import OnOrderReader
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import Total
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.gateway import ADMIN
from tests.support.many_records import HALL, items_with_stock, put_many
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds
from tools.bench.runner import run

FEW, MANY = 1_000, 100_000
_LIMIT = 1.5
_ROUNDS, _CALLS = 7, 10
_TABLES = ("ProjectionsTable", "StockTable", "CatalogTable")
_ONE = 10**12
_GENERATION = 1
Acts = dict[str, Callable[[], Any]]


@contextmanager
def _filled(number: int) -> Iterator[tuple[Acts, float]]:
    """What is measured, with so many items and orders, and the seconds that the lists took for each
    item."""
    with running() as endpoint:
        client = client_of(endpoint)
        with tables(client, *_TABLES):
            table, stock, catalog = (Table(client, name) for name in _TABLES)
            heads = [_head(each, item) for each, item in enumerate(_heads(number))]
            put_many(stock, heads)
            records = [valued_item(_GENERATION, head["id"], head) for head in heads]
            put_many(table, ({**record, "writes": 1} for record in records))
            put_many(table, _totals_of(records, sums_of))
            put_many(table, _usages(heads))
            # Orders themselves are not read for their figures.
            put_many(table, _totals_of(_orders(number), sums_of_order))
            generations = Generations(table)
            refresh = Refresh(
                table, generations, ViewStore(table), DayEnds(table, utc_now), utc_now
            )
            start = time.perf_counter()
            refresh.run()
            seconds = (time.perf_counter() - start) / number
            yield _acts(table, stock, catalog), seconds


def _heads(number: int) -> Iterator[Item]:
    return (item for item in items_with_stock(number) if "books" in item)


def _head(position: int, head: Item) -> Item:
    """One in a hundred categories, of ten suppliers, with a value of its own."""
    value = str(position % 997 + 1)
    return {
        **head,
        "category": f"cat_{position % 100}",
        "supplier": f"spl_{position % 10}",
        "currency": "EUR",
        "books": {HALL: {"quantity": head["quantity"], "value": value}},
        # Every tenth is low.
        **({"reorder_point": str(position % 90 + 10), "low": True} if position % 10 == 0 else {}),
    }


def _totals_of(records: Iterable[Item], sums_of_record: SumsOf) -> Iterator[Item]:
    totals: dict[Total, Measures] = defaultdict(Counter)
    for record in records:
        for total, each in sums_of_record(record).items():
            totals[total].update(each)
    for total, each in totals.items():
        ranking = keys.total_ranking(_GENERATION, total.scope, total.dimension, total.currency)
        about = {"ranking": ranking, "group": total.group, "currency": total.currency}
        yield {**keys.total(_GENERATION, total), **about, **each}


def _orders(number: int) -> Iterator[Item]:
    """Forty of each supplier, placed within a year; each fifth is still open, some are late."""
    now = utc_now()
    for each in range(number):
        placed, is_open = now - timedelta(days=each % 365), each % 5 == 0
        order = {
            "version": 3,
            "type": "purchase",
            "status": "placed" if is_open else "completed",
            "supplier_id": f"spl_{each // 40}",
            "warehouse_id": HALL,
            "currency": "EUR",
            "total": str(each % 997 + 1),
            "lines": 3,
            "open_lines": 3 if is_open else 0,
            "placed_at": iso(placed),
            "expected_at": iso(placed + timedelta(days=30)),
        }
        if not is_open:
            order["completed_at"] = iso(placed + timedelta(days=each % 40))
        yield counted_order(_GENERATION, f"ord_{each:026}", order)


def _usages(heads: Iterable[Item]) -> Iterator[Item]:
    today = utc_now().date()
    for position, head in enumerate(heads):
        # Half of them lie.
        for age in (position % 29, 40) if position % 2 else (100, 150):
            yield _usage(head["id"], today - timedelta(days=age), position % 499 + 1)


def _usage(item_id: str, day: date, quantity: int) -> Item:
    """A month in which something was issued on one day."""
    used = {"issue": Used(Fraction(quantity), quantity * _ONE)}
    there = DayInWarehouse(-quantity * _ONE, Fraction(-quantity), used)
    month = f"{day:%Y-%m}"
    days = {f"d{day:%d}": day_item(Day(1, {HALL: there}))}
    key = keys.usage(_GENERATION, month, item_id)
    return {**key, "id": item_id, "month": month, "days": days, "writes": 1}


def _acts(table: Table, stock: Table, catalog: Table) -> Acts:
    scopes = Scopes(catalog, lambda _caller, _id: None, lambda _caller, _ids: {})
    values = StockValueService(table, Generations(table), scopes)
    lists = RankedListService(table, stock, scopes)
    figures = OrderFiguresService(table, catalog, Generations(table), scopes, utc_now)
    page: dict[str, Any] = {"limit": 20, "cursor": None}
    of_orders: dict[str, Any] = {"warehouse_id": None, "currency": None}
    low = LowStockService(
        table=table,
        stock=stock,
        catalog=catalog,
        scopes=scopes,
        units=UnitRepository(catalog, utc_now),
        usage=UsageProjection(table, stock, Generations(table)),
        on_order=OnOrderReader(stock).of_items,
        clock=utc_now,
    )
    ask = ListQuery()
    return {
        "GET /analytics/stock-value": lambda: values.value(ADMIN, ValueQuery("category"), **page),
        "GET /analytics/abc": lambda: lists.abc(ADMIN, ask, None, **page),
        "GET /analytics/turnover": lambda: lists.turnover(ADMIN, ask, **page),
        "GET /analytics/slow-movers": lambda: lists.slow_movers(ADMIN, ask, 90, **page),
        "GET /analytics/low-stock": lambda: low.page(ADMIN, LowQuery(), **page),
        "GET /analytics/consumption": lambda: lists.consumption(ADMIN, ask, UseQuery(), **page),
        "GET /analytics/orders": lambda: figures.orders(ADMIN, "purchase", months=12, **of_orders),
        "GET /analytics/suppliers": lambda: figures.suppliers(ADMIN, **of_orders, **page),
    }


def growth() -> Iterator[Measured]:
    with _filled(FEW) as (few, base_seconds), _filled(MANY) as (many, seconds):
        for what, ours in many.items():
            base, grown = least(few[what], ours, rounds=_ROUNDS, calls=_CALLS)
            figures = milliseconds(grown), f"{milliseconds(base)} at {FEW:,}"
            yield Measured(f"{what}, {MANY:,} items and orders", *figures, grown / base, _LIMIT)
        figures = milliseconds(seconds), f"{milliseconds(base_seconds)} at {FEW:,}"
        yield Measured(
            f"ranked lists, by item of {MANY:,}", *figures, seconds / base_seconds, _LIMIT
        )


if __name__ == "__main__":
    sys.exit(run("analytics", {"growth": growth}, {"growth"}))
