"""Orders, kits and what is used up: planned alike, stored once and right, completed when not."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest

from stockwarden.bootstrap import stores
from stockwarden.consumption.entries import EntryRepository
from stockwarden.identity.access import Caller, Role
from stockwarden.orders.states import Act, OrderStatus
from stockwarden.stock.item_model import ItemPatch
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage.keys import stock as keys
from tests.support.audit_entries import all_entries
from tests.support.faults import state
from tools.stockroom import catalog
from tools.stockroom.services import Services, Tables
from tools.stockroom.sites import Site, Worker
from tools.stockroom.stocking import Stocking
from tools.stockroom.trade.events import (
    Arrived,
    Assembled,
    Composed,
    Corrected,
    Drafted,
    Moved,
    Stepped,
    Used,
)
from tools.stockroom.trade.plan import Size, company_of, goods_of, plan
from tools.stockroom.trade.services import TradeServices
from tools.stockroom.trade.trade import Trade

UNTIL, DAYS = date(2026, 11, 2), 42
FIRST = UNTIL - timedelta(days=DAYS)
MADE = datetime(2026, 9, 21, tzinfo=UTC)
KEEPER = Caller("ana", "usr_ana", Role.ADMIN, "")
SITES = [
    Site("wh_here", "H", "UTC", MADE, [Worker(KEEPER, MADE)]),
    Site("wh_there", "T", "Europe/Madrid", MADE, [Worker(KEEPER, MADE)]),
]
# Of 60 items.
GOODS = 15
SMALL = Size(orders=12, kits=range(3), assemblies=3, uses_a_day=0.6)
HAPPENINGS = (
    "opening stocks",
    "orders",
    "steps of orders",
    "kits",
    "assemblies",
    "consumption entries",
    "corrections",
)
FULL = Size(orders=300, kits=range(40), assemblies=120, uses_a_day=2.5)


@pytest.fixture
def tables(aws: object) -> Tables:
    return Tables(stores.catalog_table(), stores.stock_table(), stores.audit_table())


def stocking(tables, **more):
    facts = {"items": 60, "until": UNTIL, "days": DAYS, "seed": 1, "size": SMALL, **more}
    return Stocking(tables=tables, sites=SITES[:1], keeper=KEEPER, day=MADE.date(), **facts)


def planned(size=SMALL, *, items=60, seed=1, days=DAYS, sites=SITES[:1]):
    company = company_of(goods_of(catalog.items(items)), size.kits, sites, KEEPER)
    return plan(company, size, seed, UNTIL - timedelta(days=days), days)


def full():
    return planned(FULL, items=2000, days=365, sites=SITES)


def orders_of(tables, events):
    trade, services = Trade(tables, SITES[:1], 1, GOODS), TradeServices(tables, SITES[:1])
    services.now = datetime.combine(UNTIL, datetime.min.time(), UTC)
    return [
        services.orders.find(KEEPER, trade.order_id(event.name))
        for event in events
        if isinstance(event, Drafted)
    ]


def differences(tables):
    verification = LedgerVerification(tables.stock)
    ids = [item_id for item_id, _ in verification.item_ids()]
    assert len(ids) == 63
    return [each for item_id in ids for each in verification.differences(item_id)]


# ---- The plan ----


def test_the_same_seed_gives_the_same_plan():
    assert planned() == planned()
    assert planned() != planned(seed=2)


def test_a_plan_is_in_order_and_names_everything_once():
    events = full()
    moments = [event.moment for event in events]
    assert moments == sorted(moments)
    assert moments[-1].date() < UNTIL
    assert len({event.name for event in events}) == len(events)


def test_a_year_has_what_was_promised():
    events = full()
    kinds = Counter(type(event) for event in events)
    assert (kinds[Drafted], kinds[Composed]) == (300, 40)
    assert kinds[Used] > 800 and kinds[Corrected] > 20 and kinds[Assembled] > 60
    acts = Counter(event.act for event in events if isinstance(event, Stepped | Moved))
    assert set(acts) == set(Act)
    assert acts[Act.RECEIVE] > 150 and acts[Act.SHIP] > 120 and acts[Act.RETURN] > 10
    orders = [event.request for event in events if isinstance(event, Drafted)]
    assert max(len(order.lines) for order in orders) == 40
    assert any(line.packs for order in orders for line in order.lines)
    assert {order.type for order in orders} == {"purchase", "sales"}
    assert {order.warehouse_id for order in orders} == {"wh_here", "wh_there"}
    assert sum(bool(order.costs) for order in orders) > 40
    first, last = (
        choose(event.moment for event in events if isinstance(event, Used)) for choose in (min, max)
    )
    assert (last - first).days > 350
    uses = [event.request for event in events if isinstance(event, Used)]
    assert len({use.purpose for use in uses}) > 4


def test_some_kits_are_nested():
    composed = [event for event in full() if isinstance(event, Composed)]
    kits = {event.item_id for event in composed}
    nested = [event for event in composed if any(each.item_id in kits for each in event.components)]
    assert 10 < len(nested) < 20


def test_lead_times_are_those_of_good_and_of_late_suppliers():
    """As shares of what a supplier usually promises."""
    events = full()
    usual = {
        catalog.supplier_id(each["name"]): each["lead_time_days"]
        for each in catalog.supplier_requests()
    }
    suppliers = {
        event.name: event.request.supplier_id for event in events if isinstance(event, Drafted)
    }
    placed = {
        event.order: event.moment
        for event in events
        if isinstance(event, Stepped) and event.act is Act.PLACE
    }
    shares = {}
    for event in events:
        if isinstance(event, Moved) and event.act is Act.RECEIVE:
            days = (event.moment - placed[event.order]).days
            supplier_id = suppliers[event.order]
            shares.setdefault(supplier_id, []).append(days / usual[supplier_id])
    medians = [median(each) for each in shares.values() if len(each) >= 3]
    assert len(medians) > 15
    assert min(medians) < 1.05
    assert max(medians) > 1.4
    assert 0.8 < median(medians) < 1.7


def test_few_items_have_no_orders():
    assert goods_of(catalog.items(20)) == ()
    assert len(goods_of(catalog.items(60))) == 15
    assert len(goods_of(catalog.items(2000))) == 160


# ---- What is stored ----


def test_everything_is_stored_once_and_right(tables):
    added = stocking(tables).store()
    kinds = Counter(type(event) for event in planned())
    assert added["orders"] == kinds[Drafted] == 12
    assert added["kits"] == kinds[Composed] == 3
    assert added["steps of orders"] == kinds[Stepped] + kinds[Moved]
    assert added["consumption entries"] == kinds[Used] > 15
    assert added["corrections"] == kinds[Corrected] == 1
    assert added["assemblies"] == kinds[Assembled] > 0
    assert added["opening stocks"] == kinds[Arrived] == 1
    assert added["items left alone"] == added["events left alone"] == 0
    assert added["items"] == 60 + 3
    assert differences(tables) == []
    stored = state()
    later = stocking(tables, until=UNTIL + timedelta(days=9))
    assert sum(later.store().values()) == 0
    assert state() == stored


def test_every_screen_has_something(tables):
    stocking(tables).store()
    orders = orders_of(tables, planned())
    assert {order.status for order in orders} == set(OrderStatus)
    assert {(order.type, order.status) for order in orders} >= {
        ("purchase", "draft"),
        ("sales", "draft"),
        ("purchase", "placed"),
        ("sales", "placed"),
        ("purchase", "completed"),
    }
    assert {order.type for order in orders if order.late} == {"purchase", "sales"}
    assert [order.internal_number for order in orders if order.type == "purchase"] == [
        f"PO-2026-{number:04}" for number in range(1, 7)
    ]
    entries = EntryRepository(tables.stock)
    used = [
        entries.existing(Trade(tables, SITES[:1], 1, GOODS).entry_id(event.name))
        for event in planned()
        if isinstance(event, Used)
    ]
    assert sum(entry.corrected_by is not None for entry in used) == 1
    assert all(entry.purpose for entry in used)


def test_the_newest_kit_lacks_what_is_on_order(tables):
    stocking(tables).store()
    *_, newest = (event for event in planned() if isinstance(event, Composed))
    scarce = newest.components[-1]
    services = TradeServices(tables, SITES[:1])
    free = services.stock.places([scarce.item_id], None)[scarce.item_id]
    assert sum(place.quantity for place in free) < scarce.quantity
    waiting = [
        order
        for order in orders_of(tables, planned())
        if order.type == "purchase"
        and order.status == "placed"
        and any(line.item_id == scarce.item_id for line in order.lines)
    ]
    assert len(waiting) == 1
    assert not waiting[0].late
    head = tables.stock.get(keys.head(scarce.item_id))
    assert head["status"] == "active"


def test_it_was_recorded_when_the_company_had_the_product(tables):
    """What is older is brought along."""
    founded = datetime(2026, 10, 20, tzinfo=UTC)
    site = Site("wh_here", "H", "UTC", founded, [Worker(KEEPER, founded)])
    Stocking(
        tables=tables,
        sites=[site],
        keeper=KEEPER,
        day=founded.date(),
        items=60,
        until=UNTIL,
        days=DAYS,
        seed=1,
        size=SMALL,
    ).store()
    moments = [entry.at for entry in all_entries().values()]
    assert "2026-10-20T" < min(moments) < max(moments) < "2026-11-02T01"
    assert min(order.placed_at for order in orders_of(tables, planned()) if order.placed_at) < (
        "2026-10-01"
    )


def test_what_was_interrupted_is_completed(tables, monkeypatch):
    carried = iter(range(30))

    def carry_out(self, services, event):
        if next(carried, None) is None:
            raise KeyboardInterrupt
        return real(self, services, event)

    real = Trade._carry_out
    with monkeypatch.context() as patch:
        patch.setattr(Trade, "_carry_out", carry_out)
        with pytest.raises(KeyboardInterrupt):
            stocking(tables).store()
    added = stocking(tables).store()
    assert added["items left alone"] == 0
    assert added["events left alone"] == 0
    assert sum(added[noun] for noun in HAPPENINGS) == len(planned()) - 30
    assert sum(stocking(tables).store().values()) == 0


def test_what_can_no_longer_happen_is_left_alone(tables, monkeypatch):
    """The goods of an order are archived before it is drafted."""
    with monkeypatch.context() as patch:
        patch.setattr(Trade, "store", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            stocking(tables).store()
    services = Services(tables, MADE)
    archived = goods_of(catalog.items(60))[-1]
    services.items.patch(KEEPER, archived.id, ItemPatch(status="archived"), None)
    added = stocking(tables).store()
    assert 0 < added["events left alone"] < len(planned())
    assert differences(tables) == []
