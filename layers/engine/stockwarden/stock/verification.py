"""Verifies ledgers: replays the movements of an item, and compares with them what is kept of them.

Movements prove; balances, the head's totals, the balances in movements, and checkpoints follow from
them. See docs/decisions/0030-ledger.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.exact import fraction_text
from stockwarden.stock.head import Head, fraction_of, is_low, read_head
from stockwarden.stock.history import read_checkpoint
from stockwarden.stock.movement import Movement, changes_item, read_changes, read_movement
from stockwarden.stock.valuation import Book
from stockwarden.storage.attributes import Item
from stockwarden.storage.index_walk import IndexWalk, Position
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table

_TRIES = 3


@dataclass(frozen=True)
class Difference:
    """Something about an item that is not what its movements say."""

    item_id: str
    what: str
    stored: str
    right: str


class LedgerVerification:
    """Reads the stock table, and writes nothing."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def item_ids(self, start: Position | None = None) -> Iterator[tuple[str, Position]]:
        """The ids of all items after a position, page by page of the list of all items."""
        lists = [keys.item_list(shard) for shard in range(keys.SHARDS)]
        walk = IndexWalk(self.table, "by_name", "items", "named", lists)
        for entry, position in walk.entries(start):
            yield keys.item_id_in(entry), position

    def differences(self, item_id: str) -> list[Difference]:
        """What is not as the movements say. An item that is moved meanwhile is read again."""
        for _ in range(_TRIES - 1):
            before = self._head(item_id)
            found = list(self._differences(item_id, before))
            if not found or before == self._head(item_id):
                return found
        return list(self._differences(item_id, self._head(item_id)))

    def _head(self, item_id: str) -> Item | None:
        return self.table.get(keys.head(item_id), consistent=True)

    def _differences(self, item_id: str, head: Item | None) -> Iterator[Difference]:
        movements: list[Movement] = []
        checkpoints: list[Item] = []
        balances: dict[Place, str] = {}
        late: dict[int, Item] = {}
        for item in self.table.query_all(keys.item_stock(item_id), consistent=True):
            match keys.record_in(item):
                case "MOVEMENT":
                    movements.append(read_movement(item))
                case "CHECKPOINT":
                    checkpoints.append(item)
                case "BALANCE":
                    balances[keys.place_in(item)] = item["quantity"]
                case "LATE":
                    late[keys.late_seq(item)] = item
        if head is None:
            if movements:
                yield Difference(item_id, "head", "none", "one, as there are movements")
            return
        for what, stored, right in [
            *_balances(movements, balances),
            *_totals(movements, read_head(head), str(head["quantity"])),
            *_sequence(movements, late),
            *_instants(movements),
            *_checkpoints(movements, checkpoints),
        ]:
            if stored != right:
                yield Difference(item_id, what, stored, right)


_Compared = Iterator[tuple[str, str, str]]


def _balances(movements: list[Movement], stored: dict[Place, str]) -> _Compared:
    right = _sum(movements)
    for place in sorted({*stored, *right}):
        missing = "none" if right[place] else "0"
        yield f"balance at {place.text}", stored.get(place, missing), fraction_text(right[place])


def _totals(movements: list[Movement], head: Head, quantity: str) -> _Compared:
    right = _sum(movements)
    late, last = _late(movements)
    yield "quantity", quantity, fraction_text(sum(right.values(), Fraction(0)))
    low = is_low(sum(right.values(), Fraction(0)), fraction_of(head.item.get("reorder_point")))
    yield "low stock", str(bool(head.item.get("low"))), str(low)
    yield "number of movements", str(head.seq), str(len(movements))
    yield "number of late movements", str(head.late), str(len(late))
    yield "newest moment", head.last_effective_at, last
    values: dict[str, Fraction] = defaultdict(Fraction)
    quantities: dict[str, Fraction] = defaultdict(Fraction)
    for place, each in right.items():
        quantities[place.warehouse_id] += each
    for movement in movements:
        source, to = movement.place.warehouse_id, movement.to
        if to is None:
            values[source] += Fraction(movement.value)
        elif to.warehouse_id != source:
            values[source] -= Fraction(movement.value)
            values[to.warehouse_id] += Fraction(movement.value)
    for warehouse_id in sorted({*head.books, *quantities, *values}):
        book = head.books.get(warehouse_id, Book(Fraction(0), Decimal(0)))
        there = quantities[warehouse_id]
        yield f"quantity in {warehouse_id}", fraction_text(book.quantity), fraction_text(there)
        value = fraction_text(Fraction(book.value))
        yield f"value in {warehouse_id}", value, fraction_text(values[warehouse_id])


def _sequence(movements: list[Movement], late: dict[int, Item]) -> _Compared:
    """In the order in which they were recorded."""
    balances: dict[Place, Fraction] = defaultdict(Fraction)
    for number, movement in enumerate(sorted(movements, key=lambda each: each.seq), start=1):
        yield f"movement number {number}", str(movement.seq), str(number)
        for place, change in movement.changes.items():
            balances[place] += change
        name = f"of movement {movement.seq}"
        after = fraction_text(movement.balance_after)
        yield f"balance after {name}", after, fraction_text(balances[movement.place])
        if movement.to is not None and movement.to_balance_after is not None:
            there = fraction_text(movement.to_balance_after)
            yield f"balance there after {name}", there, fraction_text(balances[movement.to])
    right = {each.seq: each for each in _late(movements)[0]}
    for seq in sorted({*late, *right}):
        item, known = late.get(seq), right.get(seq)
        # As they are sorted: a map of DynamoDB keeps no order.
        changes = changes_item(read_changes(item["changes"])) if item else None
        stored = f"{item['order']} {changes}" if item else "none"
        wanted = f"{known.order} {changes_item(known.changes)}" if known else "none"
        yield f"late record {seq}", stored, wanted


def _instants(movements: list[Movement]) -> _Compared:
    """In the order in which they happened."""
    balances: dict[Place, Fraction] = defaultdict(Fraction)
    for movement in sorted(movements, key=lambda each: each.order):
        for place, change in movement.changes.items():
            balances[place] += change
            if balances[place] < 0:
                what = f"stock at {place.text} at {movement.effective_at}"
                yield what, fraction_text(balances[place]), "0 or more"


def _checkpoints(movements: list[Movement], checkpoints: list[Item]) -> _Compared:
    for item in checkpoints:
        checkpoint = read_checkpoint(item)
        within = [
            each
            for each in movements
            if each.order <= checkpoint.order and each.seq <= checkpoint.at_seq
        ]
        stored = {place: each for place, each in read_changes(item["balances"]).items() if each}
        what = f"checkpoint {checkpoint.order}"
        yield what, str(changes_item(stored)), str(changes_item(_sum(within)))


def _late(movements: list[Movement]) -> tuple[list[Movement], str]:
    """Those that are before one of an earlier posting, and the newest moment."""
    found, last, newest, posting = list[Movement](), "", "", ""
    for movement in sorted(movements, key=lambda each: each.seq):
        if movement.posting_id != posting:
            last, posting = newest, movement.posting_id
        if movement.effective_at < last:
            found.append(movement)
        newest = max(newest, movement.effective_at)
    return found, newest


def _sum(movements: list[Movement]) -> dict[Place, Fraction]:
    balances: dict[Place, Fraction] = defaultdict(Fraction)
    for movement in movements:
        for place, change in movement.changes.items():
            balances[place] += change
    return balances
