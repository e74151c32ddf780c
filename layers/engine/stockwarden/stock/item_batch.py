"""Writes several items with their stock as one transaction: made, changed, received, counted.

A transaction has 100 actions. `weight_of` says how many an entry takes, and `shared_keys` which
counters it changes that others of the batch may change, too; `ROOM` is left for these and for what
the whole batch writes once. So whoever makes batches fills them without trying.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, Invalid, PreconditionFailed
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller
from stockwarden.stock.balance import read_balance
from stockwarden.stock.item_counts import REFERENCES, Counts, counts_of
from stockwarden.stock.item_records import FIELDS, changes_of, listed_fields, verb_of
from stockwarden.stock.item_repository import ItemRepository
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import ConditionFailed, Operation, write

# Of 100 actions: a posting, its audit entry, four tallies, and what is written beside.
ROOM = 92
# A record, a head, an audit entry and two codes, of which a change gives two back.
_NEW, _CHANGED, _MOVED = 5, 7, 1
# A movement, a balance and a lot.
_LINE = 3

# That of the rest of an item is told with its first part.
Effect = Literal["created", "changed", "unchanged", "told"]


@dataclass(frozen=True)
class StockLine:
    """What comes in (a receipt), or what was counted. In the base unit of the item.

    A count of what there is already is left out, unless it `dates` its lot.
    """

    place: Place
    quantity: Decimal
    kind: Literal["receipt", "count"]
    expiry_date: date | None = None
    dates: bool = False


@dataclass(frozen=True)
class BatchEntry:
    """An item that is made (`is_new`), or that some `fields` of are changed, and its stock; or
    the rest of its stock, after a part that was written before (`is_rest`)."""

    item_id: str
    fields: Mapping[str, Any]
    lines: Sequence[StockLine] = ()
    is_new: bool = False
    is_rest: bool = False


@dataclass(frozen=True)
class Written:
    """What an entry did. `movements` counts those that changed something."""

    effect: Effect
    movements: int


@dataclass
class _Batch:
    """What is to be written for the items of a batch."""

    operations: list[Operation] = field(default_factory=list)
    counts: Counts = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    new_heads: dict[str, Item] = field(default_factory=dict)
    head_changes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    # Pairs of records before and after, for what to explain.
    records: list[tuple[Item, Item]] = field(default_factory=list)


def weight_of(entry: BatchEntry) -> int:
    """How many actions of a transaction an entry takes, without those of `shared_keys`."""
    own = _NEW if entry.is_new else _CHANGED if entry.fields else _MOVED
    return own + _LINE * len(entry.lines)


def shared_keys(entry: BatchEntry) -> set[tuple[str, str]]:
    """The counters that an entry may change beside the tallies. What a change takes a reference
    from is not known, so it counts for one of its own."""
    names = [name for name in (*REFERENCES, "unit") if name in entry.fields]
    new = {(name, str(entry.fields[name])) for name in names}
    return new if entry.is_new else new | {(name, f"of {entry.item_id}") for name in names}


class ItemBatch:
    def __init__(self, repository: ItemRepository, ledger: Ledger, audit: AuditLog) -> None:
        self.repository = repository
        self.ledger = ledger
        self.audit = audit

    def write(
        self,
        caller: Caller,
        key: RequestKey,
        entries: Sequence[BatchEntry],
        *,
        timezone: str,
        beside: Callable[[Sequence[Written]], Sequence[Operation]],
    ) -> list[Written]:
        """Writes all entries, of different items, and what is given `beside`, or nothing. Fields
        that are so already, and counts of what there is already, are not written.

        It depends on what is stored at this moment, so a repetition is not the same request:
        whoever repeats has a condition `beside` that fails then. Raises Conflict or Invalid for
        what stands in the way, PreconditionFailed where something changed meanwhile,
        ConditionFailed if only a condition beside is false, Unavailable.
        """
        batch = self._plan(caller, entries, timezone)
        operations = [*batch.operations, *self.repository.counts.operations(batch.counts)]
        given = list(beside(batch.written))
        if not batch.lines:
            try:
                write(*operations, *given)
            except ConditionFailed as failed:
                if failed.failed and min(failed.failed) >= len(operations):
                    raise
                raise self._explained(batch) from failed
            return batch.written
        tried = False

        def check() -> None:
            nonlocal tried
            if tried:
                raise self._explained(batch)
            tried = True

        self.ledger.post(
            caller,
            key,
            batch.lines,
            check=check,
            beside=lambda _: [*operations, *given],
            new_heads=batch.new_heads,
            head_changes=batch.head_changes,
        )
        return batch.written

    def _plan(self, caller: Caller, entries: Sequence[BatchEntry], timezone: str) -> _Batch:
        old = [entry for entry in entries if not entry.is_new]
        ids = [entry.item_id for entry in old]
        catalog, stock = self.repository.catalog, self.repository.stock
        records = catalog.get_many([catalog_keys.item(each) for each in ids], consistent=True)
        heads = self.ledger.recovery.free_heads(ids)
        counted = [
            keys.balance(entry.item_id, line.place)
            for entry in entries
            for line in entry.lines
            if line.kind == "count"
        ]
        balances = stock.get_many(counted, consistent=True) if counted else []
        batch = _Batch()
        for entry in entries:
            lines = self._lines(entry, balances, timezone, len(batch.lines))
            batch.lines += lines
            if entry.is_new:
                effect = self._create(caller, batch, entry, has_stock=bool(lines))
            else:
                record = at_key(records, catalog_keys.item(entry.item_id))
                head = at_key(heads, keys.head(entry.item_id))
                if record is None or head is None:
                    raise Conflict("The item has been deleted meanwhile.")
                effect = self._change(caller, batch, entry, (record, head), has_stock=bool(lines))
                effect = "changed" if lines else effect
            batch.written.append(Written("told" if entry.is_rest else effect, len(lines)))
        return batch

    def _create(
        self, caller: Caller, batch: _Batch, entry: BatchEntry, *, has_stock: bool
    ) -> Effect:
        record, head = self.repository.new_records(entry.item_id, entry.fields)
        batch.records.append(({}, record))
        batch.counts.update(counts_of({}, record))
        batch.operations += [
            *self.repository.own_creation(record),
            self._entry(caller, record["id"], "created", (None, record)),
        ]
        if has_stock:
            batch.new_heads[record["id"]] = head
        else:
            batch.operations.append(self.repository.head_without_stock(record, head))
        return "created"

    def _change(
        self,
        caller: Caller,
        batch: _Batch,
        entry: BatchEntry,
        stored: tuple[Item, Item],
        *,
        has_stock: bool,
    ) -> Effect:
        record, head = stored
        changes = changes_of(record, entry.fields)
        if not changes:
            return "unchanged"
        after = self.repository.changed(record, changes)
        batch.records.append((record, after))
        batch.counts.update(counts_of(record, after))
        batch.operations += [
            *self.repository.own_changes(record, after),
            self._entry(caller, record["id"], verb_of(record, after), (record, after)),
        ]
        if not has_stock:
            batch.operations.append(self.repository.head_change(record, head, after))
        elif "unit" in changes:
            raise Invalid.field("/unit", "Change the unit by itself, and then give the quantity.")
        else:
            batch.head_changes[record["id"]] = listed_fields(record["id"], after)
        return "changed"

    def _lines(
        self, entry: BatchEntry, balances: Sequence[Item], timezone: str, before: int
    ) -> list[Line]:
        """The movements that change something; `before` is how many lines the batch has already."""
        lines: list[Line] = []
        for stock in entry.lines:
            if stock.kind == "count" and not stock.dates:
                there = read_balance(at_key(balances, keys.balance(entry.item_id, stock.place)))
                if there.quantity == Fraction(stock.quantity):
                    continue
            lines.append(
                Line(
                    pointer=f"/lines/{before + len(lines)}",
                    item_id=entry.item_id,
                    kind=Kind(stock.kind),
                    place=stock.place,
                    quantity=stock.quantity,
                    expiry_date=stock.expiry_date,
                    timezone=timezone,
                )
            )
        return lines

    def _explained(self, batch: _Batch) -> Conflict | Invalid | PreconditionFailed:
        """Why a batch could not be written."""
        for before, after in batch.records:
            try:
                self.repository.check_change(before, after)
            except (Conflict, Invalid) as problem:
                return problem
        return PreconditionFailed("Something of this has changed meanwhile.")

    def _entry(
        self, caller: Caller, item_id: str, action: str, records: tuple[Item | None, Item]
    ) -> Operation:
        before, after = records
        change = Change(
            COMPANY, f"item.{action}", f"item/{item_id}", differences(before, after, FIELDS)
        )
        return self.audit.entry(caller.origin, change)


def parts_of(entry: BatchEntry, most_lines: int) -> list[BatchEntry]:
    """An entry in parts of so many lines: the first makes or changes the item."""
    rest = range(most_lines, len(entry.lines), most_lines)
    return [
        replace(entry, lines=entry.lines[:most_lines]),
        *(
            BatchEntry(entry.item_id, {}, entry.lines[start : start + most_lines], is_rest=True)
            for start in rest
        ),
    ]
