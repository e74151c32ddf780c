"""Where lists across reports find a report: one item per rank of its anomalies in each lane.

<lane>#<rank>  <listed>    report_id, generation
                           under?  [[report_id, generation, anomalies of the rank], …]

`under` are older snapshots that the report, a part of their warehouse, leaves to be worked; newest
first. Of each of them a list shows what no newer snapshot has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from stockwarden.anomalies import keys
from stockwarden.anomalies.counts import Counts
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation, Table


@dataclass(frozen=True)
class Under:
    """One of them, by its counts as they are stored."""

    counts: Item

    def entry(self, priority: Priority) -> list[str | int]:
        has = Counts.from_item(self.counts).by_priority[priority]
        return [self.counts["pk"], self.counts["generation"], has]


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
            key = _key(lane, listed, priority)
            older = [one.entry(priority) for one in under]
            if count or any(has for *_, has in older):
                item = {"report_id": report_id, "generation": generation}
                yield self.table.put(key | item | ({"under": older} if older else {}))
            else:
                yield self.table.delete(key)

    def stored(self, lanes: Sequence[str], listed: str) -> list[Item]:
        """As they are; what is not there is left out."""
        keys_of = [_key(lane, listed, priority) for lane, priority in product(lanes, Priority)]
        return self.table.get_many(keys_of, consistent=True)

    def remove(self, lanes: Sequence[str], listed: str) -> list[Operation]:
        return [
            self.table.delete(_key(lane, listed, priority))
            for lane, priority in product(lanes, Priority)
        ]


def _key(lane: str, listed: str, priority: Priority) -> Item:
    return {"pk": keys.pointer_partition(lane, priority), "sk": listed}
