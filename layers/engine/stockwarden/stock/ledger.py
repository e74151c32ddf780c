"""Posts movements: reads what they depend on, decides, and writes all of it or nothing.

See docs/decisions/0030-ledger.md. A posting has the id that its request's key gives it, so that a
repetition finds it and is answered as the first one was.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, Unavailable
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller
from stockwarden.stock.audited import changes_of
from stockwarden.stock.balance import put_balance
from stockwarden.stock.decisions import Decisions
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.head import advance
from stockwarden.stock.history import CHECKPOINT_EVERY, History, late_item
from stockwarden.stock.known import Known, read_known
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Movement, movement_item, read_movement
from stockwarden.stock.plan import ItemPlan
from stockwarden.stock.posting import movement_key, posting_id_of, posting_item
from stockwarden.stock.serials import serial_item
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write_once

MAX_LINES = 25
# A transaction of DynamoDB.
_MAX_ACTIONS = 100
# One item moved by many at once: about 20 s in total. Of hundreds, those who wait up to a second
# waste half as many tries as those who wait 0.7 s, and none is too late for its answer.
TRIES, BACKOFF = 40, Backoff(first=0.05, longest=1.0)
_IS_NEW = "attribute_not_exists(#pk)"

Beside = Callable[[Sequence[Movement]], Sequence[Operation]]


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class _Request:
    """What `Ledger.post` is asked for."""

    caller: Caller
    key: RequestKey
    lines: Sequence[Line]
    check: Callable[[], None]
    beside: Beside
    new_head: Item | None
    head_changes: Mapping[str, Any] | None


class Ledger:
    def __init__(
        self,
        table: Table,
        facts: FactsReader,
        units: UnitRepository,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self.table = table
        self.facts = facts
        self.units = units
        self.audit = audit
        self.clock = clock
        self.history = History(table)
        self.decisions = Decisions(self.history, facts, units)

    def post(
        self,
        caller: Caller,
        key: RequestKey,
        lines: Sequence[Line],
        *,
        check: Callable[[], None] = _nothing,
        beside: Beside = lambda _: (),
        new_head: Item | None = None,
        head_changes: Mapping[str, Any] | None = None,
    ) -> list[Movement]:
        """The movements of the lines, in their order; those that are there where the request is a
        repetition. `beside` gives what else is written with them; `check` reads what its conditions
        are about, and raises what they would fail of, unless the request is a repetition.
        `new_head` is that of an item which is made with its first movement, and `head_changes` are
        facts about the one item of the lines that change with them.

        Raises Invalid for what a line says, and for a key that another request had; Conflict for
        what stands in the way; Unavailable.
        """
        request = _Request(caller, key, lines, check, beside, new_head, head_changes)
        return retried(
            lambda: self._attempt(request),
            on=ConditionFailed,
            tries=TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=BACKOFF,
        )

    def find(self, movement_id: str) -> Movement | None:
        """A movement by its id."""
        posting_id, _, number = movement_id.rpartition("_")
        posting = self.table.get(keys.posting(posting_id), consistent=True) if posting_id else None
        if posting is None or not number.isdecimal():
            return None
        places = posting["movements"]
        position = int(number) - 1
        if str(position + 1) != number or not 0 <= position < len(places):
            return None
        item = self.table.get(movement_key(places[position]), consistent=True)
        return read_movement(item) if item else None

    def mark_reversed(self, movement: Movement, reversal_id: str) -> Operation:
        """The operation that links a movement to the one that undoes it, once."""
        return self.table.update(
            keys.movement(movement.item_id, movement.effective_at, movement.seq),
            "SET #reversed_by = :reversed_by",
            when="attribute_exists(#pk) AND attribute_not_exists(#reversed_by)",
            reversed_by=reversal_id,
        )

    def _attempt(self, request: "_Request") -> list[Movement]:
        posting_id = posting_id_of(request.key)
        known = read_known(self.table, posting_id, request.lines, request.new_head)
        if known.posting is not None:
            return self._repeated(known.posting, request.key)
        try:
            request.check()
            plans, movements = self.decisions.decide(
                posting_id, request.lines, known, by=request.caller.user_id, now=iso(self.clock())
            )
        except Conflict:
            # What was read is not of one instant, so it may say of a request that has just been
            # done, perhaps this one sent twice, that it cannot be.
            if self._has_changed(request, known):
                raise ConditionFailed(frozenset()) from None
            raise
        self._write(request, plans, known, movements)
        for plan in plans.values():
            self._keep_checkpoints(plan)
        return movements

    def _has_changed(self, request: "_Request", known: Known) -> bool:
        """Whether the request has been done, or an item moved, since `known` was read."""
        now = read_known(self.table, posting_id_of(request.key), request.lines, request.new_head)
        return now.posting is not None or any(
            (head.seq, head.facts) != (now.heads[item_id].seq, now.heads[item_id].facts)
            for item_id, head in known.heads.items()
        )

    def _write(
        self,
        request: "_Request",
        plans: Mapping[str, ItemPlan],
        known: Known,
        movements: Sequence[Movement],
    ) -> None:
        operations = [
            self.table.put(posting_item(request.caller, request.key, movements), when=_IS_NEW),
            *(self.table.put(movement_item(each), when=_IS_NEW) for each in movements),
            *(
                self.audit.entry(request.caller.origin, change)
                for change in changes_of(posting_id_of(request.key), movements)
            ),
            *request.beside(movements),
        ]
        for plan in plans.values():
            operations += self._operations_of(plan, known, request.head_changes)
        if len(operations) > _MAX_ACTIONS:
            raise Invalid(
                "These lines touch too many places and serial numbers for one request; send fewer."
            )
        write_once(*operations)

    def _operations_of(
        self, plan: ItemPlan, known: Known, also: Mapping[str, Any] | None
    ) -> Iterable[Operation]:
        head, table = plan.head, self.table
        yield advance(
            table,
            head,
            plan.books,
            movements=len(plan.movements),
            late=len(plan.late_movements),
            last_effective_at=plan.last_effective_at,
            also=also,
        )
        for place, balance in plan.balances.items():
            yield put_balance(table, head.id, place, balance, plan.now)
        for lot in plan.new_lots.values():
            yield self.facts.put_lot(head.id, lot, plan.now)
        for movement in plan.late_movements:
            yield table.put(late_item(movement))
        moved = {serial: each.id for each in plan.movements for serial in each.serials}
        for serial, movement_id in moved.items():
            where = known.serials[head.id].get(serial)
            yield table.put(serial_item(head.id, serial, where, movement_id))

    def _repeated(self, posting: Item, key: RequestKey) -> list[Movement]:
        key.require_same(posting["payload"])
        items = self.table.get_many(
            [movement_key(each) for each in posting["movements"]], consistent=True
        )
        return list(map(read_movement, items))

    def _keep_checkpoints(self, plan: ItemPlan) -> None:
        """After every hundredth movement. Stock at an instant is right without, only slower to
        read, so a database that is too busy for it now is no failure of the posting."""
        seq, late = plan.head.seq, plan.head.late
        newest = plan.movements[-1]
        with suppress(Unavailable):
            if (late + len(plan.late_movements)) // CHECKPOINT_EVERY > late // CHECKPOINT_EVERY:
                self.history.renew_checkpoints(plan.head.id)
            if (seq + len(plan.movements)) // CHECKPOINT_EVERY > seq // CHECKPOINT_EVERY:
                self.history.keep_checkpoint(plan.head.id, newest.effective_at)
