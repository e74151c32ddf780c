"""Movements per second on DynamoDB Local, to bare transactions with the same actions and bytes.

A movement reads what it depends on, in one call, before its transaction. So it is compared with a
bare call that reads the same and the transaction, and also with the transaction alone: there a call
takes about as long as another, whatever it does, and half of it is the client's own time. DynamoDB
itself answers a read in a fraction of the time of a transaction.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import utc_now
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.gateway import ADMIN
from tests.support.many_records import HALL, items_with_stock, put_many
from tools.bench.bare.bare_movement import BareMovement
from tools.bench.local_client import client_of
from tools.bench.measured import Measured

_LIMIT, _LIMIT_WITHOUT_READING = 0.7, 0.4
_ITEMS, _PEOPLE = 1_000, 4
_ROUNDS, _MOVEMENTS = 5, 400
_TABLES = ("StockTable", "CatalogTable", "AuditTable")


# Does something for the nth time.
Act = Callable[[int], object]


def throughput() -> Iterator[Measured]:
    """Of one item by one person after the other, of many by several at once."""
    with running() as endpoint:
        client = client_of(endpoint)
        with tables(client, *_TABLES):
            stock, catalog, audit = (Table(client, name) for name in _TABLES)
            put_many(stock, items_with_stock(2 * _ITEMS))
            units, log = UnitRepository(catalog, utc_now), AuditLog(audit, utc_now)
            ledger = Ledger(stock, FactsReader(catalog), units, log, utc_now)
            bare = BareMovement(client, partial(_receive, ledger, f"item_{1:026}"))
            for what, people, number in (("one item", 1, 1), ("1,000 items", _PEOPLE, _ITEMS)):
                ids = [f"item_{each:026}" for each in range(number)]
                move = partial(_receive_one_of, ledger, ids)
                others = [f"item_{_ITEMS + each:026}" for each in range(number)]
                acts: list[Act] = [
                    move,
                    partial(bare.read_and_write, others),
                    partial(bare.write, others),
                ]
                ours, base, alone = _per_second(acts, people)
                for other, called, limit in (
                    (base, "bare reads and transactions", _LIMIT),
                    (alone, "bare transactions alone", _LIMIT_WITHOUT_READING),
                ):
                    figures = f"{ours:.0f}/s", f"{other:.0f}/s {called}"
                    yield Measured(
                        f"movements of {what}", *figures, ours / other, limit, more_is_better=True
                    )


def _receive_one_of(ledger: Ledger, item_ids: Sequence[str], number: int) -> None:
    _receive(ledger, item_ids[number % len(item_ids)])


def _receive(ledger: Ledger, item_id: str) -> None:
    place = Place(HALL, "A-01")
    line = Line("", item_id, Kind.RECEIPT, place, Decimal(1))
    ledger.post(ADMIN, RequestKey(secrets.token_hex(13), ""), [line])


def _per_second(acts: Sequence[Act], people: int) -> list[float]:
    """The most of several rounds in which the acts take turns."""
    most = [0.0] * len(acts)
    with ThreadPoolExecutor(people) as threads:
        for act in acts:
            list(threads.map(act, range(50)))
        for _ in range(_ROUNDS):
            for number, act in enumerate(acts):
                start = time.perf_counter()
                list(threads.map(act, range(_MOVEMENTS)))
                most[number] = max(most[number], _MOVEMENTS / (time.perf_counter() - start))
    return most
