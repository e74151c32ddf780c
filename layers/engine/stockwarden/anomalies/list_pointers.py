"""Pointers from the lists across reports to a report: one item per priority rank in each feed.

report_id, generation
under?                    [[report_id, generation, anomalies of the rank], …]

`under` are older snapshots, newest first, whose anomalies are still worked on because the report is
only a part of the warehouse. For each of them a list shows the anomalies that no newer snapshot
has.
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
    """An older snapshot under the report, by its stored counts item."""

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
        feeds: Sequence[str],
        listed: str,
        *,
        under: Sequence[Under] = (),
    ) -> Iterator[Operation]:
        for feed, (priority, count) in product(feeds, counts.by_priority.items()):
            key = keys.pointer(feed, priority.rank, listed)
            entries = [snapshot.entry(priority) for snapshot in under]
            if count or any(count_under for *_, count_under in entries):
                item = {"report_id": report_id, "generation": generation}
                yield self.table.put(key | item | ({"under": entries} if entries else {}))
            else:
                yield self.table.delete(key)

    def stored(self, feeds: Sequence[str], listed: str) -> list[Item]:
        """The stored pointers of a report."""
        return self.table.get_many(_keys(feeds, listed), consistent=True)

    def remove(self, feeds: Sequence[str], listed: str) -> list[Operation]:
        return [self.table.delete(key) for key in _keys(feeds, listed)]


def _keys(feeds: Sequence[str], listed: str) -> list[Item]:
    return [
        keys.pointer(feed, priority.rank, listed) for feed, priority in product(feeds, Priority)
    ]
