"""The components of kits as they are stored: read level by level, and changed one kit at a time.

Whoever changes the components of a kit also changes the graph's version, and so must have seen
every change before. So no two changes that are each right alone make a cycle together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.errors import Conflict
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.kits.graph import Graph
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import kits as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import versioned_put

# Of everything in one kit, through its sub-kits.
MAX_ITEMS, MAX_LEVELS = 500, 100
# A transaction takes 100; the rest of it takes these.
_MOST_CHANGED = 100 - 4


class GraphChanged(Exception):
    """The components of some kit were changed since the graph was read."""


@dataclass(frozen=True)
class Line:
    """A component as it was given, and its quantity in the base unit that it had then."""

    item_id: str
    quantity: Decimal
    unit: str
    base_quantity: Fraction
    base_unit: str


@dataclass(frozen=True)
class Record:
    """The components of an item; `version` 0 for one that never had any."""

    lines: tuple[Line, ...] = ()
    version: int = 0
    updated_at: str | None = None
    item: Item | None = field(default=None, repr=False)

    @property
    def totals(self) -> dict[str, Fraction]:
        """How much of each item one kit takes: what is listed twice counts together."""
        amounts: dict[str, Fraction] = {}
        for line in self.lines:
            amounts[line.item_id] = amounts.get(line.item_id, Fraction(0)) + line.base_quantity
        return amounts


class ComponentRepository:
    def __init__(self, table: Table) -> None:
        self.table = table

    def find(self, item_id: str, *, consistent: bool = True) -> Record:
        return read_record(self.table.get(keys.components(item_id), consistent=consistent))

    def find_many(self, item_ids: Iterable[str], *, consistent: bool = False) -> dict[str, Record]:
        """The records of those items that have one."""
        wanted = [keys.components(item_id) for item_id in item_ids]
        found = self.table.get_many(wanted, consistent=consistent)
        return {stock_keys.item_id_in(item): read_record(item) for item in found}

    def graph_version(self) -> int:
        item = self.table.get(keys.graph(), consistent=True)
        return int(item["version"]) if item else 0

    def load(self, item_ids: Collection[str], *, consistent: bool = False) -> dict[str, Record]:
        """The records of these items and of all in them, in one read for each level. Raises
        Conflict for more than `MAX_ITEMS` items or `MAX_LEVELS` levels."""
        found: dict[str, Record] = {}
        seen, level = set(item_ids), sorted(item_ids)
        for _ in range(MAX_LEVELS + 1):
            records = self.find_many(level, consistent=consistent)
            found |= records
            reached = {each for record in records.values() for each in record.totals}
            level = sorted(reached - seen)
            seen |= reached
            if not level:
                return found
            if len(seen) > MAX_ITEMS:
                raise Conflict(f"There are more than {MAX_ITEMS} items in this kit.")
        raise Conflict(f"There are kits in kits for more than {MAX_LEVELS} levels.")

    def uses(self, item_id: str, limit: int) -> list[str]:
        """The first kits that have the item as a component."""
        page = self.table.query(keys.uses(item_id), limit=limit)
        return [keys.uses(item_id).rest_of(item) for item in page.items]

    def save(
        self,
        item_id: str,
        before: Record,
        lines: Sequence[Line],
        *,
        graph_version: int,
        now: str,
        beside: Sequence[Operation],
    ) -> None:
        """Stores the components over the versions that were read. Raises GraphChanged, and
        Conflict where too many change at once."""
        old, new = set(before.totals), {line.item_id for line in lines}
        added, removed = sorted(new - old), sorted(old - new)
        if 2 * len(added) + len(removed) > _MOST_CHANGED:
            raise Conflict("So many components cannot be replaced at once; do it in two steps.")
        stored: Item = {
            **keys.components(item_id),
            "components": [_stored(line) for line in lines],
            "updated_at": now,
        }
        operations = [
            self._next_graph(graph_version),
            versioned_put(self.table, stored, before.item),
            self._mark(item_id, is_kit=bool(lines)),
            *(self.table.put(keys.uses(each).key(item_id)) for each in added),
            *(self._is_there(each) for each in added),
            *(self.table.delete(keys.uses(each).key(item_id)) for each in removed),
            *beside,
        ]
        try:
            write(*operations)
        except ConditionFailed as failed:
            raise GraphChanged from failed

    def check_unchanged(self, item_id: str, record: Record) -> Operation:
        """Makes a transaction conditional on the components."""
        key = keys.components(item_id)
        return self.table.check(key, "#version = :version", version=record.version)

    def _next_graph(self, version: int) -> Operation:
        stored: Item = {**keys.graph(), "version": version + 1}
        if version:
            return self.table.put(stored, when="#version = :read", read=version)
        return self.table.put(stored, when="attribute_not_exists(#pk)")

    def _mark(self, item_id: str, *, is_kit: bool) -> Operation:
        """Puts the item's head into the list of kits, or out of it."""
        key, exists = stock_keys.head(item_id), "attribute_exists(#pk)"
        if is_kit:
            change, values = "SET #listed_in = :kits ADD #facts :one", {"kits": keys.KITS}
        else:
            change, values = "REMOVE #listed_in ADD #facts :one", {}
        # So that who learns of both changes, in whatever order, knows which one is the later.
        return self.table.update(key, change, when=exists, one=1, **values)

    def _is_there(self, item_id: str) -> Operation:
        return self.table.check(stock_keys.head(item_id), "attribute_exists(#pk)")


def read_record(item: Item | None) -> Record:
    if item is None:
        return Record()
    lines = tuple(map(_line, item["components"]))
    stored = {**key_of(item), "version": item["version"]}
    return Record(lines, int(item["version"]), item["updated_at"], stored)


def graph_of(records: Mapping[str, Record]) -> Graph:
    """Of the records of kits, without those that are none any more."""
    return {item_id: record.totals for item_id, record in records.items() if record.lines}


def _stored(line: Line) -> Item:
    return {
        "item_id": line.item_id,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "base_quantity": fraction_text(line.base_quantity),
        "base_unit": line.base_unit,
    }


def _line(stored: Item) -> Line:
    return Line(
        item_id=stored["item_id"],
        quantity=Decimal(stored["quantity"]),
        unit=stored["unit"],
        base_quantity=parse_fraction(stored["base_quantity"]),
        base_unit=stored["base_unit"],
    )
