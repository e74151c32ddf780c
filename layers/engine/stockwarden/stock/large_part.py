"""Parts of a large posting: what was decided about some of its items, as it is kept until it is
applied, and the operations that apply it in one transaction.

A part knows all that it writes but the balances, at which reservations may end meanwhile. So it
says what it adds at each place.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.core.errors import Invalid
from stockwarden.stock.audited import changes_of
from stockwarden.stock.balance import Balance, put_balance
from stockwarden.stock.facts import FactsReader, Lot
from stockwarden.stock.head import advanced, let_go
from stockwarden.stock.history import late_item
from stockwarden.stock.movement import Movement, movement_item, read_movement
from stockwarden.stock.plan import ItemPlan
from stockwarden.stock.serials import serial_items
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Operation, Table

# Of the items of a part: a hundred bytes in the head for each warehouse where an item has been. An
# item of DynamoDB has 400 KB, and a transaction 4 MB.
_MAX_BOOKS = 5_000
Balances = Mapping[tuple[str, Place], Balance]


@dataclass(frozen=True)
class DecidedItem:
    """What a posting makes of an item: `changes` are those of its head. `late` are the sequence
    numbers of the movements that came late, `serials` the records of the pieces that it moved."""

    item_id: str
    changes: Mapping[str, Any]
    movements: Sequence[Movement]
    late: Sequence[int]
    lots: Sequence[Lot]
    serials: Sequence[Item]

    @cached_property
    def places(self) -> Mapping[Place, Fraction]:
        """What the movements add at each place."""
        added: dict[Place, Fraction] = defaultdict(Fraction)
        for movement in self.movements:
            for place, change in movement.changes.items():
                added[place] += change
        return added

    def ended_at(self, place: Place) -> set[str]:
        """The reservations that the movements end at a place."""
        return {
            movement.reservation_id
            for movement in self.movements
            if movement.reservation_id and place in movement.changes
        }


def decided_item(plan: ItemPlan, where: Mapping[str, Place | None]) -> DecidedItem:
    """`where` says where each serial number is after the movements."""
    return DecidedItem(
        plan.head.id,
        changes_of_head(plan, None),
        plan.movements,
        [movement.seq for movement in plan.late_movements],
        list(plan.new_lots.values()),
        serial_items(plan.head.id, plan.movements, where),
    )


def changes_of_head(plan: ItemPlan, also: Mapping[str, Any] | None) -> dict[str, Any]:
    return advanced(
        plan.head,
        plan.books,
        movements=len(plan.movements),
        late=len(plan.late_movements),
        last_effective_at=plan.last_effective_at,
        also=also,
    )


@dataclass(frozen=True)
class Part:
    """Those of the items of a posting that are applied together."""

    operation_id: str
    number: int
    items: Sequence[DecidedItem]

    @property
    def movements(self) -> list[Movement]:
        return [movement for item in self.items for movement in item.movements]

    def balance_keys(self) -> list[tuple[str, Place]]:
        return [(item.item_id, place) for item in self.items for place in item.places]

    def apply(
        self, table: Table, facts: FactsReader, audit: AuditLog, origin: Origin, balances: Balances
    ) -> list[Operation]:
        """The operations of the transaction that makes all of it. They fail where it is made
        already, and where a balance is not as it was read."""
        movements = self.movements
        now, posting_id = movements[0].recorded_at, movements[0].posting_id
        operations = [
            table.delete(keys.part(self.operation_id, self.number), when=_IS_THERE),
            table.update(
                keys.operation(self.operation_id), "SET #left = #left - :one", when=_IS_THERE, one=1
            ),
            *(audit.entry(origin, change) for change in changes_of(posting_id, movements)),
        ]
        for item in self.items:
            operations += self._operations_of(item, table, balances, now)
            operations += (facts.put_lot(item.item_id, lot, now) for lot in item.lots)
        return operations

    def _operations_of(
        self, item: DecidedItem, table: Table, balances: Balances, now: str
    ) -> Iterator[Operation]:
        yield let_go(table, item.item_id, self.operation_id, item.changes)
        for movement in item.movements:
            yield table.put(movement_item(movement), when=_IS_NEW)
            if movement.seq in item.late:
                yield table.put(late_item(movement))
        for place, change in item.places.items():
            balance = balances[item.item_id, place].with_change(change)
            for reservation_id in item.ended_at(place):
                balance = balance.with_reserved(reservation_id, None)
            yield put_balance(table, item.item_id, place, balance, now)
        for record in item.serials:
            yield table.put(record)


_IS_NEW = "attribute_not_exists(#pk)"
_IS_THERE = "attribute_exists(#pk)"


def part_item(part: Part) -> Item:
    return {
        **keys.part(part.operation_id, part.number),
        # Compressed, a tenth: it is written once, and read by who goes on where a request died.
        "decided": zlib.compress(json.dumps([_stored(item) for item in part.items]).encode()),
    }


def read_part(stored: Item) -> Part:
    decided = json.loads(zlib.decompress(stored["decided"]))
    return Part(*keys.parse_part(stored), list(map(_read, decided)))


def parts_of(operation_id: str, items: Iterable[DecidedItem], max_actions: int) -> list[Part]:
    """The items, in the order of their ids, in parts of as many actions each. Raises Invalid for
    an item that is too large for one."""
    groups: list[list[DecidedItem]] = []
    weight = Weight()
    # One tells the operation how many are left.
    most = max_actions - 1
    for item in sorted(items, key=lambda each: each.item_id):
        own = Weight().plus(item)
        if own.actions > most:
            raise Invalid(
                "These lines touch too many places and serial numbers of one item for one request; "
                "send fewer."
            )
        together = weight.plus(item)
        if groups and together.actions <= most and together.warehouse_books <= _MAX_BOOKS:
            groups[-1].append(item)
            weight = together
        else:
            groups.append([item])
            weight = own
    return [Part(operation_id, number, group) for number, group in enumerate(groups)]


@dataclass(frozen=True)
class Weight:
    """How much a transaction has that makes all of it of some items: beside what is theirs, an
    action for the posting or the part, and one for each warehouse's entry of the audit log."""

    own: int = 0
    warehouses: frozenset[str] = frozenset()
    warehouse_books: int = 0

    @property
    def actions(self) -> int:
        return 1 + len(self.warehouses) + self.own

    def plus(self, item: DecidedItem) -> "Weight":
        records = (item.movements, item.late, item.lots, item.serials, item.places)
        return Weight(
            self.own + 1 + sum(map(len, records)),
            self.warehouses.union(*(each.warehouses() for each in item.movements)),
            self.warehouse_books + len(item.changes["books"]),
        )


def actions_of(items: Iterable[DecidedItem]) -> int:
    """How many actions a transaction has that makes all of it of the items."""
    weight = Weight()
    for item in items:
        weight = weight.plus(item)
    return weight.actions


def _stored(item: DecidedItem) -> Item:
    return {
        "id": item.item_id,
        "changes": dict(item.changes),
        "movements": [movement_item(movement) for movement in item.movements],
        "late": list(item.late),
        "lots": [
            {
                "code": lot.code,
                "expiry_date": lot.expiry_date.isoformat() if lot.expiry_date else None,
                "status": lot.status,
                "version": lot.version,
            }
            for lot in item.lots
        ],
        "serials": list(item.serials),
    }


def _read(stored: Item) -> DecidedItem:
    return DecidedItem(
        stored["id"],
        stored["changes"],
        list(map(read_movement, stored["movements"])),
        stored["late"],
        [_read_lot(lot) for lot in stored["lots"]],
        stored["serials"],
    )


def _read_lot(stored: Item) -> Lot:
    expiry = stored["expiry_date"]
    day = date.fromisoformat(expiry) if expiry else None
    return Lot(stored["code"], day, stored["status"], stored["version"])
