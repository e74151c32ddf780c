"""Posts movements: reads what they depend on, decides, and writes all of it or nothing.

See docs/decisions/0030-ledger.md. A posting has the id that its request's key gives it, so that a
repetition finds it and is answered as the first one was. What does not fit into a transaction is
left to `large_posting`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
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
from stockwarden.stock.large_part import DecidedItem, actions_of, changes_of_head, decided_item
from stockwarden.stock.large_posting import MAX_ACTIONS, Decision, LargePostings
from stockwarden.stock.large_recovery import BACKOFF, TRIES, LargePostingRecovery
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Movement, movement_item, read_movement
from stockwarden.stock.plan import ItemPlan
from stockwarden.stock.posting import movement_keys, posting_id_of, posting_item
from stockwarden.stock.serials import serial_items
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write_once

# Of a request about movements, and of any posting.
MAX_LINES, MOST_LINES = 25, 500
_IS_NEW = "attribute_not_exists(#pk)"

_NONE: Mapping[str, Any] = MappingProxyType({})

Beside = Callable[[Sequence[Movement]], Sequence[Operation]]
# Keeps a warehouse, before it has an item for the first time. Raises NotFound where it is gone.
Enter = Callable[[str], None]


def _nothing(*_: str) -> None:
    pass


@dataclass(frozen=True)
class _Request:
    """What `Ledger.post` is asked for."""

    caller: Caller
    key: RequestKey
    lines: Sequence[Line]
    check: Callable[[], None]
    beside: Beside
    new_heads: Mapping[str, Item]
    head_changes: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Decided:
    """What a request makes of what was known. `serials` says where each piece is then."""

    known: Known
    serials: Mapping[str, Mapping[str, Place | None]]
    plans: Mapping[str, ItemPlan]
    movements: list[Movement]

    @cached_property
    def items(self) -> list[DecidedItem]:
        return [decided_item(plan, self.serials[plan.head.id]) for plan in self.plans.values()]


class Ledger:
    """`max_actions` is how many a transaction has: what takes more is a large posting."""

    def __init__(
        self,
        table: Table,
        facts: FactsReader,
        units: UnitRepository,
        audit: AuditLog,
        clock: Clock,
        *,
        enter: Enter = _nothing,
        max_actions: int = MAX_ACTIONS,
    ) -> None:
        self.table = table
        self.facts = facts
        self.units = units
        self.audit = audit
        self.clock = clock
        self.enter = enter
        self.history = History(table)
        self.decisions = Decisions(self.history, facts, units)
        self.recovery = LargePostingRecovery(table, facts, audit, clock)
        self.large = LargePostings(self.recovery, max_actions)
        self.max_actions = max_actions

    def post(
        self,
        caller: Caller,
        key: RequestKey,
        lines: Sequence[Line],
        *,
        check: Callable[[], None] = _nothing,
        beside: Beside = lambda _: (),
        new_heads: Mapping[str, Item] = _NONE,
        head_changes: Mapping[str, Mapping[str, Any]] = _NONE,
    ) -> list[Movement]:
        """The movements of the lines, in their order; those that are there where the request is a
        repetition. `beside` gives what else is written with them; `check` reads what its conditions
        are about, and raises what they would fail of, unless the request is a repetition.
        `new_heads` are of items made with their first movements, and `head_changes` facts about
        items that change with them, by the ids of the items.

        Raises Invalid for what a line says, and for a key that another request had; Conflict for
        what stands in the way; Unavailable.
        """
        if len(lines) > MOST_LINES:
            raise Invalid(f"{len(lines)} lines are too many for one request; at most {MOST_LINES}.")
        request = _Request(caller, key, lines, check, beside, new_heads, head_changes)
        return retried(
            lambda: self._attempt(request),
            on=ConditionFailed,
            tries=TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=BACKOFF,
        )

    def posted(self, key: RequestKey) -> list[Movement] | None:
        """Those of a request that was done before; None where it was not. Raises Invalid for the
        key of another request."""
        posting = self.table.get(keys.posting(posting_id_of(key)), consistent=True)
        return self._repeated(posting, key) if posting else None

    def find(self, movement_id: str) -> Movement | None:
        """A movement by its id."""
        posting_id, _, number = movement_id.rpartition("_")
        posting = self.table.get(keys.posting(posting_id), consistent=True) if posting_id else None
        if posting is None or not number.isdecimal():
            return None
        places = movement_keys(posting)
        position = int(number) - 1
        if str(position + 1) != number or not 0 <= position < len(places):
            return None
        key = places[position]
        item = self.table.get(key, consistent=True)
        if item is None and "operation" in posting:
            self.recovery.finish(posting["operation"])
            item = self.table.get(key, consistent=True)
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
        known = read_known(self.table, posting_id, request.lines, request.new_heads)
        if known.posting is not None:
            return self._repeated(known.posting, request.key)
        if self.recovery.settle(head.item for head in known.heads.values()):
            raise ConditionFailed(frozenset())
        try:
            request.check()
            decided = self._decide(request, known)
        except Conflict:
            # What was read is not of one instant, so it may say of a request that has just been
            # done, perhaps this one sent twice, that it cannot be.
            if self._has_changed(request, known):
                raise ConditionFailed(frozenset()) from None
            raise
        for warehouse_id in _entered(decided.plans.values()):
            self.enter(warehouse_id)
        beside = list(request.beside(decided.movements))
        if actions_of(decided.items) + len(beside) > self.max_actions:
            decided = self._write_large(request, decided, beside)
        else:
            self._write(request, decided, beside)
        for plan in decided.plans.values():
            self._keep_checkpoints(plan)
        return decided.movements

    def _decide(self, request: "_Request", known: Known) -> "_Decided":
        moved, now = known.with_own_serials(), iso(self.clock())
        posting_id, by = posting_id_of(request.key), request.caller.user_id
        plans, movements = self.decisions.decide(posting_id, request.lines, moved, by=by, now=now)
        return _Decided(known, moved.serials, plans, movements)

    def _has_changed(self, request: "_Request", known: Known) -> bool:
        """Whether the request has been done, or an item moved, since `known` was read."""
        now = read_known(self.table, posting_id_of(request.key), request.lines, request.new_heads)
        return now.posting is not None or not now.has_heads_of(known)

    def _write(self, request: "_Request", decided: "_Decided", beside: Sequence[Operation]) -> None:
        caller, table, movements = request.caller, self.table, decided.movements
        operations = [
            table.put(posting_item(caller, request.key, movements), when=_IS_NEW),
            *(table.put(movement_item(each), when=_IS_NEW) for each in movements),
            *(
                self.audit.entry(caller.origin, change)
                for change in changes_of(posting_id_of(request.key), movements)
            ),
            *beside,
        ]
        for plan in decided.plans.values():
            also = request.head_changes.get(plan.head.id)
            operations += self._operations_of(plan, decided.serials[plan.head.id], also)
        write_once(*operations)

    def _write_large(
        self, request: "_Request", first: "_Decided", beside: Sequence[Operation]
    ) -> "_Decided":
        """What was written: while the items are held, it is decided again if one has changed."""
        if request.new_heads or request.head_changes:
            raise Invalid(
                "These lines touch too many places and serial numbers for one request; send fewer."
            )
        latest, operations = first, beside

        def decision() -> Decision:
            posting = posting_item(request.caller, request.key, latest.movements)
            return Decision(posting, latest.items, latest.known, operations)

        def decide(as_read: bool) -> Decision:
            nonlocal latest, operations
            if as_read and all(line.comes_in for line in request.lines):
                # At most what is reserved has changed, which is nothing to what comes in.
                return decision()
            known = read_known(self.table, posting_id_of(request.key), request.lines, {})
            if known.posting is not None:
                raise ConditionFailed(frozenset())
            if not known.is_as(latest.known):
                latest = self._decide(request, known)
                operations = list(request.beside(latest.movements))
            return decision()

        self.large.write(request.caller.origin, decision(), decide)
        return latest

    def _operations_of(
        self,
        plan: ItemPlan,
        where: Mapping[str, Place | None],
        also: Mapping[str, Any] | None,
    ) -> Iterable[Operation]:
        head, table = plan.head, self.table
        yield advance(table, head, changes_of_head(plan, also))
        for place, balance in plan.balances.items():
            yield put_balance(table, head.id, place, balance, plan.now)
        for lot in plan.new_lots.values():
            yield self.facts.put_lot(head.id, lot, plan.now)
        for movement in plan.late_movements:
            yield table.put(late_item(movement))
        for record in serial_items(head.id, plan.movements, where):
            yield table.put(record)

    def _repeated(self, posting: Item, key: RequestKey) -> list[Movement]:
        key.require_same(posting["payload"])
        if "operation" in posting:
            self.recovery.finish(posting["operation"])
        wanted = movement_keys(posting)
        items = self.table.get_many(wanted, consistent=True)
        if len(items) < len(wanted):
            # It is being applied at this moment.
            raise ConditionFailed(frozenset())
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


def _entered(plans: Iterable[ItemPlan]) -> list[str]:
    """The warehouses in which one of the items has never been."""
    return sorted({each for plan in plans for each in plan.books if each not in plan.head.books})
