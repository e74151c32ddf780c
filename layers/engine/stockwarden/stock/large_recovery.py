"""Finishes large postings, or gives them up: whoever meets an item that one holds, and the sweep.

See docs/decisions/0034-large-postings.md. Everything here may be done by several at once, be killed
at any call and be done again: a part is applied, or let go, in the transaction that removes it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.stock.balance import read_balance
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.head import let_go
from stockwarden.stock.large_part import Balances, Part, read_part
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Table, write

# How long nobody else gives up a posting that is being prepared: each of its transactions takes
# well below a second, and renews it.
LEASE = timedelta(seconds=10)
# What has not happened yet, what has, and what never will.
PREPARING, COMMITTED, ABANDONED = "preparing", "committed", "abandoned"
# One item moved by many at once, or held by a posting that has died: about 20 s in total. Of
# hundreds, those who wait up to a second waste half as many tries as those who wait 0.7 s, and none
# is too late for its answer.
TRIES, BACKOFF = 40, Backoff(first=0.05, longest=1.0)
# Of what others do only in the same moment.
_TRIES = 12
T = TypeVar("T")
_IS_THERE = "attribute_exists(#pk)"


@dataclass(frozen=True)
class Recovered:
    """How many large postings a run finished, and how many it gave up."""

    finished: int
    abandoned: int


class LargePostingRecovery:
    def __init__(self, table: Table, facts: FactsReader, audit: AuditLog, clock: Clock) -> None:
        self.table = table
        self.facts = facts
        self.audit = audit
        self.clock = clock

    def settle(self, heads: Iterable[Item]) -> bool:
        """Applies what has happened to these heads, and gives up what died before it happened;
        what is being prepared is left. Whether one of them is held, or was: then what was read of
        it is read again. Raises Unavailable."""
        held: dict[str, set[str]] = defaultdict(set)
        for head in heads:
            if head.get("pending"):
                held[head["pending"]].add(head["id"])
        for operation_id, item_ids in held.items():
            self._settle(operation_id, item_ids)
        return bool(held)

    def settled(self, head: Item) -> Item:
        """The head, after all that has happened to it."""
        if not self.settle([head]):
            return head
        return self.table.get(key_of(head), consistent=True) or head

    def free_heads(self, item_ids: Sequence[str]) -> list[Item]:
        """The heads of these items, once no large posting holds one. Raises Unavailable."""

        def read() -> list[Item]:
            heads = self.table.get_many([keys.head(each) for each in item_ids], consistent=True)
            if self.settle(heads):
                raise ConditionFailed(frozenset())
            return heads

        return _retried(read, TRIES)

    def finish(self, operation_id: str) -> None:
        """Applies all of a posting that has happened. Raises Unavailable."""
        operation = self._load(operation_id)
        if operation is not None and operation["status"] == COMMITTED:
            self._apply_parts(operation, None)
            self.end(operation_id)

    def end(self, operation_id: str) -> None:
        """Forgets an operation none of whose parts is left."""
        key, condition = keys.operation(operation_id), "#status = :committed AND #left = :none"
        with suppress(ConditionFailed):
            write(self.table.delete(key, when=condition, committed=COMMITTED, none=0))

    def apply(self, part: Part, origin: Origin, balances: Balances) -> None:
        """Makes what a part says, over balances as they were read. Raises ConditionFailed where
        one has changed, and where it is made already."""
        write(*part.apply(self.table, self.facts, self.audit, origin, balances))

    def give_up(self, operation_id: str, *, lease_until: str | None = None) -> bool:
        """Lets go of all that a posting holds, unless it has happened, or has been renewed since
        `lease_until`, if that is given. Whether it is given up. Raises Unavailable."""
        condition = "(#status = :preparing OR #status = :abandoned)"
        values = {"preparing": PREPARING, "abandoned": ABANDONED}
        if lease_until is not None:
            condition += " AND #lease_until = :read"
            values["read"] = lease_until
        key = keys.operation(operation_id)
        try:
            write(self.table.update(key, "SET #status = :abandoned", when=condition, **values))
        except ConditionFailed:
            return False
        for held in list(self.table.query_all(keys.holds(operation_id), consistent=True)):
            self._let_go(operation_id, held)
        with suppress(ConditionFailed):
            write(self.table.delete(key, when="#status = :abandoned", abandoned=ABANDONED))
        return True

    def sweep(self, has_time: Callable[[], bool]) -> Recovered:
        """Ends all postings whose lease has run out, while there is time. Raises Unavailable, after
        the others, for one that cannot be ended now."""
        finished = abandoned = 0
        failure: Unavailable | None = None
        for operation in list(self.table.query_all(keys.operations(), consistent=True)):
            if not self._is_over(operation):
                continue
            if not has_time():
                break
            operation_id = keys.operation_id_in(operation)
            try:
                if operation["status"] == COMMITTED:
                    self.finish(operation_id)
                    finished += 1
                else:
                    abandoned += self.give_up(operation_id, lease_until=operation["lease_until"])
            except Unavailable as failed:
                failure = failed
        if failure is not None:
            raise failure
        return Recovered(finished, abandoned)

    def _settle(self, operation_id: str, item_ids: Collection[str]) -> None:
        operation = self._load(operation_id)
        if operation is None:
            # It has ended since the heads were read. Or it was given up while the transaction that
            # made these marks was on its way: then they mean nothing.
            for item_id in item_ids:
                with suppress(ConditionFailed):
                    write(let_go(self.table, item_id, operation_id))
        elif operation["status"] == COMMITTED:
            self._apply_parts(operation, item_ids)
        elif operation["status"] == ABANDONED or self._is_over(operation):
            self.give_up(operation_id, lease_until=operation["lease_until"])

    def _load(self, operation_id: str) -> Item | None:
        return self.table.get(keys.operation(operation_id), consistent=True)

    def _is_over(self, operation: Item) -> bool:
        return str(operation["lease_until"]) <= iso(self.clock())

    def _apply_parts(self, operation: Item, item_ids: Collection[str] | None) -> None:
        """Applies the parts that are not applied yet: all, or those of some items."""
        operation_id, origin = keys.operation_id_in(operation), Origin(**operation["origin"])
        for stored in list(self.table.query_all(keys.parts(operation_id), consistent=True)):
            part = read_part(stored)
            if item_ids is None or any(item.item_id in item_ids for item in part.items):
                self._apply(part, origin)

    def _apply(self, part: Part, origin: Origin) -> None:
        key = keys.part(part.operation_id, part.number)

        def attempt() -> None:
            if self.table.get(key, consistent=True) is None:
                return
            wanted = [keys.balance(*each) for each in part.balance_keys()]
            items = {
                tuple(key_of(item).values()): item
                for item in self.table.get_many(wanted, consistent=True)
            }
            balances = {
                each: read_balance(items.get(tuple(keys.balance(*each).values())))
                for each in part.balance_keys()
            }
            self.apply(part, origin, balances)

        _retried(attempt, _TRIES)

    def _let_go(self, operation_id: str, held: Item) -> None:
        """Lets go of some heads, and forgets that they were held."""

        def attempt() -> None:
            if self.table.get(key_of(held), consistent=True) is not None:
                write(
                    self.table.delete(key_of(held), when=_IS_THERE),
                    *(let_go(self.table, item_id, operation_id) for item_id in held["item_ids"]),
                )

        _retried(attempt, _TRIES)


def _retried(attempt: Callable[[], T], tries: int) -> T:
    return retried(
        attempt,
        on=ConditionFailed,
        tries=tries,
        otherwise=Unavailable(CONTENDED),
        backoff=BACKOFF,
    )
