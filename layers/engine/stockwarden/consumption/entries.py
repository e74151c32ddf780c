"""An entry of the consumption log, as it is stored, and the lists that it is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.errors import NotFound
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.core.ids import may_be_id
from stockwarden.stock.movement import Movement
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import consumption as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Operation, Table

_IS_NEW = "attribute_not_exists(#pk)"
_PLAIN = (
    "id",
    "item_id",
    "warehouse_id",
    "of_components",
    "purpose",
    "note",
    "by",
    "logged_by",
    "day",
    "effective_at",
    "recorded_at",
    "given_unit",
    "corrects",
    "corrected_by",
)


@dataclass(frozen=True)
class Part:
    """What left a place, in base units: a movement of the ledger; below zero if it came back."""

    item_id: str
    movement_id: str
    place: Place
    quantity: Fraction
    value: Decimal


@dataclass(frozen=True)
class Entry:
    """`quantity` is in the item's base unit, and the difference for a correction; `standing` is
    what counts after the entry. `given_quantity` is what stands, in `given_unit`."""

    id: str
    item_id: str
    warehouse_id: str
    quantity: Fraction
    standing: Fraction
    given_quantity: Decimal
    parts: tuple[Part, ...]
    by: str
    logged_by: str
    day: str
    effective_at: str
    recorded_at: str
    of_components: bool = False
    given_unit: str | None = None
    purpose: str | None = None
    note: str | None = None
    corrects: str | None = None
    corrected_by: str | None = None

    @property
    def items(self) -> list[str]:
        """The items in whose lists it is: its own, and its components."""
        return sorted({self.item_id, *(part.item_id for part in self.parts)})

    @property
    def used(self) -> dict[str, tuple[Fraction, Decimal]]:
        """How much of each item left stock by it, and its value."""
        totals: dict[str, tuple[Fraction, Decimal]] = {}
        for part in self.parts:
            quantity, value = totals.get(part.item_id, (Fraction(0), Decimal(0)))
            totals[part.item_id] = quantity + part.quantity, value + part.value
        return totals

    @property
    def standing_movements(self) -> list[str]:
        """Those that took what counts now, which a correction reverses."""
        return [part.movement_id for part in self.parts if part.quantity > 0]


def parts_of(movements: Sequence[Movement]) -> tuple[Part, ...]:
    """What some movements took."""
    return tuple(
        Part(
            item_id=movement.item_id,
            movement_id=movement.id,
            place=movement.place,
            quantity=-movement.quantity,
            value=-movement.value,
        )
        for movement in movements
    )


def purpose_key(purpose: str) -> str:
    """How purposes are compared: without case and repeated blanks."""
    return " ".join(purpose.casefold().split())


class EntryRepository:
    """Each entry is stored once, and listed in its month and for each of its items."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def find(self, entry_id: str) -> Entry | None:
        item = self.table.get(keys.entry(entry_id), consistent=True)
        return _read(item) if item else None

    def existing(self, entry_id: str) -> Entry:
        """Raises NotFound."""
        entry = self.find(entry_id) if may_be_id(entry_id) else None
        if entry is None:
            raise NotFound("There is no such entry of the consumption log.")
        return entry

    def find_many(self, entry_ids: Sequence[str]) -> list[Entry]:
        """Those that there are, in their order."""
        return list(map(_read, self.table.get_many([*map(keys.entry, entry_ids)])))

    def puts(self, entry: Entry) -> Iterator[Operation]:
        """The operations that store a new entry and list it. Notes its month before."""
        month = entry.effective_at[:7]
        self._note_month(month)
        yield self.table.put(_stored(entry), when=_IS_NEW)
        order = keys.order(entry.effective_at, entry.id)
        facts: Item = {"item_id": entry.item_id, "by": entry.by, "warehouse_id": entry.warehouse_id}
        if entry.purpose:
            facts["purpose"] = purpose_key(entry.purpose)
        yield self.table.put({**keys.month_list(month, entry.id).key(order), **facts})
        for item_id in entry.items:
            yield self.table.put({**keys.item_list(item_id).key(order), **facts})

    def mark_corrected(self, entry_id: str, correction_id: str) -> Operation:
        """The operation that links an entry to its correction, once."""
        return self.table.update(
            keys.entry(entry_id),
            "SET #corrected_by = :corrected_by",
            when="attribute_exists(#pk) AND attribute_not_exists(#corrected_by)",
            corrected_by=correction_id,
        )

    def months(self, first: str, last: str) -> list[str]:
        """The months that have entries, newest first, of those from `first` to `last`."""
        range_ = keys.months().between(first=first, last=last)
        return [keys.months().rest_of(item) for item in self.table.query_all(range_)][::-1]

    def _note_month(self, month: str) -> None:
        """A list is read in the months that are noted. Not in the entry's transaction: all entries
        of a month would wait for each other."""
        key = keys.months().key(month)
        if self.table.get(key) is None:
            self.table.put_all([key])


def _stored(entry: Entry) -> Item:
    facts = {name: getattr(entry, name) for name in _PLAIN}
    return {
        **keys.entry(entry.id),
        **{name: value for name, value in facts.items() if value is not None},
        "quantity": fraction_text(entry.quantity),
        "standing": fraction_text(entry.standing),
        "given_quantity": str(entry.given_quantity),
        "parts": [
            {
                "item_id": part.item_id,
                "movement_id": part.movement_id,
                "place": part.place.text,
                "quantity": fraction_text(part.quantity),
                "value": str(part.value),
            }
            for part in entry.parts
        ],
    }


def _read(item: Mapping[str, Any]) -> Entry:
    facts: dict[str, Any] = {name: item.get(name) for name in _PLAIN}
    return Entry(
        **facts,
        quantity=parse_fraction(item["quantity"]),
        standing=parse_fraction(item["standing"]),
        given_quantity=Decimal(item["given_quantity"]),
        parts=tuple(
            Part(
                item_id=part["item_id"],
                movement_id=part["movement_id"],
                place=Place.parse(part["place"]),
                quantity=parse_fraction(part["quantity"]),
                value=Decimal(part["value"]),
            )
            for part in item["parts"]
        ),
    )
