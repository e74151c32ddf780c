"""Writes postings that are too large for one transaction, all of it or nothing.

Items are held, then *one* transaction says that all of it has happened, then it is applied item by
item. Nobody sees a part of it: whoever meets an item that is held applies what has happened first.
See docs/decisions/0034-large-postings.md, and `large_recovery` for who goes on where this ends.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from stockwarden.audit.origin import Origin
from stockwarden.core.clock import iso
from stockwarden.core.errors import Invalid, StockwardenError, Unavailable
from stockwarden.core.ids import new_id
from stockwarden.stock.head import Head, hold
from stockwarden.stock.known import Known
from stockwarden.stock.large_part import Balances, DecidedItem, Part, part_item, parts_of
from stockwarden.stock.large_recovery import COMMITTED, LEASE, PREPARING, LargePostingRecovery
from stockwarden.stock.posting import large_posting_item
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import ConditionFailed, Operation, write

# A transaction of DynamoDB.
MAX_ACTIONS = 100
_IS_NEW = "attribute_not_exists(#pk)"


@dataclass(frozen=True)
class Decision:
    """What is written: the posting, what becomes of its items, of which so much was `known`, and
    what is of the same instant."""

    posting: Item
    items: Sequence[DecidedItem]
    known: Known
    beside: Sequence[Operation]


class LargePostings:
    """`max_actions` is how many a transaction has."""

    def __init__(self, recovery: LargePostingRecovery, max_actions: int) -> None:
        self.recovery = recovery
        self.table = recovery.table
        self.clock = recovery.clock
        self.max_actions = max_actions

    def write(self, origin: Origin, first: Decision, decide: Callable[[bool], Decision]) -> None:
        """Writes what `decide` says while its items are held, told whether their heads are those of
        `first`, which is what it said before.

        Raises ConditionFailed where another one holds an item or something beside has changed,
        Invalid where it is too large even so, Unavailable, and what `decide` raises.
        """
        operation_id = new_id("opn")
        item_ids = sorted(item.item_id for item in first.items)
        together = self.max_actions - 2
        groups = [item_ids[at : at + together] for at in range(0, len(item_ids), together)]
        # So that nothing is held for what cannot be.
        self._parts(operation_id, groups, first)
        self._begin(operation_id, origin)
        try:
            as_read = [
                self._hold(operation_id, number, [first.known.heads[each] for each in group])
                for number, group in enumerate(groups)
            ]
            decision = decide(all(as_read))
            parts = self._parts(operation_id, groups, decision)
            self._commit(operation_id, groups, parts, decision)
        except StockwardenError:
            # If it has happened nevertheless, this changes nothing. What the database is too busy
            # for now is done by who meets the items.
            with suppress(Unavailable):
                self.recovery.give_up(operation_id)
            raise
        # It has happened, whatever fails from here on.
        with suppress(Unavailable):
            self._apply(operation_id, parts, origin, decision.known.balances)

    def _begin(self, operation_id: str, origin: Origin) -> None:
        item = {
            **keys.operation(operation_id),
            "status": PREPARING,
            "origin": asdict(origin),
            "lease_until": self._lease_until(),
        }
        # Its id is new, so nothing is lost if this arrives twice.
        write(self.table.put(item))

    def _hold(self, operation_id: str, number: int, heads: Sequence[Head]) -> bool:
        """Holds some items, unless the posting has been given up. Whether they are as they were
        read: if one is not, they are held as they are by now, so that nobody keeps a posting from
        getting on by moving its items all the time."""
        item_ids = [head.id for head in heads]
        as_read = [hold(self.table, head.id, operation_id, head) for head in heads]
        try:
            self._write_hold(operation_id, number, item_ids, as_read)
        except ConditionFailed:
            as_now = [hold(self.table, item_id, operation_id) for item_id in item_ids]
            self._write_hold(operation_id, number, item_ids, as_now)
            return False
        return True

    def _write_hold(
        self, operation_id: str, number: int, item_ids: Sequence[str], holds: Sequence[Operation]
    ) -> None:
        renewed = self.table.update(
            keys.operation(operation_id),
            "SET #lease_until = :lease_until",
            when="#status = :preparing",
            preparing=PREPARING,
            lease_until=self._lease_until(),
        )
        held = {**keys.hold(operation_id, number), "item_ids": list(item_ids)}
        write(renewed, self.table.put(held, when=_IS_NEW), *holds)

    def _parts(
        self, operation_id: str, groups: Sequence[Sequence[str]], decision: Decision
    ) -> list[Part]:
        parts = parts_of(operation_id, decision.items, self.max_actions)
        if 2 + len(groups) + len(parts) + len(decision.beside) > self.max_actions:
            raise Invalid(
                "These lines, and what belongs to them, touch too many places and serial numbers "
                "for one request; send fewer."
            )
        return parts

    def _commit(
        self,
        operation_id: str,
        groups: Sequence[Sequence[str]],
        parts: Sequence[Part],
        decision: Decision,
    ) -> None:
        """The instant at which all of it happens."""
        committed = self.table.update(
            keys.operation(operation_id),
            "SET #status = :committed, #left = :left, #lease_until = :lease_until",
            when="#status = :preparing",
            preparing=PREPARING,
            committed=COMMITTED,
            left=len(parts),
            lease_until=self._lease_until(),
        )
        write(
            committed,
            self.table.put(large_posting_item(decision.posting, operation_id), when=_IS_NEW),
            *(self.table.delete(keys.hold(operation_id, each)) for each in range(len(groups))),
            *(self.table.put(part_item(part), when=_IS_NEW) for part in parts),
            *decision.beside,
        )

    def _apply(
        self, operation_id: str, parts: Sequence[Part], origin: Origin, balances: Balances
    ) -> None:
        try:
            for part in parts:
                self.recovery.apply(part, origin, balances)
            self.recovery.end(operation_id)
        except ConditionFailed:
            # A reservation has ended meanwhile, or somebody else has applied a part.
            self.recovery.finish(operation_id)

    def _lease_until(self) -> str:
        return iso(self.clock() + LEASE)
