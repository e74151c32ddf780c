"""What is stored of the catalog and its movements: right, once, and completed when it was not."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role
from stockwarden.stock.item_list import ItemFilter
from stockwarden.stock.item_model import ItemChange
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage.tables import Table
from tests.support.audit_entries import all_entries
from tests.support.faults import state
from tools.stockroom import catalog, history
from tools.stockroom.history import History
from tools.stockroom.master_data import MasterData
from tools.stockroom.movements import life_of
from tools.stockroom.services import Services, Tables
from tools.stockroom.sites import Site, Worker

UNTIL, DAYS = date(2026, 11, 2), 60
FIRST = UNTIL - timedelta(days=DAYS)
MADE = datetime(2026, 9, 1, tzinfo=UTC)
KEEPER = Caller("ana", "usr_ana", Role.ADMIN, "")
SITES = [
    Site("wh_here", "H", "UTC", MADE, [Worker(KEEPER, MADE)]),
    Site("wh_there", "T", "Europe/Madrid", MADE, [Worker(KEEPER, MADE)]),
]
ITEMS = catalog.items(45)


@pytest.fixture
def tables(aws: object) -> Tables:
    return Tables(stores.catalog_table(), stores.stock_table(), stores.audit_table())


def store(tables: Tables, *, until: date = UNTIL, **more: object) -> Counter[str]:
    added = MasterData(tables, KEEPER, FIRST).store(ITEMS)
    moved = History(tables, SITES, KEEPER, 7, until, DAYS).store(ITEMS)
    return Counter(added | moved)


def lives():
    return [life_of(item, SITES, 7, FIRST, DAYS) for item in ITEMS]


def movements_of(every):
    return sum(len(chunk.lines) or 1 for life in every for chunk in life.chunks)


def differences(table: Table):
    verification = LedgerVerification(table)
    return [
        (item_id, each)
        for item_id, _ in verification.item_ids()
        for each in verification.differences(item_id)
    ]


def test_everything_is_stored_once_and_right(tables):
    added = store(tables)
    assert added["items"] == len(ITEMS)
    assert added["suppliers"] >= 40
    assert added["parts"] >= len(ITEMS)
    assert added["movements"] == movements_of(lives())
    assert added["items left alone"] == 0
    assert differences(tables.stock) == []
    stored = state()
    assert sum(store(tables).values()) == 0
    assert state() == stored


def test_what_was_stored_does_not_move_with_the_calendar(tables):
    store(tables)
    stored = state()
    assert sum(store(tables, until=UNTIL + timedelta(days=9)).values()) == 0
    assert state() == stored


def test_it_was_recorded_when_it_happened_and_by_somebody(tables):
    store(tables)
    services = Services(tables, MADE)
    for movement in services.ledger.history.all_movements(ITEMS[0].id):
        assert (
            timedelta()
            <= (
                datetime.fromisoformat(movement.recorded_at)
                - datetime.fromisoformat(movement.effective_at)
            )
            < timedelta(days=91)
        )
        assert movement.by == "usr_ana"
    assert max(entry.at for entry in all_entries().values()) < "2026-11-02T01"


def test_lists_have_something_of_everything(tables):
    store(tables)
    services = Services(tables, datetime(2026, 11, 2, 8, tzinfo=UTC))

    def listed(**wanted):
        return services.items.list_items(
            KEEPER, ItemFilter(**wanted), backwards=False, limit=100, cursor=None
        ).items

    assert len(listed()) == len(ITEMS)
    assert "CM-6001" in {item.sku for item in listed(status="archived")}
    assert listed(low_stock=True)
    lots = [
        lot for item in ITEMS for lot in services.lots.list_lots(KEEPER, item.id, 100, None).lots
    ]
    assert {lot.status for lot in lots} == {"available", "quarantined"}
    assert any(lot.expiry_date and lot.expiry_date < UNTIL for lot in lots)


def test_what_was_interrupted_is_completed(tables, monkeypatch):
    made = iter(range(30))

    def post(self, services, item, number, chunk):
        if next(made, None) is None:
            raise KeyboardInterrupt
        return real(self, services, item, number, chunk)

    real = History._post
    with monkeypatch.context() as patch:
        patch.setattr(history.History, "_post", post)
        with pytest.raises(KeyboardInterrupt):
            store(tables)
    assert store(tables)["movements"] > 0
    ledger = Services(tables, MADE).ledger
    stored = [each for item in ITEMS for each in ledger.history.all_movements(item.id)]
    assert len(stored) == movements_of(lives())
    assert differences(tables.stock) == []


def test_what_somebody_has_done_is_left_as_it_is(tables):
    """An item that is archived before anything is known to have moved."""
    MasterData(tables, KEEPER, FIRST).store(ITEMS)
    services = Services(tables, MADE)
    archived = ItemChange(status="archived", name="Not ours any more")
    services.items.change(KEEPER, RequestKey("once", ""), ITEMS[3].id, archived, None)
    assert store(tables)["items left alone"] == 1
    item = services.items.find(KEEPER, ITEMS[3].id)
    assert (item.status, item.quantity) == ("archived", 0)


def test_another_warehouse_has_a_history_of_its_own(tables):
    store(tables)
    elsewhere = [Site("wh_new", "N", "UTC", MADE, [Worker(KEEPER, MADE)])]
    moved = History(tables, elsewhere, KEEPER, 7, UNTIL, 30).store(ITEMS)
    assert moved["movements"] > len(ITEMS)
    assert moved["items left alone"] == sum(life.archived for life in lives())
    assert differences(tables.stock) == []
