"""Benchmarks the lists of orders, kits and consumption on DynamoDB Local: with 100,000 of each
against 1,000.

    python -m tools.bench.lists

They need a JDK, and DynamoDB Local (`make test-dynamodb` gets it); without they say so.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.consumption.listing import ConsumptionFilter, ConsumptionList
from stockwarden.consumption.views import EntryViews
from stockwarden.core.clock import utc_now
from stockwarden.kits.components import ComponentRepository
from stockwarden.kits.service import KitService
from stockwarden.orders.order_list import OrderFilter, OrderList, with_status
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import consumption, kits, orders
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.aws import cloud
from tests.support.gateway import ADMIN
from tests.support.kits import KitScenario
from tests.support.many_records import items_with_stock, put_many
from tests.support.orders import OrderScenario
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds
from tools.bench.runner import run

FEW, MANY = 1_000, 100_000
_LIMIT = 1.5
_ROUNDS, _CALLS, _PAGE = 7, 25, 20
_TABLES = ("StockTable", "CatalogTable", "AuditTable")
Acts = dict[str, Callable[[], Any]]


def growth() -> Iterator[Measured]:
    examples = _examples()
    with _filled(FEW, *examples) as few, _filled(MANY, *examples) as many:
        for what, ours in many.items():
            base, grown = least(few[what], ours, rounds=_ROUNDS, calls=_CALLS)
            figures = milliseconds(grown), f"{milliseconds(base)} at {FEW:,}"
            yield Measured(f"{what}, {MANY:,}", *figures, grown / base, _LIMIT)


def _examples() -> tuple[list[Item], list[Item]]:
    """What is stored of an order that is placed, and of an entry of the consumption log."""
    with cloud():
        scenario = OrderScenario()
        order = scenario.placed()
        of_order = list(_without_items(scenario.table, order.id))
    with cloud():
        kit_scenario = KitScenario()
        kit_scenario.post(kit_scenario.line("receipt", 10))
        entry = kit_scenario.use(kit_scenario.item_id, 1)
        table = kit_scenario.table
        listed = consumption.month_list(entry.effective_at[:7], entry.id)
        of_entry = table.get_many([consumption.entry(entry.id)])
        return of_order, [
            *of_entry,
            *table.query_all(listed),
            *table.query_all(consumption.months()),
        ]


def _without_items(table: Table, order_id: str) -> Iterator[Item]:
    """The records of an order but those in the lists of an item, which are not measured."""
    of_items = orders.lines(order_id), orders.on_order_records(order_id)
    left_out = [each for range_ in of_items for each in table.query_all(range_)]
    for record in table.query_all(orders.order_records(order_id)):
        if record not in left_out:
            yield record


@contextmanager
def _filled(number: int, order: list[Item], entry: list[Item]) -> Iterator[Acts]:
    """What is measured, in a table with so many of each."""
    with running() as endpoint:
        client = client_of(endpoint)
        with tables(client, *_TABLES):
            stock, catalog, audit = (Table(client, name) for name in _TABLES)
            put_many(stock, _kits(number))
            put_many(stock, _orders(number, order))
            put_many(stock, _entries(number, entry))
            yield _acts(stock, catalog, audit)


def _kits(number: int) -> Iterator[Item]:
    for item in items_with_stock(number):
        yield {**item, "listed_in": kits.KITS} if "books" in item else item
    (head,) = (item for item in items_with_stock(1) if "books" in item)
    # That of the entries, which is no kit.
    yield {**_renamed(head, {head["id"]: "item_1"}), "unit": "pcs"}


def _orders(number: int, records: list[Item]) -> Iterator[Item]:
    (order,) = (each for each in records if orders.is_order(each))
    for each in range(number):
        new = {order["id"]: f"ord_{each:026}", order["number"]: f"PO-2026-{each:06}"}
        yield from (_renamed(record, new) for record in records)


def _entries(number: int, example: Iterable[Item]) -> Iterator[Item]:
    entry, listed, month = example
    yield month
    for each in range(number):
        entry_id = f"con_{each:026}"
        yield _renamed(entry, {entry["id"]: entry_id})
        listed_again = _renamed(listed, {entry["id"]: entry_id})
        partition = consumption.month_list(entry["effective_at"][:7], entry_id)
        yield {**listed_again, **partition.key(consumption.order_in(listed_again))}


def _renamed(value: Any, new: dict[str, str]) -> Any:
    """A copy with other texts in the place of some."""
    if isinstance(value, dict):
        return {name: _renamed(each, new) for name, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, new) for each in value]
    if isinstance(value, str):
        for before, after in new.items():
            value = value.replace(before, after)
    return value


def _acts(stock: Table, catalog: Table, audit: Table) -> Acts:
    units, audit_log = UnitRepository(catalog, utc_now), AuditLog(audit, utc_now)
    kit_service = KitService(ComponentRepository(stock), units, audit_log, utc_now)
    order_list = OrderList(stock, utc_now)
    views = EntryViews(stock, lambda _: {})
    log = ConsumptionList(views, lambda *_: None, lambda name: name)
    page: dict[str, Any] = {"limit": _PAGE, "cursor": None}

    def orders_with(**wanted: Any) -> Callable[[], Any]:
        return lambda: order_list.page(ADMIN, OrderFilter(**wanted), **page).orders

    acts: Acts = {
        "GET /orders": orders_with(),
        "GET /orders?status=open": orders_with(statuses=with_status("open")),
        "GET /orders?q=PO-2026-0009": orders_with(number="PO-2026-0009"),
        "GET /orders?late=true": orders_with(late=True),
        "GET /kits": lambda: kit_service.list_kits(ADMIN, text=None, **page).kits,
        "GET /consumption": lambda: (
            log.page(ADMIN, ConsumptionFilter(), by=None, **page).consumption
        ),
    }
    for what, act in acts.items():
        if len(act()) != _PAGE:
            raise RuntimeError(f"{what} answered another page than one of {_PAGE}")
    return acts


BENCHMARKS = {"growth": growth}

if __name__ == "__main__":
    sys.exit(run("lists of orders, kits and consumption", BENCHMARKS, set(BENCHMARKS)))
