"""A movement: one change of an item's stock, as it is kept for good."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place


class Kind(StrEnum):
    """What a movement is. `reversal` undoes another one. An assembly takes components and makes a
    kit of them, and a disassembly the reverse: their quantities are signed."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    ADJUSTMENT = "adjustment"
    CONSUMPTION = "consumption"
    RETURN = "return"
    TRANSFER = "transfer"
    COUNT = "count"
    REVERSAL = "reversal"
    ASSEMBLY = "assembly"
    DISASSEMBLY = "disassembly"


# These give goods to somebody, who must not get expired or quarantined ones, or what is reserved.
GIVING = frozenset({Kind.ISSUE, Kind.CONSUMPTION})
INCOMING = frozenset({Kind.RECEIPT, Kind.RETURN})
ASSEMBLING = frozenset({Kind.ASSEMBLY, Kind.DISASSEMBLY})
# The stored names of the fields that are plain texts or numbers, and None where they do not apply.
_PLAIN = (
    "given_unit",
    "reason",
    "unit_cost",
    "cost_from",
    "reverses",
    "count_id",
    "reservation_id",
    "order_id",
    "order_line",
    "kit_id",
    "consumption_id",
)


@dataclass(frozen=True)
class Movement:
    """`quantity` is signed and in the item's base unit; of a transfer it is what left `place` for
    `to`. `value` is what the movement added to the value of the stock, in the item's currency; of
    a transfer to another warehouse, what moved there.

    `effective_at` and `recorded_at` are in UTC with milliseconds. `order` sorts movements of an
    item as they follow each other. `balance_after` is what was at `place` when it was recorded.
    `kit_id` is the kit that was made, taken apart or used up as its components.
    """

    id: str
    item_id: str
    posting_id: str
    seq: int
    effective_at: str
    recorded_at: str
    kind: Kind
    place: Place
    quantity: Fraction
    given_quantity: Decimal
    by: str
    balance_after: Fraction
    value: Decimal = Decimal(0)
    to: Place | None = None
    to_balance_after: Fraction | None = None
    serials: tuple[str, ...] = ()
    given_unit: str | None = None
    reason: str | None = None
    unit_cost: str | None = None
    cost_from: str | None = None
    reverses: str | None = None
    reversed_by: str | None = None
    count_id: str | None = None
    reservation_id: str | None = None
    order_id: str | None = None
    order_line: str | None = None
    kit_id: str | None = None
    consumption_id: str | None = None

    @property
    def order(self) -> str:
        return keys.movement_order(self.effective_at, self.seq)

    @property
    def changes(self) -> dict[Place, Fraction]:
        """What it adds at each place."""
        return _changes(self.place, self.to, self.quantity)

    def warehouses(self) -> set[str]:
        return {place.warehouse_id for place in (self.place, self.to) if place}

    def reversed_by_movement(self, movement_id: str) -> "Movement":
        return replace(self, reversed_by=movement_id)


def movement_item(movement: Movement) -> Item:
    facts: Item = {
        **keys.movement(movement.item_id, movement.effective_at, movement.seq),
        "id": movement.id,
        "posting_id": movement.posting_id,
        "recorded_at": movement.recorded_at,
        "kind": movement.kind.value,
        "place": movement.place.text,
        "quantity": fraction_text(movement.quantity),
        "given_quantity": str(movement.given_quantity),
        "by": movement.by,
        "balance_after": fraction_text(movement.balance_after),
        "value": str(movement.value),
        **{name: getattr(movement, name) for name in _PLAIN if getattr(movement, name) is not None},
    }
    if movement.to is not None and movement.to_balance_after is not None:
        facts["to"] = movement.to.text
        facts["to_balance_after"] = fraction_text(movement.to_balance_after)
    if movement.serials:
        facts["serials"] = list(movement.serials)
    return facts


def read_movement(item: Mapping[str, Any]) -> Movement:
    effective_at, seq = keys.parse_movement_order(item)
    to = item.get("to")
    return Movement(
        id=item["id"],
        item_id=keys.item_id_in(item),
        posting_id=item["posting_id"],
        seq=seq,
        effective_at=effective_at,
        recorded_at=item["recorded_at"],
        kind=Kind(item["kind"]),
        place=Place.parse(item["place"]),
        quantity=parse_fraction(item["quantity"]),
        given_quantity=Decimal(item["given_quantity"]),
        by=item["by"],
        balance_after=parse_fraction(item["balance_after"]),
        value=Decimal(item["value"]),
        to=Place.parse(to) if to else None,
        to_balance_after=parse_fraction(item["to_balance_after"]) if to else None,
        serials=tuple(item.get("serials", ())),
        reversed_by=item.get("reversed_by"),
        **{name: item.get(name) for name in _PLAIN},
    )


def changes_in(item: Mapping[str, Any]) -> dict[Place, Fraction]:
    """Those of a stored movement, of which nothing else is read: a page of them is added up for
    each stock at an instant."""
    to = item.get("to")
    place, quantity = Place.parse(item["place"]), parse_fraction(item["quantity"])
    return _changes(place, Place.parse(to) if to else None, quantity)


def _changes(place: Place, to: Place | None, quantity: Fraction) -> dict[Place, Fraction]:
    if to is None:
        return {place: quantity}
    return {place: -quantity, to: quantity}


def changes_item(changes: Mapping[Place, Fraction]) -> dict[str, str]:
    """Changes or balances by place, as they are stored; without those that are zero."""
    return {place.text: fraction_text(each) for place, each in sorted(changes.items()) if each}


def read_changes(stored: Mapping[str, str]) -> dict[Place, Fraction]:
    return {Place.parse(place): parse_fraction(text) for place, text in stored.items()}
