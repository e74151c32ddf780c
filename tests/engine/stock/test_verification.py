"""Whatever differs from the movements is found, and nothing in a right ledger."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from stockwarden.bootstrap.sweep import ledger_verification
from stockwarden.stock import history, ledger
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage import clients
from stockwarden.storage.attributes import from_attributes
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from sweep import app
from tests.support.gateway import Context, LongContext
from tests.support.ledger import NOON, LedgerScenario, place


@pytest.fixture
def scenario(aws, monkeypatch):
    """An item with every kind of record."""
    for module in (history, ledger):
        monkeypatch.setattr(module, "CHECKPOINT_EVERY", 3)
    scenario = LedgerScenario()
    scenario.move("receipt", 10, place("A"), unit_cost=Decimal("1.37"))
    scenario.move("issue", 3, place("A"))
    scenario.move("transfer", 4, place("A"), to=place("B", warehouse_id="wh_other"))
    scenario.move("receipt", 1, place("C"), effective_at=(NOON - timedelta(days=1)).isoformat())
    scenario.post(scenario.line("count", 2, place("A")), scenario.line("issue", 1, place("A")))
    return scenario


def found(scenario: LedgerScenario) -> list[str]:
    return [each.what for each in LedgerVerification(scenario.table).differences("item_1")]


def stored(scenario: LedgerScenario, kind: str, number: int = 0) -> dict[str, Any]:
    everything = scenario.table.query_all(keys.item_stock("item_1"), consistent=True)
    return [item for item in everything if item["sk"].startswith(kind)][number]


def test_in_a_right_ledger_nothing_is_found(scenario):
    assert found(scenario) == []
    assert [item_id for item_id, _ in LedgerVerification(scenario.table).item_ids()] == ["item_1"]


def test_the_order_within_a_record_says_nothing(scenario):
    """DynamoDB keeps none in a map."""
    earlier = (NOON - timedelta(hours=1)).isoformat()
    scenario.move("transfer", 1, place("C"), to=place("D"), effective_at=earlier)
    for kind in ("LATE", "CHECKPOINT"):
        item = stored(scenario, kind, -1)
        name = "changes" if kind == "LATE" else "balances"
        backwards = dict(reversed(item[name].items()))
        assert list(backwards) != list(item[name])
        scenario.table.put_all([{**item, name: backwards}])
    assert found(scenario) == []


BOOKS = {"wh_hall": {"quantity": "2", "value": "3.00"}}


@pytest.mark.parametrize(
    ("kind", "change", "what"),
    [
        ("BALANCE", {"quantity": "77"}, "balance at"),
        ("LEDGER", {"quantity": "77"}, "quantity"),
        ("LEDGER", {"seq": 77}, "number of movements"),
        ("LEDGER", {"late": 77}, "number of late movements"),
        ("LEDGER", {"last_effective_at": "2027"}, "newest moment"),
        ("LEDGER", {"books": BOOKS}, "quantity in wh_other"),
        ("LEDGER", {"books": BOOKS}, "value in wh_hall"),
        ("MOVEMENT", {"balance_after": "77"}, "balance after of movement"),
        ("MOVEMENT", {"quantity": "-77"}, "stock at"),
        ("MOVEMENT", {"value": "77"}, "value in wh_hall"),
        ("LATE", {"changes": {}}, "late record"),
        ("CHECKPOINT", {"balances": {}}, "checkpoint"),
    ],
)
def test_what_is_changed_is_found(scenario, kind, change, what):
    scenario.table.put_all([{**stored(scenario, kind), **change}])
    assert any(each.startswith(what) for each in found(scenario))


@pytest.mark.parametrize("kind", ["BALANCE", "MOVEMENT", "LATE", "LEDGER"])
def test_what_is_missing_is_found(scenario, kind):
    scenario.table.delete_all([key_of(stored(scenario, kind))])
    assert found(scenario)


def test_what_should_not_be_there_is_found(scenario):
    extra = {**keys.balance("item_1", place("Z")), "quantity": "1", "version": 1}
    scenario.table.put_all([extra])
    assert found(scenario) == [f"balance at {place('Z').text}"]


def test_the_schedule_verifies_every_item_once_a_day_and_goes_on(scenario, monkeypatch):
    for number in range(2, 8):
        scenario.add_item(f"item_{number}")
    scenario.table.put_all([{**stored(scenario, "BALANCE"), "quantity": "77"}])
    left = iter([30_000, 30_000, 0])
    monkeypatch.setattr(Context, "get_remaining_time_in_millis", lambda _: next(left))
    first = app.handler({"task": "ledgers"}, Context())
    assert first["items"] == 2
    second = app.handler({"task": "ledgers"}, LongContext())
    assert first["items"] + second["items"] == 7
    assert first["differences"] + second["differences"] == 1
    entries = clients.dynamodb().scan(TableName="AuditTable")["Items"]
    events = [from_attributes(item) for item in entries if "ledger.differs" in str(item)]
    assert [event["object"] for event in events] == ["item/item_1"]
    assert app.handler({"task": "ledgers"}, LongContext()) == {"items": 0, "differences": 0}
    later = ledger_verification().clock() + timedelta(hours=24)
    monkeypatch.setattr(ledger_verification(), "clock", lambda: later)
    assert app.handler({"task": "ledgers"}, LongContext())["items"] == 7
