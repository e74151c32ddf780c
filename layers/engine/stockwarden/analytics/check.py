"""Finds what the projections have lost, and puts it right: all items and orders once a day.

A change that is under way looks like one that was lost. So what is behind is noted, and is lost if
a later run, an hour after, finds it behind what it had been behind of. The usage of an item is
checked once a week, on a day of its own, since that reads all of its movements.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from stockwarden.analytics.checked import CheckedKind, Seen
from stockwarden.analytics.generations import Generations
from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.index_walk import Position
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.tables import Table, write

logger = logging.getLogger(__name__)

# Less than a day by more than the time between runs, so that it stays at the same hour.
_INTERVAL = timedelta(hours=23)
_TOGETHER = 50
# More than so many are not noted: a rebuild is due then.
_MOST_NOTED = 500
_NOTE = "check-round"
_Behind = dict[str, dict[str, Seen]]


@dataclass(frozen=True)
class Checked:
    """How many items and orders a run looked at, and how many of both had lost something."""

    items: int
    orders: int
    lost: int


@dataclass(frozen=True)
class _Round:
    """Where a round is that began at some time: at which kind, and after which position."""

    begun_at: str
    kind: int = 0
    position: Position | None = None
    complete: bool = False


class ProjectionCheck:
    """`kinds` are what is checked, in this order."""

    def __init__(
        self, table: Table, generations: Generations, kinds: Sequence[CheckedKind], clock: Clock
    ) -> None:
        self.table = table
        self.generations = generations
        self.kinds = kinds
        self.clock = clock

    def run(self, has_time: Callable[[], bool]) -> Checked:
        """Begins with more of them only while there is time. Raises Unavailable."""
        note = self.table.get(keys.progress().key(_NOTE), consistent=True) or {}
        lost = self._repair(_read_behind(note))
        looked_at = {kind.name: 0 for kind in self.kinds}
        begun = self._begin(note)
        if begun is None:
            self._note(_Round(note["begun_at"], complete=True), {})
        else:
            self._look(begun, looked_at, has_time)
        return Checked(looked_at["item"], looked_at["order"], lost)

    def _begin(self, note: Item) -> _Round | None:
        """The round that goes on now; None where none is due."""
        if note and not note["complete"]:
            at = note["position"]
            position = Position(at["shard"], at["key"]) if at else None
            return _Round(note["begun_at"], note["kind"], position)
        if note and datetime.fromisoformat(note["begun_at"]) > self.clock() - _INTERVAL:
            return None
        return _Round(iso(self.clock()))

    def _look(self, begun: _Round, looked_at: dict[str, int], has_time: Callable[[], bool]) -> None:
        """Goes on with a round, counts what was looked at, and notes what is behind."""
        generation = self.generations.current()
        behind: _Behind = {}
        for number in range(begun.kind, len(self.kinds)):
            kind = self.kinds[number]
            position = begun.position if number == begun.kind else None
            found = kind.ids(position)
            while together := list(islice(found, _TOGETHER)):
                if not has_time():
                    self._note(_Round(begun.begun_at, number, position), behind)
                    return
                seen = kind.seen([record_id for record_id, _ in together])
                behind.setdefault(kind.name, {}).update(kind.behind(generation, seen))
                looked_at[kind.name] += len(together)
                position = together[-1][1]
        self._note(_Round(begun.begun_at, complete=True), behind)

    def _note(self, at: _Round, behind: Mapping[str, Mapping[str, Seen]]) -> None:
        noted = {
            name: {
                record_id: [seen.rank, dict(seen.days)]
                for record_id, seen in islice(sorted(of_kind.items()), _MOST_NOTED)
            }
            for name, of_kind in behind.items()
        }
        facts = vars(at) | {"position": vars(at.position) if at.position else None}
        write(self.table.put({**keys.progress().key(_NOTE), **facts, "behind": noted}))

    def _repair(self, behind: _Behind) -> int:
        """Takes in those that are still behind what they were behind of; gives how many."""
        generation, lost = self.generations.current(), 0
        for kind in self.kinds:
            still = kind.behind(generation, behind.get(kind.name, {}))
            for record_id in still:
                logger.error("projection lost a change", extra={f"{kind.name}_id": record_id})
                for each in self.generations.live():
                    kind.take_in(each, record_id)
            lost += len(still)
        return lost


def _read_behind(note: Item) -> _Behind:
    return {
        name: {record_id: Seen(*seen) for record_id, seen in of_kind.items()}
        for name, of_kind in note.get("behind", {}).items()
    }
