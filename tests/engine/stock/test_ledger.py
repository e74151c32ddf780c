"""The ledger: what movements do to stock, what they may not, and what a repetition does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Invalid, StockConflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import write
from tests.support.capacity import measure
from tests.support.gateway import ADMIN
from tests.support.ledger import HALL, NOON, LedgerScenario, place

DAY = timedelta(days=1)


@pytest.fixture
def ledger(aws):
    return LedgerScenario()


def test_what_comes_in_and_goes_out(ledger):
    assert ledger.move("receipt", 100).balance_after == 100
    issue = ledger.move("issue", 30)
    assert (issue.quantity, issue.balance_after, issue.seq) == (-30, 70, 2)
    assert ledger.move("consumption", 5).balance_after == 65
    assert ledger.move("return", 2).balance_after == 67
    assert ledger.move("adjustment", -7, reason="broken").balance_after == 60
    assert ledger.move("count", 58).quantity == -2
    assert ledger.quantity == 58
    assert ledger.at(ledger.now) == {place(): 58}


def test_five_boxes_of_twelve_are_sixty(ledger):
    assert ledger.move("receipt", 5, unit="dozen").balance_after == 60


def test_one_piece_of_what_is_kept_in_dozens(aws):
    ledger = LedgerScenario(unit="dozen")
    ledger.move("receipt", 2)
    issue = ledger.move("issue", 1, unit="pcs")
    assert issue.quantity == Fraction(-1, 12)
    assert ledger.move("return", 1, unit="pcs").balance_after == 2


@pytest.mark.parametrize(
    ("quantity", "unit", "pointer"),
    [(2.5, "pcs", "/quantity"), (1, "kg", "/unit"), (1, "nothing", "/unit")],
)
def test_a_quantity_obeys_its_unit(ledger, quantity, unit, pointer):
    with pytest.raises(Invalid) as refused:
        ledger.move("receipt", quantity, unit=unit)
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_an_issue_of_more_than_there_is_says_what_there_is(ledger):
    ledger.move("receipt", 5)
    with pytest.raises(StockConflict) as refused:
        ledger.move("issue", 6)
    assert refused.value.stock["quantity"] == 5
    assert "There are 5 pcs of Flour" in refused.value.detail
    assert ledger.quantity == 5


def test_lines_of_one_item_count_together(ledger):
    ledger.move("receipt", 5)
    with pytest.raises(StockConflict) as refused:
        ledger.post(ledger.line("issue", 3, position=0), ledger.line("issue", 3, position=1))
    assert refused.value.stock["pointer"] == "/lines/1"
    assert ledger.quantity == 5
    first, second = ledger.post(ledger.line("issue", 3), ledger.line("issue", 2))
    assert (first.balance_after, second.balance_after) == (2, 0)
    assert (first.seq, second.seq) == (2, 3)


def test_lines_of_several_items_are_one(ledger):
    ledger.add_item("item_2")
    ledger.move("receipt", 5)
    with pytest.raises(StockConflict):
        ledger.post(ledger.line("issue", 5), ledger.line("issue", 1, item_id="item_2"))
    assert ledger.quantity == 5


@pytest.mark.parametrize("count", [1, 3])
def test_a_repetition_is_answered_as_the_first_request(ledger, count):
    lines = [ledger.line("receipt", 2)] * count
    first = ledger.post(*lines, key="pst_same")
    ledger.move("issue", 1)
    assert ledger.post(*lines, key="pst_same") == first
    assert ledger.quantity == 2 * count - 1


def test_a_repetition_is_answered_although_it_could_not_be_done_again(ledger):
    ledger.move("receipt", 5)
    first = ledger.move("issue", 5, key="pst_same")
    assert ledger.move("issue", 5, key="pst_same") == first


def test_a_key_is_for_one_request(ledger):
    ledger.move("receipt", 5, key="pst_same")
    request = ledger.line("receipt", 6)
    with pytest.raises(Invalid, match="Idempotency-Key"):
        ledger.ledger.post(ADMIN, RequestKey("pst_same", "another"), [request])


def test_a_transfer_takes_from_one_place_and_gives_to_another(ledger):
    there = place("A-01", warehouse_id="wh_other")
    ledger.move("receipt", 10, place("RECV"))
    moved = ledger.move("transfer", 4, place("RECV"), to=there)
    assert (moved.balance_after, moved.to_balance_after) == (6, 4)
    assert ledger.quantity == 10
    assert {name: book.quantity for name, book in ledger.head.books.items()} == {
        HALL: 6,
        "wh_other": 4,
    }
    with pytest.raises(StockConflict):
        ledger.move("transfer", 7, place("RECV"), to=there)


# ---- Late movements ----


def test_a_late_movement_is_before_others(ledger):
    first = ledger.move("receipt", 10, effective_at=iso(NOON - 9 * DAY))
    ledger.move("issue", 8, effective_at=iso(NOON - 2 * DAY))
    late = ledger.move("issue", 2, effective_at=iso(NOON - 5 * DAY))
    assert late.balance_after == 0
    assert ledger.at(NOON - 4 * DAY) == {place(): 8}
    assert ledger.at(NOON - 9 * DAY) == {place(): first.quantity}
    assert ledger.at(NOON - 10 * DAY) == {}


def test_a_late_movement_may_not_leave_less_than_nothing_at_any_instant(ledger):
    ledger.move("receipt", 10, effective_at=iso(NOON - 9 * DAY))
    ledger.move("issue", 8, effective_at=iso(NOON - 3 * DAY))
    ledger.move("receipt", 10, effective_at=iso(NOON - DAY))
    with pytest.raises(StockConflict) as refused:
        ledger.move("issue", 3, effective_at=iso(NOON - 4 * DAY))
    assert refused.value.stock["at"] == iso(NOON - 3 * DAY)
    assert refused.value.stock["quantity"] == -1
    assert ledger.quantity == 12


def test_a_late_count_names_the_instant_that_it_contradicts(ledger):
    ledger.move("receipt", 10, effective_at="2026-01-01T08:00:00.000Z")
    ledger.move("issue", 8, effective_at="2026-01-10T08:00:00.000Z")
    with pytest.raises(StockConflict) as refused:
        ledger.move("count", 7, effective_at="2026-01-01T08:00:00.000Z")
    assert refused.value.stock["at"] == "2026-01-10T08:00:00.000Z"
    assert refused.value.stock["quantity"] == -1


def test_what_happened_before_a_count_is_in_the_count(ledger):
    ledger.move("receipt", 10, effective_at=iso(NOON - 9 * DAY))
    count = ledger.move("count", 10, effective_at=iso(NOON - 2 * DAY))
    with pytest.raises(StockConflict) as refused:
        ledger.move("receipt", 3, effective_at=iso(NOON - 3 * DAY))
    assert refused.value.stock["count_id"] == count.id
    assert ledger.move("receipt", 3, place("B"), effective_at=iso(NOON - 3 * DAY)).quantity == 3


def test_movements_of_one_moment_keep_the_order_in_which_they_came(ledger):
    moment = iso(NOON - DAY)
    first = ledger.move("receipt", 5, effective_at=moment)
    ledger.move("receipt", 2, effective_at=moment)
    ledger.move("issue", 6, effective_at=moment)
    assert [each.seq for each in ledger.movements()] == [1, 2, 3]
    assert first.reversed_by is None
    assert ledger.at(moment) == {place(): 1}


# ---- Lots, types, serial numbers ----


@pytest.mark.parametrize("kind", ["issue", "consumption"])
@pytest.mark.parametrize(
    ("expiry", "status"), [(date(2026, 3, 1), "available"), (None, "quarantined")]
)
def test_an_unfit_lot_is_given_to_nobody_and_can_be_written_off(ledger, kind, expiry, status):
    ledger.add_lot("L1", expiry, status)
    there = place("A", "L1")
    ledger.move("receipt", 5, there)
    with pytest.raises(Conflict, match="L1"):
        ledger.move(kind, 1, there)
    assert ledger.move("transfer", 1, there, to=place("Q", "L1")).quantity == 1
    assert ledger.move("adjustment", -4, there, reason="expired").balance_after == 0


def test_a_lot_is_good_on_the_day_that_it_expires(ledger):
    ledger.add_lot("L1", NOON.date())
    ledger.move("receipt", 5, place(lot="L1"))
    assert ledger.move("issue", 1, place(lot="L1")).balance_after == 4


def test_a_receipt_makes_its_lot(ledger):
    ledger.move("receipt", 5, place(lot="L1"), expiry_date=date(2027, 1, 31))
    lot = stores.catalog_table().get(catalog_keys.lot("item_1", "L1"))
    assert (lot["expiry_date"], lot["status"]) == ("2027-01-31", "available")
    with pytest.raises(Invalid, match="expires on 2027-01-31"):
        ledger.move("receipt", 5, place(lot="L1"), expiry_date=date(2027, 2, 1))
    assert ledger.move("receipt", 5, place(lot="L1"), expiry_date=date(2027, 1, 31)).seq == 2


def test_an_inventory_type_demands_what_it_names(ledger):
    ledger.add_type(lot=True, expiry=True)
    for there, field in [(place(), "/lot"), (place(lot="L1"), "/expiry_date")]:
        with pytest.raises(Invalid) as refused:
            ledger.move("receipt", 5, there)
        assert refused.value.errors[0].pointer == field
    ledger.move("receipt", 5, place(lot="L1"), expiry_date=date(2027, 1, 31))
    assert ledger.move("issue", 5, place(lot="L1")).balance_after == 0


def test_serial_numbers_are_where_their_pieces_are(ledger):
    ledger.add_type(serial=True)
    with pytest.raises(Invalid):
        ledger.move("receipt", 2, serials=("S1",))
    ledger.move("receipt", 2, place("A"), serials=("S1", "S2"))
    with pytest.raises(StockConflict, match="S1 is at A"):
        ledger.move("receipt", 1, place("B"), serials=("S1",))
    ledger.move("transfer", 1, place("A"), to=place("B"), serials=("S1",))
    with pytest.raises(StockConflict, match="S1 is at B"):
        ledger.move("issue", 1, place("A"), serials=("S1",))
    ledger.move("issue", 1, place("B"), serials=("S1",))
    with pytest.raises(StockConflict, match="not in stock"):
        ledger.move("issue", 1, place("A"), serials=("S1",))
    assert ledger.move("return", 1, place("A"), serials=("S1",)).balance_after == 2


def test_an_archived_item_takes_corrections_only(ledger):
    ledger.move("receipt", 5)
    write(
        ledger.table.update(
            keys.head("item_1"), "SET #status = :status ADD #facts :one", status="archived", one=1
        )
    )
    with pytest.raises(Conflict, match="archived"):
        ledger.move("issue", 1)
    assert ledger.move("adjustment", -5, reason="given away").balance_after == 0


# ---- Value ----


def test_value_is_the_moving_average(ledger):
    ledger.move("receipt", 10, unit_cost=Decimal("1.00"))
    ledger.move("receipt", 10, unit_cost=Decimal("3.00"))
    assert ledger.head.books[HALL].average == 2
    assert ledger.move("issue", 5).value == -10
    receipt = ledger.move("return", 1)
    assert (receipt.value, receipt.cost_from) == (2, "average")
    assert ledger.head.books[HALL].value == 32


def test_values_add_up_without_a_remainder(ledger):
    values = [ledger.move("receipt", 3, unit_cost=Decimal("3.333333")).value]
    values += [ledger.move("issue", 1).value for _ in range(3)]
    assert sum(values) == 0
    assert ledger.head.books[HALL].value == 0


def test_a_price_is_for_the_unit_it_stands_beside(ledger):
    receipt = ledger.move("receipt", 2, unit="dozen", unit_cost=Decimal("6.00"))
    assert (receipt.value, receipt.unit_cost) == (12, "0.50")


def test_value_goes_with_a_transfer_to_another_warehouse(ledger):
    ledger.move("receipt", 4, unit_cost=Decimal("2.50"))
    moved = ledger.move("transfer", 1, to=place(warehouse_id="wh_other"))
    assert moved.value == Decimal("2.5")
    books = ledger.head.books
    assert (books[HALL].value, books["wh_other"].value) == (Decimal("7.5"), Decimal("2.5"))


def test_what_has_no_price_takes_that_of_the_item(aws):
    ledger = LedgerScenario(unit_cost="4.00")
    receipt = ledger.move("receipt", 2)
    assert (receipt.value, receipt.cost_from) == (8, "item")
    unknown = LedgerScenario("item_2").move("receipt", 2)
    assert (unknown.value, unknown.cost_from) == (0, "unknown")


# ---- Many at once, and what it costs ----


def test_of_many_at_once_as_many_succeed_as_there_are_pieces(ledger):
    ledger.move("receipt", 10)

    def issue(_):
        try:
            return ledger.move("issue", 1).quantity
        except StockConflict:
            return 0

    with ThreadPoolExecutor(8) as threads:
        issued = list(threads.map(issue, range(20)))
    assert (issued.count(-1), issued.count(0)) == (10, 10)
    assert ledger.quantity == 0
    assert [each.seq for each in ledger.movements()] == list(range(1, 12))


def test_a_movement_costs_at_most_twelve_write_units(ledger):
    ledger.move("receipt", 100)
    entry = 2
    for movement in [
        {"kind": "issue", "quantity": 1},
        {"kind": "issue", "quantity": 1, "effective_at": iso(ledger.now - timedelta(seconds=1))},
        {"kind": "transfer", "quantity": 1, "to": place("B")},
    ]:
        with measure(clients.dynamodb()) as units:
            ledger.move(**movement)
        assert units.writes - entry <= 12, (movement, units)


def test_checkpoints_keep_the_past_cheap(ledger):
    start = NOON - 9 * DAY
    for number in range(250):
        ledger.move("receipt", 1, effective_at=iso(start + timedelta(minutes=number)))
    for number in range(3):
        ledger.move("receipt", 1, effective_at=iso(start + timedelta(seconds=number)))
    for minutes, expected in [(0, 2), (99, 103), (100, 104), (220, 224), (400, 253)]:
        moment = start + timedelta(minutes=minutes)
        with measure(clients.dynamodb()) as units:
            balances = ledger.ledger.history.balances_at("item_1", iso(moment))
        assert sum(balances.values()) == expected
        assert units.reads <= 10
