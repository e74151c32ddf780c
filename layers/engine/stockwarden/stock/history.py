"""Stock at an instant: a checkpoint, and the movements since.

The order of movements is (effective_at, seq). A checkpoint holds all balances after a movement, as
far as movements up to its `at_seq` are concerned. Later ones that belong before it (late ones) are
listed by `seq`, so the checkpoint stays right: whoever uses it adds them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from stockwarden.stock.movement import Movement, changes_item, read_changes, read_movement
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

Balances = Mapping[Place, Fraction]


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
        checkpoint = self._last_checkpoint(item_id, moment + _BEYOND, consistent=consistent)
        return self._balances(item_id, checkpoint, moment + _BEYOND, consistent=consistent)

    def movements_after(self, item_id: str, moment: str) -> Iterator[Movement]:
        """Those after `moment`, in their order, read consistently."""
        range_ = keys.movements(item_id).between(first=moment + _BEYOND)
        return map(read_movement, self.table.query_all(range_, consistent=True))

    def all_movements(self, item_id: str) -> Iterator[Movement]:
        return map(read_movement, self.table.query_all(keys.movements(item_id), consistent=True))

    def keep_checkpoint(self, item_id: str, moment: str, seq: int) -> None:
        """Writes the checkpoint after the movements up to `moment`, of which `seq` is the last."""
        until = keys.movement_order(moment, seq) + _BEYOND
        last = self._last_checkpoint(item_id, until, consistent=True)
        at_seq = self._seq_now(item_id)
        # What comes in while this is read is not in it, for whoever uses the checkpoint adds that.
        balances = self._balances(item_id, last, until, consistent=True, at_seq=at_seq)
        if len(balances) <= _MAX_PLACES:
            order = keys.checkpoint(item_id, moment, seq)
            self.table.put_all([_checkpoint_item(order, at_seq, balances)])

    def renew_checkpoints(self, item_id: str) -> None:
        """Adds the late movements to the checkpoints that they come before."""
        at_seq = self._seq_now(item_id)
        late = list(self.table.query_all(keys.late_movements(item_id), consistent=True))
        renewed = (
            _with_late(item, late, at_seq)
            for item in self.table.query_all(keys.checkpoints(item_id), consistent=True)
        )
        self.table.put_all(item for item in renewed if item)

    def _balances(
        self,
        item_id: str,
        checkpoint: Checkpoint | None,
        until: str,
        *,
        consistent: bool,
        at_seq: int | None = None,
    ) -> dict[Place, Fraction]:
        """What was where after all movements up to `until`, as they were known at `at_seq`."""
        balances: dict[Place, Fraction] = defaultdict(Fraction)
        if checkpoint is not None:
            balances.update(checkpoint.balances)
            for seq, changes in self._late_changes(item_id, checkpoint, consistent=consistent):
                if at_seq is None or seq <= at_seq:
                    _add(balances, changes)
        first = checkpoint.order + _BEYOND if checkpoint else ""
        range_ = keys.movements(item_id).between(first=first, last=until)
        for item in self.table.query_all(range_, consistent=consistent):
            movement = read_movement(item)
            if at_seq is None or movement.seq <= at_seq:
                _add(balances, movement.changes)
        return {place: quantity for place, quantity in balances.items() if quantity}

    def _seq_now(self, item_id: str) -> int:
        head = self.table.get(keys.head(item_id), consistent=True)
        return int(head["seq"]) if head else 0

    def _last_checkpoint(self, item_id: str, until: str, *, consistent: bool) -> Checkpoint | None:
        range_ = keys.checkpoints(item_id).between(last=until)
        page = self.table.query(range_, limit=1, newest_first=True, consistent=consistent)
        return _read_checkpoint(page.items[0]) if page.items else None

    def _late_changes(
        self, item_id: str, checkpoint: Checkpoint, *, consistent: bool
    ) -> Iterator[tuple[int, Balances]]:
        """The late movements that the checkpoint lacks, and what they change."""
        range_ = keys.late_movements(item_id).between(first=f"{checkpoint.at_seq + 1:012}")
        for item in self.table.query_all(range_, consistent=consistent):
            if item["order"] <= checkpoint.order:
                yield keys.late_seq(item), read_changes(item["changes"])


def late_item(movement: Movement) -> Item:
    """The record of a movement that came after others which it is before."""
    return {
        **keys.late_movement(movement.item_id, movement.seq),
        "order": movement.order,
        "changes": changes_item(movement.changes),
    }


def _checkpoint_item(key: Item, at_seq: int, balances: Balances) -> Item:
    return {**key, "at_seq": at_seq, "balances": changes_item(balances)}


def _read_checkpoint(item: Item) -> Checkpoint:
    order = keys.movement_order(*keys.parse_movement_order(item))
    return Checkpoint(order, item["at_seq"], read_changes(item["balances"]))


def _with_late(item: Item, late: list[Item], at_seq: int) -> Item | None:
    """The checkpoint with the late movements that it lacks; None where it lacks none."""
    checkpoint = _read_checkpoint(item)
    missing = [
        each
        for each in late
        if checkpoint.at_seq < keys.late_seq(each) <= at_seq and each["order"] <= checkpoint.order
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
