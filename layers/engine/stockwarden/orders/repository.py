"""Stores orders: the record of one, its lines by revision, its progress, and its entries in lists.

Lines are written before the order names their revision, and those of the former one are removed
after it: an order is never seen with half of its lines.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Invalid, PreconditionFailed, Taken, Unavailable
from stockwarden.core.exact import fraction_text
from stockwarden.core.ids import may_be_id, new_id
from stockwarden.orders.line import OrderLine, line_item, read_line
from stockwarden.orders.numbers import canonical_number, claim, next_number
from stockwarden.orders.progress import LineProgress, read_progress
from stockwarden.orders.states import OPEN, OrderType
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import (
    CONTENDED,
    ConditionFailed,
    Operation,
    Table,
    write,
    write_once,
)

# Orders of one type made by many at once wait for each other's numbers: about 20 s in total.
_TRIES, _BACKOFF = 60, Backoff(first=0.05, longest=1.0)
_IS_NEW = "attribute_not_exists(#pk)"
# A transaction of DynamoDB.
_MAX_ACTIONS = 100


class _Overtaken(Exception):
    """Another order was stored meanwhile, and has the number that came next."""


class OrderRepository:
    def __init__(
        self, table: Table, suppliers: SupplierRepository, clock: Callable[[], datetime]
    ) -> None:
        self.table = table
        self.suppliers = suppliers
        self.clock = clock

    def find(self, order_id: str) -> Item | None:
        """The record of an order, without its lines."""
        if not may_be_id(order_id):
            return None
        return self.table.get(keys.order(order_id), consistent=True)

    def lines(self, order: Item) -> list[OrderLine]:
        """In their order."""
        key_range = keys.lines(order["id"], order["revision"])
        return list(map(read_line, self.table.query_all(key_range, consistent=True)))

    def progress(self, order_id: str) -> dict[str, LineProgress]:
        return read_progress(self.table.get(keys.progress(order_id), consistent=True))

    def mark_items(self, heads: Mapping[str, Item]) -> None:
        """Keeps items that were never moved from being deleted or kept in another unit, as those
        with movements are. Raises Invalid where that has happened since the heads were read."""
        unmarked = [
            self.table.update(
                key_of(head),
                "SET #in_orders = :yes",
                when="#unit = :unit",
                yes=True,
                unit=head["unit"],
            )
            for head in heads.values()
            if not head["seq"] and not head.get("in_orders")
        ]
        for start in range(0, len(unmarked), _MAX_ACTIONS):
            try:
                write(*unmarked[start : start + _MAX_ACTIONS])
            except ConditionFailed as failed:
                raise Invalid.field(
                    "/lines", "An item was deleted or got another unit meanwhile."
                ) from failed

    @contextmanager
    def new_lines(
        self, order_id: str, created_at: str, lines: Sequence[OrderLine]
    ) -> Iterator[str]:
        """Writes lines as a revision that the block makes an order name; where the block is refused
        they are removed again. Where it fails otherwise they stay: the order may name them."""
        revision = new_id("rev")
        self.table.put_all(line_item(line, order_id, revision, created_at) for line in lines)
        try:
            yield revision
        except (Conflict, Invalid, PreconditionFailed, ConditionFailed):
            written = self.table.query_all(keys.lines(order_id, revision))
            self.table.delete_all(map(key_of, written))
            raise

    def line_keys(self, order_id: str) -> list[Item]:
        """Those of all lines that are stored, whatever their revision. Whoever changes the order
        after this may remove them: another change that has written some of them is refused then.
        """
        return list(map(key_of, self.table.query_all(keys.lines(order_id))))

    def remove_lines(self, line_keys: Iterable[Item]) -> None:
        self.table.delete_all(line_keys)

    def add(
        self, order: Item, number: str | None, beside: Callable[[Item], Iterable[Operation]]
    ) -> Item:
        """Stores a new order with its number; without one, with the next of its type and year.
        `beside` gives what is written with the order as it is stored.

        Raises ConditionFailed if the order is there already, Taken for a number that another has.
        """
        return retried(
            lambda: self._add(order, number, beside),
            on=_Overtaken,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def _add(
        self, order: Item, given: str | None, beside: Callable[[Item], Iterable[Operation]]
    ) -> Item:
        kind, year = OrderType(order["type"]), int(order["created_at"][:4])
        number, counted = (given, []) if given else _counted(self.table, kind, year)
        stored = _listed({**order, "number": number})
        order_id = order["id"]
        operations = [
            self.table.put(stored, when=_IS_NEW),
            claim(self.table, number, order_id),
            *counted,
            self.table.put(keys.by_number(order_id, kind, canonical_number(number))),
            *self._of_supplier({}, stored),
            *beside(stored),
        ]
        try:
            # Whoever waits for what another transaction holds would find the number gone after it.
            write_once(*operations)
        except ConditionFailed as failed:
            if 0 in failed.failed:
                raise
            if given and 1 in failed.failed:
                raise _taken(given) from failed
            if not failed.failed or (counted and failed.failed & {1, 2}):
                raise _Overtaken from failed
            raise Conflict("The supplier was deleted meanwhile.") from failed
        return stored

    def changed(self, order: Item, changes: Mapping[str, Any]) -> Item:
        """The order as its next version, in the lists that it belongs to; None takes a field
        away."""
        after = {**order, **changes, "updated_at": iso(self.clock())}
        return _listed({**after, "version": order["version"] + 1})

    def change_operations(self, order: Item, after: Item) -> list[Operation]:
        """What stores a change. The first operation fails if the order is no longer at the version
        of `order`."""
        return [
            self.table.put(after, when="#version = :read", read=order["version"]),
            *self._of_supplier(order, after),
            *self._due(order, after),
        ]

    def add_on_order(self, order: Item, lines: Sequence[OrderLine]) -> None:
        """What a purchase order is about to bring, by item. It counts once the order is placed."""
        by_item: dict[str, dict[str, str]] = defaultdict(dict)
        for line in lines:
            by_item[line.item_id][line.id] = fraction_text(line.base_quantity)
        self.table.put_all(
            {**keys.on_order(order["id"], order["revision"], item_id), "lines": quantities}
            for item_id, quantities in by_item.items()
        )

    def remove_on_order(self, order_id: str) -> None:
        records = self.table.query_all(keys.on_order_records(order_id))
        self.table.delete_all(key_of(item) for item in records)

    def _of_supplier(self, before: Mapping[str, Any], after: Item) -> list[Operation]:
        """Counts the order at its supplier, and puts it into the list there."""
        was, supplier_id = before.get("supplier_id"), after.get("supplier_id")
        if was == supplier_id:
            return []
        counts = [self.suppliers.count(supplier_id, "orders", 1)] if supplier_id else []
        counts += [self.suppliers.count(was, "orders", -1)] if was else []
        if supplier_id:
            entry = keys.by_supplier(after["id"], supplier_id, after["created_at"])
            counts.append(self.table.put(entry))
        return counts

    def _due(self, before: Item, after: Item) -> list[Operation]:
        was, is_due = _due_at(before), _due_at(after)
        if was == is_due:
            return []
        if is_due is None:
            return [self.table.delete(keys.due_entry(after["id"]))]
        return [self.table.put(keys.due(after["id"], after["type"], is_due))]


def _counted(table: Table, kind: OrderType, year: int) -> tuple[str, list[Operation]]:
    number, count = next_number(table, kind, year)
    return number, [count]


def _listed(order: Item) -> Item:
    listed = keys.in_status_list(order["type"], order["status"], order["created_at"], order["id"])
    facts = {name: value for name, value in order.items() if value is not None}
    return {**facts, **listed}


def _due_at(order: Item) -> str | None:
    return order.get("expected_at") if order["status"] in OPEN else None


def _taken(number: str) -> Taken:
    return Taken(f"Another order has the number {number}.", "internal_number")


def head_keys(lines: Sequence[OrderLine]) -> list[Item]:
    """The keys of the heads of the items of the lines."""
    return list(map(stock_keys.head, sorted({line.item_id for line in lines})))
