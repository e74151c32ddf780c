"""250 items received on DynamoDB Local, by themselves and as the lines of an order, to bare
transactions that write the same of each item.

These have a hundred actions each, as one allows. They read and decide nothing, and are not one: a
failure in the middle would leave a part.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import utc_now
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.large_posting import MAX_ACTIONS
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.storage import clients
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.aws import cloud
from tests.support.gateway import ADMIN
from tests.support.many_records import HALL, items_with_stock, put_many
from tests.support.orders import OrderScenario
from tools.bench.bare.bare_movement import BareMovement
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds

LINES = 250
_LIMIT = 3.0
_ROUNDS = 15
_TABLES = ("StockTable", "CatalogTable", "AuditTable")


def large() -> Iterator[Measured]:
    with running() as endpoint:
        client = client_of(endpoint)
        with tables(client, *_TABLES):
            stock, catalog, audit = (Table(client, name) for name in _TABLES)
            put_many(stock, items_with_stock(2 * LINES))
            ids = [f"item_{each:026}" for each in range(2 * LINES)]
            units, log = UnitRepository(catalog, utc_now), AuditLog(audit, utc_now)
            ledger = Ledger(stock, FactsReader(catalog), units, log, utc_now)
            bare = BareMovement(client, lambda: _receive(ledger, [ids[1]]))
            acts = [
                lambda: bare.write_all(ids[LINES:], MAX_ACTIONS),
                lambda: _receive(ledger, ids[:LINES]),
                _receipts_of_orders(client, ids[:LINES]),
            ]
            base, *ours = least(*acts, rounds=_ROUNDS, calls=1)
            for what, seconds in zip(("a receipt", "an order"), ours, strict=True):
                figures = milliseconds(seconds), f"{milliseconds(base)} of bare transactions"
                yield Measured(f"{what} of {LINES} lines", *figures, seconds / base, _LIMIT)


def _receipts_of_orders(client: Any, item_ids: Sequence[str]) -> Callable[[], object]:
    """Receives another order that is placed, as often as is measured."""
    with cloud(), patch.object(clients, "dynamodb", lambda: client):
        orders = OrderScenario()
        lines = [{"item_id": each, "quantity": Decimal(1), "price": "2.50"} for each in item_ids]
        placed = [orders.placed(*lines) for _ in range(_ROUNDS + 1)]
    return lambda: orders.move(placed.pop(), "receive")


def _receive(ledger: Ledger, item_ids: Sequence[str]) -> None:
    place = Place(HALL, "A-01")
    lines = [Line("", item_id, Kind.RECEIPT, place, Decimal(1)) for item_id in item_ids]
    ledger.post(ADMIN, RequestKey(secrets.token_hex(13), ""), lines)
