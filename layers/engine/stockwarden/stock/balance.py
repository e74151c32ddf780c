"""What is at one place now, and how much of it is reserved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Operation, Table


@dataclass(frozen=True)
class Reserved:
    """Stock that is kept until the moment `until`; afterwards it is free again."""

    quantity: Fraction
    until: str


@dataclass(frozen=True)
class Balance:
    """`version` counts the changes, 0 for a place where the item has never been. `since`
    is when the stock that is there began to be there; "" where that is not known."""

    quantity: Fraction = Fraction(0)
    reserved: Mapping[str, Reserved] = field(default_factory=dict)
    version: int = 0
    since: str = ""

    def reserved_at(self, moment: str, *, without: str | None = None) -> Fraction:
        """How much is reserved at the moment, except by the reservation `without`."""
        return sum(
            (
                each.quantity
                for reservation_id, each in self.reserved.items()
                if each.until > moment and reservation_id != without
            ),
            Fraction(0),
        )

    def with_change(self, change: Fraction) -> "Balance":
        return replace(self, quantity=self.quantity + change)

    def with_reserved(self, reservation_id: str, reserved: Reserved | None) -> "Balance":
        others = {name: each for name, each in self.reserved.items() if name != reservation_id}
        return replace(self, reserved={**others, reservation_id: reserved} if reserved else others)


def read_balance(item: Item | None) -> Balance:
    if item is None:
        return Balance()
    return Balance(
        parse_fraction(item["quantity"]),
        {name: _read_reserved(each) for name, each in item.get("reserved", {}).items()},
        item["version"],
        item.get("since", ""),
    )


def put_balance(table: Table, item_id: str, place: Place, balance: Balance, now: str) -> Operation:
    """The operation that stores what is now at a place, if it is still at the version that was
    read. Reservations that have ended are left out; only what is not zero is listed."""
    reserved = {name: each for name, each in balance.reserved.items() if each.until > now}
    item: Item = {
        **keys.balance(item_id, place),
        "quantity": fraction_text(balance.quantity),
        "version": balance.version + 1,
    }
    if reserved:
        item["reserved"] = {name: _reserved_item(each) for name, each in reserved.items()}
    if balance.quantity:
        item |= {**keys.in_place_list(item_id, place), "since": balance.since or now}
    if balance.version:
        return table.put(item, when="#version = :read", read=balance.version)
    return table.put(item, when="attribute_not_exists(#pk)")


def _reserved_item(reserved: Reserved) -> dict[str, str]:
    return {"quantity": fraction_text(reserved.quantity), "until": reserved.until}


def _read_reserved(stored: Mapping[str, Any]) -> Reserved:
    return Reserved(parse_fraction(stored["quantity"]), stored["until"])
