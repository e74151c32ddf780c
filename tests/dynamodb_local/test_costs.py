"""What DynamoDB charges, where an item has moved a hundred thousand times."""

from typing import Any

import pytest

from stockwarden.bootstrap import stores
from stockwarden.stock.history import History
from stockwarden.stock.reading import StockReadingService
from stockwarden.stock.verification import LedgerVerification
from tests.support.gateway import ADMIN
from tests.support.ledger import NOON, LedgerScenario
from tests.support.many_records import HALL, item_with_movements, moment_of, put_many

MOVEMENTS = 100_000


@pytest.fixture
def charged(ledger_client: Any) -> list[float]:
    """The read units of each call, as DynamoDB tells them."""
    units: list[float] = []

    def ask(params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def note(parsed: dict[str, Any], **_: Any) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        answers = consumed if isinstance(consumed, list) else [consumed]
        units.extend(each["CapacityUnits"] for each in answers)

    for name in ("GetItem", "BatchGetItem", "Query"):
        ledger_client.meta.events.register(f"provide-client-params.dynamodb.{name}", ask)
        ledger_client.meta.events.register(f"after-call.dynamodb.{name}", note)
    return units


def test_stock_at_an_instant_takes_ten_reads_however_much_has_moved(
    ledger_tables: None, charged: list[float]
) -> None:
    table = stores.stock_table()
    put_many(table, item_with_movements("item_1", 1_050))
    assert LedgerVerification(table).differences("item_1") == []
    put_many(table, item_with_movements("item_1", MOVEMENTS))
    history = History(table)
    ledger = LedgerScenario("item_2")
    reading = StockReadingService(
        table,
        history,
        lambda *_: None,
        lambda _: {},
        lambda: NOON,
        recovery=ledger.ledger.recovery,
    )
    for seq in (1, 99, 100, 50_055, 99_999, MOVEMENTS):
        charged.clear()
        balances = history.balances_at("item_1", moment_of(seq))
        assert sum(balances.values()) == seq
        assert 0 < sum(charged) <= 10, (seq, charged)
    charged.clear()
    answer = reading.stock_at(ADMIN, "item_1", at=None, warehouse_id=HALL, limit=20, cursor=None)
    assert answer.quantity == MOVEMENTS
    assert sum(charged) <= 10, charged
