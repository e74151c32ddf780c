"""What counts items: the records that they refer to, their units, and the tallies by status.

A transaction writes nothing twice, so what several items of one change is added up.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from stockwarden.catalog.references import count_references
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.errors import Invalid
from stockwarden.stock.item_model import ItemStatus
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Operation, Table

RANGES = {
    "category": catalog_keys.categories,
    "supplier": catalog_keys.suppliers,
    "inventory_type": catalog_keys.inventory_types,
}
# The fields that name a record which counts its items.
REFERENCES = tuple(RANGES)
STATUSES: tuple[ItemStatus, ...] = get_args(ItemStatus)


class Counted(NamedTuple):
    """`kind` is one of REFERENCES with the id of a record as its `key`, `unit` with a code, or a
    status, with a shard."""

    kind: str
    key: str | int


Counts = Counter[Counted]


def counts_of(before: Mapping[str, Any], after: Item) -> Counts:
    """What an item changes in the counts. `before` is empty for a new one, `after` for one that is
    removed."""
    counts: Counts = Counter()
    for record, more in ((after, 1), (before, -1)):
        for name in (*REFERENCES, "unit"):
            if record.get(name):
                counts[Counted(name, record[name])] += more
        if record:
            counts[Counted(record["status"], keys.shard_of(record["id"]))] += more
    return counts


def tallied(stock: Table) -> dict[str, int]:
    """How many items there are of each status, those without items too; two read units."""
    tallies = stock.get_many([keys.tally(shard) for shard in range(keys.SHARDS)])
    return {status: sum(tally.get(status, 0) for tally in tallies) for status in STATUSES}


class ItemCounts:
    def __init__(self, catalog: Table, stock: Table, units: UnitRepository) -> None:
        self.catalog = catalog
        self.stock = stock
        self.units = units

    def operations(self, counts: Counts) -> list[Operation]:
        """They fail where what is referred to is not there. Raises Invalid for a new unit that is
        not there."""
        changed = {counted: more for counted, more in counts.items() if more}
        operations = [
            count_references(self.catalog, RANGES[kind]().key(str(key)), "items", more)
            for (kind, key), more in changed.items()
            if kind in RANGES
        ]
        used = {str(key): more for (kind, key), more in changed.items() if kind == "unit"}
        units = self.units.find_many(used) if used else {}
        for code, more in used.items():
            if code in units:
                operations += self.units.count_uses(units[code], more)
            elif more > 0:
                raise Invalid.field("/unit", f"There is no unit {code!r}.")
        shards: dict[int, dict[str, int]] = {}
        for (kind, key), more in changed.items():
            if kind not in {*RANGES, "unit"}:
                shards.setdefault(int(key), {})[kind] = more
        return [*operations, *(self._tally(shard, more) for shard, more in shards.items())]

    def _tally(self, shard: int, changes: Mapping[str, int]) -> Operation:
        """Counts items by status."""
        expression = "ADD " + ", ".join(f"#{status} :{status}" for status in changes)
        values: dict[str, Any] = dict(changes)
        return self.stock.update(keys.tally(shard), expression, **values)
