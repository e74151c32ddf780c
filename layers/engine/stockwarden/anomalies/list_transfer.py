"""Moves a report from its owner's list of anomalies into that of the next owner."""

from stockwarden.anomalies.list_pointers import ListPointers
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import Operation, Table


class ListTransfer:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.pointers = ListPointers(table)

    def operations(self, counts: Item, before: str, after: str) -> list[Operation]:
        """`counts` is the report's item of a shown analysis; `before` and `after` are user names.

        They fail if the report has been analyzed again or listed elsewhere since it was read, or
        a pointer of it was written.
        """
        old, new = keys.owner_feed(before), keys.owner_feed(after)
        lanes = [new if lane == old else lane for lane in counts["lanes"]]
        moved = self.table.update(
            key_of(counts),
            "SET #lanes = :after",
            when="#generation = :generation AND #lanes = :before",
            generation=counts["generation"],
            before=counts["lanes"],
            after=lanes,
        )
        return [moved, *self._pointers(old, new, counts["listed"])]

    def _pointers(self, old: str, new: str, listed: str) -> list[Operation]:
        stored = {keys.rank_of(item): item for item in self.pointers.stored([old], listed)}
        operations: list[Operation] = []
        for priority in Priority:
            key = keys.pointer(old, priority.rank, listed)
            pointer = stored.get(priority.rank)
            if pointer is None:
                operations.append(self.table.check(key, "attribute_not_exists(#pk)"))
                continue
            names = ("report_id", "generation", "under")
            facts = {name: pointer[name] for name in names if name in pointer}
            same = " AND ".join(f"#{name} = :{name}" for name in facts)
            if "under" not in facts:
                same += " AND attribute_not_exists(#under)"
            operations += [
                self.table.delete(key, when=same, **facts),
                self.table.put({**keys.pointer(new, priority.rank, listed), **facts}),
            ]
        return operations
