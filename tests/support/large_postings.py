"""Large postings in the account of a test: what they leave, and what readers see of them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from fractions import Fraction

from stockwarden.stock.head import read_head
from stockwarden.stock.line import Line
from stockwarden.stock.model import Reservation
from stockwarden.stock.movement import changes_in
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.requests import ReservationRequest
from stockwarden.stock.reservations import ReservationService
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from tests.support.gateway import ADMIN
from tests.support.ledger import HALL, LedgerScenario, head_item, place


def items_of(ledger: LedgerScenario, count: int) -> list[str]:
    """The ids of so many new items."""
    ids = [f"item_{number:03}" for number in range(100, 100 + count)]
    ledger.table.put_all(head_item(item_id) for item_id in ids)
    return ids


def receipts(ledger: LedgerScenario, ids: Sequence[str], quantity: int = 3) -> list[Line]:
    return [
        ledger.line("receipt", quantity, place("A"), item_id=item_id, position=position)
        for position, item_id in enumerate(ids)
    ]


def issues(ledger: LedgerScenario, ids: Sequence[str], quantity: int = 1) -> list[Line]:
    return [
        ledger.line("issue", quantity, place("A"), item_id=item_id, position=position)
        for position, item_id in enumerate(ids)
    ]


def stored_head(ledger: LedgerScenario, item_id: str) -> Item:
    head = ledger.table.get(keys.head(item_id), consistent=True)
    assert head is not None
    return head


def seen(ledger: LedgerScenario, item_id: str) -> Fraction:
    """The quantity that a reader of the item is told; head, balances and movements agree."""
    head = read_head(ledger.ledger.recovery.settled(stored_head(ledger, item_id)))
    table = ledger.table
    balances = table.query_all(keys.balances(item_id), consistent=True)
    assert sum(Fraction(each["quantity"]) for each in balances) == head.quantity
    movements = list(table.query_all(keys.movements(item_id), consistent=True))
    changes = (sum(changes_in(each).values()) for each in movements)
    assert sum(changes, Fraction(0)) == head.quantity
    assert len(movements) == head.seq
    return head.quantity


def reservations_of(ledger: LedgerScenario) -> Callable[[str, int], Reservation]:
    """`reserve(item_id, quantity)` at the place of `receipts`."""
    service = ReservationService(ledger.ledger, lambda _caller, _warehouse_id: "UTC")

    def reserve(item_id: str, quantity: int) -> Reservation:
        request = ReservationRequest(
            item_id=item_id, warehouse_id=HALL, location="A", quantity=quantity, minutes=30
        )
        return service.reserve(ADMIN, ledger.request(), request)

    return reserve


def has_happened(ledger: LedgerScenario, key: str) -> bool:
    posting = keys.posting(posting_id_of(ledger.request(key)))
    return ledger.table.get(posting, consistent=True) is not None


def sweep(ledger: LedgerScenario) -> None:
    """A minute later."""
    ledger.now += timedelta(minutes=1)
    ledger.ledger.recovery.sweep(lambda: True)


def left_over(ledger: LedgerScenario, ids: Sequence[str]) -> list[str]:
    """What should not be there once all large postings are over."""
    client, name = ledger.table.client, ledger.table.name
    found = [
        str(item["pk"]["S"])
        for page in client.get_paginator("scan").paginate(TableName=name)
        for item in page["Items"]
        if item["pk"]["S"].startswith("OPERATION") or "pending" in item
    ]
    verification = LedgerVerification(ledger.table)
    return found + [
        f"{item_id}: {each}" for item_id in ids for each in verification.differences(item_id)
    ]
