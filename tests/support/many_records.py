"""Many records of items and movements at once, as the product stores them: for costs and growth."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from stockwarden.core.clock import iso
from stockwarden.stock.head import EMPTY
from stockwarden.stock.history import CHECKPOINT_EVERY
from stockwarden.stock.item_records import listed_fields
from stockwarden.stock.movement import Kind, Movement, changes_item, movement_item
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
HALL = "wh_hall"
_AT_ONCE, _BATCH = 4, 500


def items_with_stock(number: int) -> Iterator[Item]:
    """Heads of items, each with ten pieces at a place of the hall."""
    for each in range(number):
        item_id = f"item_{each:026}"
        yield _head(item_id, f"Hex bolt M{each % 20} no. {each:06}", movements=1, quantity=10)
        place = Place(HALL, f"{each % 500:03}A")
        yield _balance(item_id, place, 10)


def item_with_movements(item_id: str, number: int) -> Iterator[Item]:
    """An item that received one piece a minute; with its checkpoints."""
    place = Place(HALL, "A-01")
    for seq in range(1, number + 1):
        movement = Movement(
            id=f"pst_{item_id}{seq}_1",
            item_id=item_id,
            posting_id=f"pst_{item_id}{seq}",
            seq=seq,
            effective_at=moment_of(seq),
            recorded_at=moment_of(seq),
            kind=Kind.RECEIPT,
            place=place,
            quantity=Fraction(1),
            given_quantity=Decimal(1),
            by="usr_ana",
            balance_after=Fraction(seq),
        )
        yield movement_item(movement)
        if seq % CHECKPOINT_EVERY == 0:
            balances = changes_item({place: Fraction(seq)})
            key = keys.checkpoint(item_id, movement.effective_at, seq)
            yield {**key, "at_seq": seq, "balances": balances}
    yield _balance(item_id, place, number)
    yield _head(item_id, f"Moved {number} times", movements=number, quantity=number)


def moment_of(seq: int) -> str:
    return iso(BEGIN + timedelta(minutes=seq))


def put_many(table: Table, items: Iterable[Item]) -> None:
    """Some batches at a time."""
    rest = iter(items)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while batches := [batch for _ in range(_AT_ONCE) if (batch := list(islice(rest, _BATCH)))]:
            list(pool.map(table.put_all, batches))


def _head(item_id: str, name: str, *, movements: int, quantity: int) -> Item:
    at = moment_of(movements)
    facts = {"name": name, "sku": item_id.upper(), "status": "active", "unit": "pcs"}
    made = {"created_at": at, "updated_at": at, "version": 1}
    listed = listed_fields(item_id, {**facts, **made})
    return {
        **keys.head(item_id),
        **EMPTY,
        "id": item_id,
        "facts": 1,
        **{field: value for field, value in listed.items() if value is not None},
        "seq": movements,
        "last_effective_at": at,
        "quantity": str(quantity),
        "books": {HALL: {"quantity": str(quantity), "value": "0"}},
    }


def _balance(item_id: str, place: Place, quantity: int) -> Item:
    listed = keys.in_place_list(item_id, place)
    return {
        **keys.balance(item_id, place),
        **listed,
        "quantity": str(quantity),
        "version": 1,
    }
