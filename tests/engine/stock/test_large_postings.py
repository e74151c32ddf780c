"""Postings that are larger than a transaction: all of it or nothing, for whoever looks, whatever
fails, and whoever goes on. `max_actions` is small, so that few lines are a large posting."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Invalid, StockConflict, StockwardenError
from stockwarden.stock.movement import Kind, Movement
from stockwarden.storage import retries
from stockwarden.storage.attributes import from_attributes
from tests.support.faults import (
    Killed,
    around_every_call,
    calls_of,
    fault_at,
    faults_of,
    killed_after,
)
from tests.support.gateway import ADMIN
from tests.support.large_postings import (
    has_happened,
    issues,
    items_of,
    left_over,
    receipts,
    seen,
    stored_head,
    sweep,
)
from tests.support.ledger import NOON, LedgerScenario, place
from tests.support.saved import restore, save


@pytest.fixture
def ledger(aws) -> LedgerScenario:
    return LedgerScenario(max_actions=9)


@pytest.fixture
def items(ledger) -> list[str]:
    """Five items, which are three parts; ten of each are there."""
    ids = items_of(ledger, 5)
    for item_id in ids:
        ledger.move("receipt", 10, place("A"), item_id=item_id, unit_cost=Decimal("1.10"))
    return ids


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(retries.time, "sleep", lambda _: None)


def facts_of(movement: Movement) -> dict[str, object]:
    return vars(movement) | dict.fromkeys(("effective_at", "recorded_at", "posting_id", "id"))


def test_it_makes_what_a_small_one_makes(aws):
    made = []
    for max_actions in (100, 13):
        restored = LedgerScenario(f"item_{max_actions}", max_actions=max_actions, reorder_point="9")
        item, earlier = restored.item_id, iso(NOON - timedelta(days=1))
        restored.add_item(f"{item}_more")
        restored.move("receipt", 20, place("A"), unit_cost=Decimal("1.37"))
        lines = [
            restored.line("issue", 12, place("A")),
            restored.line("receipt", 4, place("B", "L1"), expiry_date=date(2030, 1, 1)),
            restored.line("receipt", 4, place("C"), item_id=f"{item}_more"),
            restored.line("transfer", 1, place("B", "L1"), to=place("C", "L1")),
            restored.line("receipt", 2, place("A"), effective_at=earlier),
        ]
        movements = restored.post(*lines)
        facts = [{**facts_of(each), "item_id": each.item_id[-4:]} for each in movements]
        head = stored_head(restored, item)
        lots = restored.ledger.facts.lots({(item, "L1")})
        kept = {name: head.get(name) for name in ("seq", "late", "books", "quantity", "low")}
        made.append((facts, kept, [vars(lot) for lot in lots.values()]))
        assert seen(restored, item) == 20 - 12 + 4 + 2
        assert left_over(restored, [item, f"{item}_more"]) == []
    (small, large) = made
    assert [each | {"item_id": None} for each in small[0]] == [
        each | {"item_id": None} for each in large[0]
    ]
    assert small[1:] == large[1:]


def test_its_movements_are_in_the_order_of_the_lines_and_a_repetition_is_answered(ledger, items):
    lines = receipts(ledger, items[::-1])
    movements = ledger.post(*lines, key="once")
    assert [each.item_id for each in movements] == items[::-1]
    assert [each.balance_after for each in movements] == [13] * 5
    assert ledger.post(*lines, key="once") == movements
    assert [ledger.ledger.find(each.id) for each in movements] == movements
    assert left_over(ledger, items) == []


def test_what_it_leaves_in_the_audit_log(ledger, items):
    """An entry for each part: every balance before and after, by who asked."""
    ledger.post(*receipts(ledger, items), key="once")
    found = stores.audit_table().client.scan(TableName="AuditTable")["Items"]
    entries = [from_attributes(each) for each in found if "posting/" in str(each)]
    changes = {
        name: values
        for entry in entries
        for name, values in entry["changes"].items()
        if name != "kind" and values[1] == "13"
    }
    assert changes == {f"{item_id} A –": ["10", "13"] for item_id in items}
    assert {entry["actor"] for entry in entries} == {ADMIN.user_id}


def test_serial_numbers_move_with_it(ledger, items):
    ledger.item_id = items[0]
    ledger.add_type(serial=True)
    pieces = place("S")
    serials = ("S1", "S2", "S3")
    ledger.post(
        ledger.line("receipt", 3, pieces, serials=serials), *receipts(ledger, items[1:4]), key="in"
    )
    ledger.post(
        ledger.line("issue", 2, pieces, serials=serials[:2]), *issues(ledger, items[1:4]), key="out"
    )
    with pytest.raises(StockConflict, match="S1 is not in stock"):
        ledger.post(ledger.line("issue", 1, pieces, serials=("S1",)), *issues(ledger, items[1:4]))
    assert left_over(ledger, items) == []


def test_what_stands_in_the_way_of_one_line_is_told_and_nothing_is_held(ledger, items):
    lines = issues(ledger, items)
    lines[3] = ledger.line("issue", 11, place("A"), item_id=items[3], position=3)
    with pytest.raises(StockConflict) as refused:
        ledger.post(*lines)
    assert refused.value.stock["pointer"] == "/lines/3"
    assert [seen(ledger, item_id) for item_id in items] == [10] * 5
    assert left_over(ledger, items) == []


def test_what_is_written_beside_it_is_of_the_same_instant(ledger, items):
    """Where that cannot be written, nothing is; with more than one transaction holds, neither."""
    order = {"pk": "COUNT#order", "sk": "COUNT"}
    put = ledger.table.put(order, when="attribute_not_exists(#pk)")
    asked = []

    def check() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise Conflict("The order is received already.")

    lines = receipts(ledger, items)
    ledger.ledger.post(ADMIN, ledger.request("a"), lines, beside=lambda _: [put])
    assert ledger.table.get(order) == order
    with pytest.raises(Conflict, match="already"):
        ledger.ledger.post(ADMIN, ledger.request("b"), lines, check=check, beside=lambda _: [put])
    with pytest.raises(Invalid, match="what belongs to them"):
        ledger.ledger.post(ADMIN, ledger.request("c"), lines, beside=lambda _: [put] * 7)
    assert [seen(ledger, item_id) for item_id in items] == [13] * 5
    assert left_over(ledger, items) == []


def test_how_much_is_too_much(ledger, items):
    with pytest.raises(Invalid, match="at most 500"):
        ledger.post(*receipts(ledger, items) * 101)
    places = [ledger.line("receipt", 1, place(f"P{each}")) for each in range(6)]
    with pytest.raises(Invalid, match="of one item"):
        ledger.post(*places)
    assert left_over(ledger, items) == []


# ---- Whatever fails ----


def goes_on_by_repetition(ledger: LedgerScenario, items: list[str]) -> None:
    ledger.post(*issues(ledger, items), key="large")


def goes_on_by_a_movement(ledger: LedgerScenario, items: list[str]) -> None:
    there = seen(ledger, items[0])
    movement = ledger.move("issue", 1, place("A"), item_id=items[2])
    assert movement.balance_after == there - 1


def goes_on_by_readers(ledger: LedgerScenario, items: list[str]) -> None:
    for item_id in items:
        seen(ledger, item_id)


def goes_on_by_the_sweep(ledger: LedgerScenario, items: list[str]) -> None:
    sweep(ledger)
    assert left_over(ledger, items) == []


@pytest.mark.parametrize(
    "go_on",
    [goes_on_by_repetition, goes_on_by_a_movement, goes_on_by_readers, goes_on_by_the_sweep],
)
def test_what_fails_at_any_call_has_happened_or_not(
    ledger: LedgerScenario, items: list[str], go_on: Callable[[LedgerScenario, list[str]], None]
) -> None:
    saved = save()

    def act() -> None:
        ledger.post(*issues(ledger, items), key="large")

    _, names = calls_of(act)
    faults = [lambda each=each: fault_at(*each) for each in faults_of(names)]
    faults += [lambda each=each: killed_after(each) for each in range(len(names))]
    outcomes = set()
    for fault in faults:
        restore(saved)
        with fault(), suppress(StockwardenError, Killed):
            act()
        happened = has_happened(ledger, "large")
        outcomes.add(happened)
        ledger.now += timedelta(minutes=1)
        go_on(ledger, items)
        moved = 1 if go_on is goes_on_by_a_movement else 0
        is_repeated = go_on is goes_on_by_repetition
        left = 10 - (1 if happened or is_repeated else 0)
        assert [seen(ledger, each) for each in items] == [
            left - moved * (each == items[2]) for each in items
        ]
        assert has_happened(ledger, "large") == (happened or is_repeated)
        sweep(ledger)
        assert left_over(ledger, items) == []
    assert outcomes == {True, False}


def test_who_reads_while_it_is_written_sees_all_of_it_or_nothing(ledger, items):
    """After every call of the posting, somebody reads all items, within its lease."""
    views = []

    def look(client, operation, request, call):
        answer = call(client, operation, request)
        if not busy:
            busy.append(operation)
            now = ledger.now
            views.append([seen(ledger, each) for each in items])
            ledger.now = now
            busy.pop()
        return answer

    busy: list[str] = []
    with around_every_call(look):
        ledger.post(*receipts(ledger, items))
    assert {tuple(view) for view in views} == {(10,) * 5, (13,) * 5}
    assert views == sorted(views)
    assert left_over(ledger, items) == []


@pytest.mark.parametrize("sees", ["nothing", "all"])
def test_an_item_that_is_held_waits_for_the_lease(ledger, items, sees):
    """Who moves it meanwhile waits; what has happened is applied at once."""
    call = next_call_after(ledger, items, committed=sees == "all")
    with killed_after(call), suppress(Killed):
        ledger.post(*receipts(ledger, items), key="large")
    assert has_happened(ledger, "large") == (sees == "all")
    assert "pending" in stored_head(ledger, items[0])
    before = ledger.now
    movement = ledger.move("issue", 1, place("A"), item_id=items[0])
    assert movement.balance_after == (12 if sees == "all" else 9)
    waited = ledger.now - before
    assert (waited < timedelta(seconds=8)) == (sees == "all")


def next_call_after(ledger: LedgerScenario, items: list[str], *, committed: bool) -> int:
    """The call of a posting after which it is held, or has happened."""
    saved = save()
    _, names = calls_of(lambda: ledger.post(*receipts(ledger, items), key="large"))
    for call in range(len(names)):
        restore(saved)
        with killed_after(call), suppress(Killed):
            ledger.post(*receipts(ledger, items), key="large")
        held = "pending" in stored_head(ledger, items[0])
        if held and has_happened(ledger, "large") == committed:
            restore(saved)
            return call
    raise AssertionError("there is no such call")


def test_who_was_given_up_does_not_happen_any_more(ledger, items):
    """Its request went on after its lease had run out, and somebody else took the items."""
    taken = []

    def give_up(client, operation, request, call):
        actions = str(request.get("TransactItems", ""))
        if ":committed" in actions and not taken:
            taken.append(1)
            ledger.now += timedelta(minutes=1)
            ledger.move("issue", 10, place("A"), item_id=items[4])
        return call(client, operation, request)

    with around_every_call(give_up), pytest.raises(StockConflict):
        ledger.post(*issues(ledger, items))
    assert [seen(ledger, each) for each in items] == [10, 10, 10, 10, 0]
    assert left_over(ledger, items) == []


def test_a_mark_of_a_posting_that_is_gone_means_nothing(ledger, items):
    head = stored_head(ledger, items[0])
    ledger.table.put_all([{**head, "pending": "opn_gone"}])
    assert seen(ledger, items[0]) == 10
    assert ledger.move("issue", 1, place("A"), item_id=items[0]).kind is Kind.ISSUE
    assert left_over(ledger, items) == []
