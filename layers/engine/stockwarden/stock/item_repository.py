"""Items: the record that describes one and the head of its ledger, written together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, Taken, Unavailable
from stockwarden.core.ids import may_be_id
from stockwarden.stock.head import EMPTY, IS_FREE, keeps_unit, read_head
from stockwarden.stock.item_counts import RANGES, REFERENCES, ItemCounts, counts_of, tallied
from stockwarden.stock.item_records import DECISIVE, listed_fields, low_flag, stored_value
from stockwarden.stock.kit_uses import kits_with, no_kit_has_changed
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import changed_meanwhile, write_versioned

_IS_NEW = "attribute_not_exists(#pk)"
_CODES = ("sku", "gtin")
# With another unit or reorder point it matters how much there is.
_OF_QUANTITY = ("unit", "reorder_point")
_TRIES, _BACKOFF = 12, Backoff(first=0.02, longest=1.0)
_MOST_LINES = 1000
_LABELS = {"category": "category", "supplier": "supplier", "inventory_type": "inventory type"}


class _MovedMeanwhile(Exception):
    """The quantity is another than the one that was read, or a large posting holds the item."""


class ItemRepository:
    def __init__(self, catalog: Table, stock: Table, units: UnitRepository, clock: Clock) -> None:
        self.catalog = catalog
        self.stock = stock
        self.counts = ItemCounts(catalog, stock, units)
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
        return [*self.own_creation(record), *self.counts.operations(counts_of({}, record))]

    def own_creation(self, record: Item) -> list[Operation]:
        """As `creation`, without the counts."""
        return [self.catalog.put(record, when=_IS_NEW), *self._claims(record)]

    def add(self, record: Item, head: Item, beside: Sequence[Operation]) -> None:
        """Writes a new item without stock. Raises as `explain`."""
        try:
            write(*self.creation(record), self.head_without_stock(record, head), *beside)
        except ConditionFailed as failed:
            raise self.explain(record, {}) from failed

    def head_without_stock(self, record: Item, head: Item) -> Operation:
        """The operation that puts the head of a new item which has no movement yet."""
        stored = {**head, "facts": 1}
        flag = low_flag(record, read_head(head).quantity)
        if flag:
            stored["low"] = flag
        return self.stock.put(stored, when=_IS_NEW)

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
        head_update = self.head_change(record, head, after)
        others = self.change_operations(record, after)
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
        counts = self.counts.operations(counts_of(record, after))
        return [*self.own_changes(record, after), *counts]

    def own_changes(self, record: Item, after: Item) -> list[Operation]:
        """As `change_operations`, without the counts."""
        stored = {name: value for name, value in after.items() if value is not None}
        return [
            self.catalog.put(stored, when="#version = :read", read=record["version"]),
            *self._claims(after, record),
        ]

    def remove(self, record: Item, beside: Sequence[Operation]) -> None:
        """Deletes an item that has no history. Raises PreconditionFailed if it was changed since,
        or has a movement by now, stands in an order or belongs to a kit."""
        graph = self.stock.get(kit_keys.graph(), consistent=True)
        if kits_with(self.stock, record["id"]):
            raise changed_meanwhile("item")
        without = dict.fromkeys(_CODES)
        operations = [
            self.catalog.delete(key_of(record), when="#version = :read", read=record["version"]),
            self.stock.delete(
                keys.head(record["id"]),
                when=(
                    "#seq = :none AND attribute_not_exists(#in_orders) "
                    f"AND attribute_not_exists(#listed_in) AND {IS_FREE}"
                ),
                none=0,
            ),
            no_kit_has_changed(self.stock, graph),
            *self._claims({**record, **without}, record),
            *self.counts.operations(counts_of(record, {})),
            *beside,
        ]
        try:
            write(*operations)
        except ConditionFailed as failed:
            raise changed_meanwhile("item") from failed

    def has_parts(self, item_id: str) -> bool:
        """Whether a supplier sells it."""
        return bool(self.catalog.query(catalog_keys.parts(item_id), limit=1).items)

    def count_orders(self, item_id: str) -> int:
        """In how many orders it stands, of the newest `_MOST_LINES` lines; one at least, since its
        head says that it does."""
        page = self.stock.query(
            "#listed_in = :list",
            index="by_list",
            limit=_MOST_LINES,
            newest_first=True,
            list=order_keys.item_list(item_id),
        )
        return max(1, len({order_keys.order_id_in(line) for line in page.items}))

    def count(self, status: str | None) -> int:
        """How many items there are, or of a status; two read units."""
        by_status = tallied(self.stock)
        return sum(by_status.values()) if status is None else by_status.get(status, 0)

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
                    return Taken(
                        f"Another item has the {kind.upper()} {record[kind]}: {claim['item_id']}.",
                        kind,
                        claim["item_id"],
                    )
        for name in REFERENCES:
            if record.get(name) and record.get(name) != before.get(name):
                key = RANGES[name]().key(record[name])
                if self.catalog.get(key, consistent=True) is None:
                    return Invalid.field(f"/{name}", f"There is no such {_LABELS[name]}.")
        return None

    def head_change(self, record: Item, head: Item, after: Item) -> Operation:
        """The update of a head to what its record says after a change. Raises Conflict for another
        unit where there are movements or orders in the old one, or components of one in it."""
        has_other_unit = after["unit"] != record["unit"]
        reason = keeps_unit(head) if has_other_unit else None
        if reason is not None:
            raise Conflict(
                f"{record['name']} {reason} in {record['unit']}; its unit cannot be changed."
            )
        fields = listed_fields(record["id"], after)
        depends_on_quantity = any(record.get(name) != after.get(name) for name in _OF_QUANTITY)
        if depends_on_quantity:
            fields["low"] = low_flag(after, read_head(head).quantity)
        expression, values = assignments(fields)
        when = "attribute_exists(#pk)"
        if any(record.get(name) != after.get(name) for name in DECISIVE):
            expression += " ADD #facts :raised"
            values["raised"] = 1
            when += f" AND {IS_FREE}"
        if depends_on_quantity:
            when += " AND #seq = :seq"
            values["seq"] = head["seq"]
        if has_other_unit:
            when += " AND attribute_not_exists(#in_orders) AND attribute_not_exists(#listed_in)"
        return self.stock.update(keys.head(record["id"]), expression, when=when, **values)

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
