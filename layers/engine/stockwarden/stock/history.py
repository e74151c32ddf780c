"""Stock at an instant: a checkpoint, and the movements since.

The order of movements is (effective_at, seq). A checkpoint holds all balances after a movement, as
far as movements up to its `at_seq` are concerned. Later ones that belong before it (late ones) are
listed by `seq`, so the checkpoint stays right: whoever uses it adds them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from stockwarden.stock.movement import (
    Movement,
    changes_in,
    changes_item,
    read_changes,
    read_movement,
)
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table

# A checkpoint after as many movements, and renewed after as many late ones.
CHECKPOINT_EVERY = 100
# A checkpoint of more places than fit into an item of 400 KB is not made.
_MAX_PLACES = 3000
# Sorts after every sequence number of a moment, or after one movement.
_BEYOND = "$"
_LAST_SEQ = 999_999_999_999

Balances = Mapping[Place, Fraction]


class _NewerCheckpoint(Exception):
    """A checkpoint has movements that are not asked for."""


@dataclass(frozen=True)
class Checkpoint:
    """`order` is that of the last movement in it."""

    order: str
    at_seq: int
    balances: Balances


class History:
    """Reads the movements of an item in their order."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def balances_at(
        self, item_id: str, moment: str, *, consistent: bool = False
    ) -> dict[Place, Fraction]:
        """What was where after all movements up to and including `moment`; nothing that is zero.

        Reads one checkpoint, at most about `CHECKPOINT_EVERY` movements, and as many late ones.
        """
        balances = self._balances_at(item_id, moment, consistent=consistent)
        return {place: quantity for place, quantity in balances.items() if quantity}

    def _balances_at(
        self, item_id: str, moment: str, *, consistent: bool, at_seq: int = _LAST_SEQ
    ) -> Balances:
        """Without the movements after `at_seq`, if the checkpoint that it begins with has none."""
        until = moment + _BEYOND
        balances: dict[Place, Fraction] = defaultdict(Fraction)
        checkpoint = self._last_checkpoint(item_id, until, consistent=consistent)
        if checkpoint is not None:
            if checkpoint.at_seq > at_seq:
                raise _NewerCheckpoint
            balances.update(checkpoint.balances)
            for changes in self._late_changes(item_id, checkpoint, at_seq, consistent=consistent):
                _add(balances, changes)
        first = checkpoint.order + _BEYOND if checkpoint else ""
        range_ = keys.movements(item_id).between(first=first, last=until)
        for item in self.table.query_all(range_, consistent=consistent):
            if keys.parse_movement_order(item)[1] <= at_seq:
                _add(balances, changes_in(item))
        return balances

    def movements_after(self, item_id: str, moment: str) -> Iterator[Movement]:
        """Those after `moment`, in their order, read consistently."""
        range_ = keys.movements(item_id).between(first=moment + _BEYOND)
        return map(read_movement, self.table.query_all(range_, consistent=True))

    def all_movements(self, item_id: str) -> Iterator[Movement]:
        return map(read_movement, self.table.query_all(keys.movements(item_id), consistent=True))

    def keep_checkpoint(self, item_id: str, moment: str) -> None:
        """Writes the checkpoint after the movements up to `moment`, as far as they are known at
        this moment: those that come in while they are read are left to the readers."""
        at_seq = self._seq_now(item_id)
        with suppress(_NewerCheckpoint):
            balances = self._balances_at(item_id, moment, consistent=True, at_seq=at_seq)
            if len(balances) <= _MAX_PLACES:
                key = keys.checkpoint(item_id, moment, at_seq)
                self.table.put_all([_checkpoint_item(key, at_seq, balances)])

    def renew_checkpoints(self, item_id: str) -> None:
        """Adds the late movements to the checkpoints that they come before."""
        at_seq = self._seq_now(item_id)
        range_ = keys.late_movements(item_id).between(last=f"{at_seq:012}")
        late = list(self.table.query_all(range_, consistent=True))
        renewed = (
            _with_late(item, late, at_seq)
            for item in self.table.query_all(keys.checkpoints(item_id), consistent=True)
        )
        self.table.put_all(item for item in renewed if item)

    def _seq_now(self, item_id: str) -> int:
        head = self.table.get(keys.head(item_id), consistent=True)
        return int(head["seq"]) if head else 0

    def _last_checkpoint(self, item_id: str, until: str, *, consistent: bool) -> Checkpoint | None:
        range_ = keys.checkpoints(item_id).between(last=until)
        page = self.table.query(range_, limit=1, newest_first=True, consistent=consistent)
        return read_checkpoint(page.items[0]) if page.items else None

    def _late_changes(
        self, item_id: str, checkpoint: Checkpoint, at_seq: int, *, consistent: bool
    ) -> Iterator[Balances]:
        """The changes of late movements up to `at_seq` that the checkpoint lacks."""
        first, last = f"{checkpoint.at_seq + 1:012}", f"{at_seq:012}"
        if first > last:
            return
        range_ = keys.late_movements(item_id).between(first=first, last=last)
        for item in self.table.query_all(range_, consistent=consistent):
            if item["order"] <= checkpoint.order:
                yield read_changes(item["changes"])


def late_item(movement: Movement) -> Item:
    """The record of a movement that came after others which it is before."""
    return {
        **keys.late_movement(movement.item_id, movement.seq),
        "order": movement.order,
        "changes": changes_item(movement.changes),
    }


def _checkpoint_item(key: Item, at_seq: int, balances: Balances) -> Item:
    return {**key, "at_seq": at_seq, "balances": changes_item(balances)}


def read_checkpoint(item: Item) -> Checkpoint:
    order = keys.movement_order(*keys.parse_movement_order(item))
    return Checkpoint(order, item["at_seq"], read_changes(item["balances"]))


def _with_late(item: Item, late: list[Item], at_seq: int) -> Item | None:
    """The checkpoint with the late movements that it lacks; None where it lacks none."""
    checkpoint = read_checkpoint(item)
    missing = [
        each
        for each in late
        if keys.late_seq(each) > checkpoint.at_seq and each["order"] <= checkpoint.order
    ]
    if not missing:
        return None
    balances: dict[Place, Fraction] = defaultdict(Fraction, checkpoint.balances)
    for each in missing:
        _add(balances, read_changes(each["changes"]))
    return {**item, "at_seq": at_seq, "balances": changes_item(balances)}


def _add(balances: dict[Place, Fraction], changes: Balances) -> None:
    for place, change in changes.items():
        balances[place] += change
