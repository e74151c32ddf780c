"""Items: the record that describes one and the head of its ledger, written together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from stockwarden.catalog.references import count_references
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, Unavailable
from stockwarden.core.ids import may_be_id
from stockwarden.stock.head import EMPTY, read_head
from stockwarden.stock.item_model import ItemStatus
from stockwarden.stock.item_records import DECISIVE, listed_fields, low_flag, stored_value
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import changed_meanwhile, write_versioned

_IS_NEW = "attribute_not_exists(#pk)"
STATUSES = get_args(ItemStatus)
_CODES = ("sku", "gtin")
# The fields that name a record which counts its items.
REFERENCES = ("category", "supplier", "inventory_type")
_RANGES = {
    "category": catalog_keys.categories,
    "supplier": catalog_keys.suppliers,
    "inventory_type": catalog_keys.inventory_types,
}
# With another unit or reorder point it matters how much there is.
_OF_QUANTITY = ("unit", "reorder_point")
_TRIES, _BACKOFF = 12, Backoff(first=0.02, longest=1.0)
_LABELS = {"category": "category", "supplier": "supplier", "inventory_type": "inventory type"}


class _MovedMeanwhile(Exception):
    """The quantity is another than the one that was read."""


class ItemRepository:
    def __init__(self, catalog: Table, stock: Table, units: UnitRepository, clock: Clock) -> None:
        self.catalog = catalog
        self.stock = stock
        self.units = units
        self.clock = clock

    def find(self, item_id: str, *, consistent: bool = False) -> tuple[Item, Item] | None:
        """The record in the catalog and the head; one read unit, two if consistent."""
        if not may_be_id(item_id):
            return None
        record = self.catalog.get(catalog_keys.item(item_id), consistent=consistent)
        head = self.stock.get(keys.head(item_id), consistent=consistent)
        return (record, head) if record is not None and head is not None else None

    def new_records(self, item_id: str, fields: Mapping[str, Any]) -> tuple[Item, Item]:
        """The records of an item that is about to be made."""
        now = iso(self.clock())
        facts = {name: stored_value(value) for name, value in fields.items() if value is not None}
        record: Item = {
            **catalog_keys.item(item_id),
            **facts,
            "id": item_id,
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        listed = listed_fields(item_id, record)
        head: Item = {
            **keys.head(item_id),
            **EMPTY,
            "id": item_id,
            "facts": 0,
            **{name: value for name, value in listed.items() if value is not None},
        }
        return record, head

    def creation(self, record: Item) -> list[Operation]:
        """What is written with the head of a new item: its record, the claims of its codes, and the
        counts of what it refers to. Raises Invalid for a unit that is not there."""
        return [
            self.catalog.put(record, when=_IS_NEW),
            *self._claims(record),
            *self._count_references({}, record),
            *self._count_units({}, record),
            self._tally(record["id"], {record["status"]: 1}),
        ]

    def add(self, record: Item, head: Item, beside: Sequence[Operation]) -> None:
        """Writes a new item without stock. Raises as `explain`."""
        operations = self.creation(record)
        stored = {**head, "facts": 1}
        flag = low_flag(record, read_head(head).quantity)
        if flag:
            stored["low"] = flag
        try:
            write(*operations, self.stock.put(stored, when=_IS_NEW), *beside)
        except ConditionFailed as failed:
            raise self.explain(record, {}) from failed

    def change(
        self, record: Item, changes: Mapping[str, Any], beside: Sequence[Operation]
    ) -> tuple[Item, Item]:
        """Changes both records over the version of `record`; None takes a field away. Where
        something is computed from the quantity and the item moves meanwhile, it is computed anew.

        Raises PreconditionFailed if it was changed since, and as `explain`.
        """
        after = self.changed(record, changes)
        return retried(
            lambda: self._change(record, after, beside),
            on=_MovedMeanwhile,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def _change(self, record: Item, after: Item, beside: Sequence[Operation]) -> tuple[Item, Item]:
        key = keys.head(record["id"])
        head = self.stock.get(key, consistent=True)
        if head is None:
            raise changed_meanwhile("item")
        if after["unit"] != record["unit"] and head["seq"]:
            raise Conflict(
                f"{record['name']} has movements in {record['unit']}; its unit cannot be changed."
            )
        change, when, values = self._head_change(record, head, after)
        others = self.change_operations(record, after)
        head_update = self.stock.update(key, change, when=when, **values)
        try:
            write_versioned(*others, head_update, *beside, what="item")
        except ConditionFailed as failed:
            if failed.failed == {len(others)}:
                raise _MovedMeanwhile from failed
            raise self.explain(after, record) from failed
        return after, {**head, **listed_fields(record["id"], after)}

    def changed(self, record: Item, changes: Mapping[str, Any]) -> Item:
        """The record after changes, as the next version."""
        now = iso(self.clock())
        return {**record, **changes, "updated_at": now, "version": record["version"] + 1}

    def change_operations(self, record: Item, after: Item) -> list[Operation]:
        """What is written with the head of an item that is changed. The first operation is
        conditional on the version of `record`."""
        stored = {name: value for name, value in after.items() if value is not None}
        return [
            self.catalog.put(stored, when="#version = :read", read=record["version"]),
            *self._claims(after, record),
            *self._count_references(record, after),
            *self._count_units(record, after),
            *self._status_tally(record, after),
        ]

    def remove(self, record: Item, beside: Sequence[Operation]) -> None:
        """Deletes an item that has no history. Raises PreconditionFailed if it was changed since,
        or has a movement by now."""
        without = dict.fromkeys(_CODES)
        operations = [
            self.catalog.delete(key_of(record), when="#version = :read", read=record["version"]),
            self.stock.delete(keys.head(record["id"]), when="#seq = :none", none=0),
            *self._claims({**record, **without}, record),
            *self._count_references(record, {}),
            *self._count_units(record, {}),
            self._tally(record["id"], {record["status"]: -1}),
            *beside,
        ]
        try:
            write(*operations)
        except ConditionFailed as failed:
            raise changed_meanwhile("item") from failed

    def has_parts(self, item_id: str) -> bool:
        """Whether a supplier sells it."""
        return bool(self.catalog.query(catalog_keys.parts(item_id), limit=1).items)

    def count(self, status: str | None) -> int:
        """How many items there are, or of a status; two read units."""
        tallies = self.stock.get_many([keys.tally(shard) for shard in range(keys.SHARDS)])
        statuses = STATUSES if status is None else (status,)
        return sum(tally.get(each, 0) for tally in tallies for each in statuses)

    def check_new(self, record: Item) -> None:
        """Raises as `explain` if a code is taken, or something that is referred to is not there."""
        self.check_change({}, record)

    def check_change(self, record: Item, after: Item) -> None:
        """As `check_new`, for what has changed."""
        problem = self._problem(after, record)
        if problem is not None:
            raise problem

    def explain(self, record: Item, before: Item) -> Conflict | Invalid:
        """Why an item cannot be written: a code that another has, or what it refers to is gone."""
        return self._problem(record, before) or Conflict(
            "Something that this item refers to has changed meanwhile; try again."
        )

    def _problem(self, record: Item, before: Item) -> Conflict | Invalid | None:
        for kind in _CODES:
            if record.get(kind) and record.get(kind) != before.get(kind):
                claim = self.catalog.get(catalog_keys.code(kind, record[kind]), consistent=True)
                if claim is not None and claim["item_id"] != record["id"]:
                    return Conflict(
                        f"Another item has the {kind.upper()} {record[kind]}: {claim['item_id']}."
                    )
        for name in REFERENCES:
            if record.get(name) and record.get(name) != before.get(name):
                key = _RANGES[name]().key(record[name])
                if self.catalog.get(key, consistent=True) is None:
                    return Invalid.field(f"/{name}", f"There is no such {_LABELS[name]}.")
        return None

    def _head_change(
        self, record: Item, head: Item, after: Item
    ) -> tuple[str, str, dict[str, Any]]:
        """The update of a head to what its record says, its condition, and the values of both."""
        fields = listed_fields(record["id"], after)
        depends_on_quantity = any(record.get(name) != after.get(name) for name in _OF_QUANTITY)
        if depends_on_quantity:
            fields["low"] = low_flag(after, read_head(head).quantity)
        expression, values = assignments(fields)
        if any(record.get(name) != after.get(name) for name in DECISIVE):
            expression += " ADD #facts :raised"
            values["raised"] = 1
        when = "attribute_exists(#pk)"
        if depends_on_quantity:
            when += " AND #seq = :seq"
            values["seq"] = head["seq"]
        return expression, when, values

    def _claims(self, record: Item, before: Item | None = None) -> Iterable[Operation]:
        """Takes and gives back codes, each of which one item has."""
        old = before or {}
        for kind in _CODES:
            code, was = record.get(kind), old.get(kind)
            if code == was:
                continue
            if code:
                claim = {**catalog_keys.code(kind, code), "item_id": record["id"]}
                yield self.catalog.put(claim, when=_IS_NEW)
            if was:
                key = catalog_keys.code(kind, was)
                yield self.catalog.delete(key, when="#item_id = :id", id=record["id"])

    def _count_references(self, before: Item, after: Item) -> Iterable[Operation]:
        for name in REFERENCES:
            was, is_now = before.get(name), after.get(name)
            if was == is_now:
                continue
            for record_id, more in ((is_now, 1), (was, -1)):
                if record_id:
                    key = _RANGES[name]().key(record_id)
                    yield count_references(self.catalog, key, "items", more)

    def _count_units(self, before: Item, after: Item) -> Iterable[Operation]:
        was, is_now = before.get("unit"), after.get("unit")
        if was == is_now:
            return
        units = self.units.find_many({code for code in (was, is_now) if code})
        if is_now and is_now not in units:
            raise Invalid.field("/unit", f"There is no unit {is_now!r}.")
        for code, more in ((is_now, 1), (was, -1)):
            if code and code in units:
                yield from self.units.count_uses(units[code], more)

    def _status_tally(self, before: Item, after: Item) -> Iterable[Operation]:
        if before["status"] != after["status"]:
            yield self._tally(before["id"], {before["status"]: -1, after["status"]: 1})

    def _tally(self, item_id: str, changes: Mapping[str, int]) -> Operation:
        """Counts items by status."""
        key = keys.tally(keys.shard_of(item_id))
        expression = "ADD " + ", ".join(f"#{status} :{status}" for status in changes)
        values: dict[str, Any] = dict(changes)
        return self.stock.update(key, expression, **values)
