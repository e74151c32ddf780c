"""The head of an item's ledger: totals, and the facts about the item that movements depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text
from stockwarden.stock.valuation import Book, books_item, read_books
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import Operation, Table


@dataclass(frozen=True)
class Head:
    """`seq` counts the movements and `late` those of them that came late; `last_effective_at` is
    the newest moment of any, "" before the first. `facts` is raised by whoever changes something
    about the item that decides whether a movement may be made; 0 is that of a head that is not
    stored yet.

    `books` has the quantity and the value in each warehouse where the item has ever been.
    """

    item: Item
    id: str
    name: str
    sku: str
    status: str
    unit: str
    inventory_type: str | None
    unit_cost: Decimal | None
    facts: int
    seq: int
    late: int
    last_effective_at: str
    books: Mapping[str, Book]

    @property
    def quantity(self) -> Fraction:
        return sum((book.quantity for book in self.books.values()), Fraction(0))


def read_head(item: Item) -> Head:
    cost = item.get("unit_cost")
    return Head(
        item=item,
        id=item["id"],
        name=item["name"],
        sku=item["sku"],
        status=item["status"],
        unit=item["unit"],
        inventory_type=item.get("inventory_type"),
        unit_cost=Decimal(cost) if cost is not None else None,
        facts=item["facts"],
        seq=item["seq"],
        late=item["late"],
        last_effective_at=item["last_effective_at"],
        books=read_books(item["books"]),
    )


# Of an item without movements.
EMPTY: Item = {"seq": 0, "late": 0, "last_effective_at": "", "books": {}, "quantity": "0"}


_POINT = "reorder_point"


def fraction_of(text: str | None) -> Fraction | None:
    """A stored decimal."""
    return None if text is None else Fraction(Decimal(text))


def is_low(quantity: Fraction, reorder_point: Fraction | None) -> bool:
    """Whether it is time to order more."""
    return reorder_point is not None and quantity <= reorder_point


def is_new(head: Head) -> bool:
    """Whether the head is made together with its first movement."""
    return head.facts == 0


def advance(
    table: Table,
    head: Head,
    books: Mapping[str, Book],
    *,
    movements: int,
    late: int,
    last_effective_at: str,
    also: Mapping[str, Any] | None = None,
) -> Operation:
    """The operation that adds movements to the head, if nothing has come in between; `also` are
    facts about the item that change with them, None for one that is taken away."""
    quantity = sum((book.quantity for book in books.values()), Fraction(0))
    changes: dict[str, Any] = {
        "seq": head.seq + movements,
        "late": head.late + late,
        "last_effective_at": max(head.last_effective_at, last_effective_at),
        "books": books_item(books),
        "quantity": fraction_text(quantity),
        **({"facts": head.facts + 1, **also} if also else {}),
    }
    point = also[_POINT] if also and _POINT in also else head.item.get(_POINT)
    changes["low"] = True if is_low(quantity, fraction_of(point)) else None
    if is_new(head):
        changes["facts"] = 1
        made = {**head.item, **{name: each for name, each in changes.items() if each is not None}}
        return table.put(made, when="attribute_not_exists(#pk)")
    change, values = assignments(changes)
    return table.update(
        key_of(head.item),
        change,
        when="#seq = :read_seq AND #facts = :read_facts",
        read_seq=head.seq,
        read_facts=head.facts,
        **values,
    )
