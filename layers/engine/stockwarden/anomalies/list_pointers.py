"""Where lists across reports find a report: one item per rank of its anomalies in each feed.

report_id, generation
under?                    [[report_id, generation, anomalies of the rank], …]

`under` are older snapshots that the report, a part of their warehouse, leaves to be worked; newest
first. Of each of them a list shows what no newer snapshot has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from stockwarden.anomalies.counts import Counts
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.tables import Operation, Table


@dataclass(frozen=True)
class Under:
    """One of them, by its counts as they are stored."""

    counts: Item

    def entry(self, priority: Priority) -> list[str | int]:
        has = Counts.from_item(self.counts).by_priority[priority]
        return [keys.report_in(self.counts), self.counts["generation"], has]


class ListPointers:
    def __init__(self, table: Table) -> None:
        self.table = table

    def put(
        self,
        report_id: str,
        generation: str,
        counts: Counts,
        lanes: Sequence[str],
        listed: str,
        *,
        under: Sequence[Under] = (),
    ) -> Iterator[Operation]:
        for lane, (priority, count) in product(lanes, counts.by_priority.items()):
            key = keys.pointer(lane, priority.rank, listed)
            older = [one.entry(priority) for one in under]
            if count or any(has for *_, has in older):
                item = {"report_id": report_id, "generation": generation}
                yield self.table.put(key | item | ({"under": older} if older else {}))
            else:
                yield self.table.delete(key)

    def stored(self, lanes: Sequence[str], listed: str) -> list[Item]:
        """As they are; what is not there is left out."""
        return self.table.get_many(_keys(lanes, listed), consistent=True)

    def remove(self, lanes: Sequence[str], listed: str) -> list[Operation]:
        return [self.table.delete(key) for key in _keys(lanes, listed)]


def _keys(lanes: Sequence[str], listed: str) -> list[Item]:
    return [
        keys.pointer(lane, priority.rank, listed) for lane, priority in product(lanes, Priority)
    ]
