"""The head of an item's ledger: totals, and the facts about the item that movements depend on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text
from stockwarden.stock.valuation import Book, books_item, read_books
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import stock as keys
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

    def quantity_in(self, warehouse_id: str) -> Fraction:
        book = self.books.get(warehouse_id)
        return book.quantity if book else Fraction(0)


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


def read_heads(
    table: Table, item_ids: Iterable[str], *, consistent: bool = False
) -> dict[str, Head]:
    """The heads of those items that there are, by id; those of a hundred in one read."""
    wanted = [keys.head(item_id) for item_id in sorted(set(item_ids))]
    return {item["id"]: read_head(item) for item in table.get_many(wanted, consistent=consistent)}


def heads_there(table: Table, item_ids: Iterable[str]) -> dict[str, Head]:
    """As `read_heads`, of items that are hardly ever missing: one that was made just now may be,
    where a read is not consistent, and is read again."""
    wanted = set(item_ids)
    heads = read_heads(table, wanted)
    missing = wanted - heads.keys()
    return heads | (read_heads(table, missing, consistent=True) if missing else {})


# Of an item without movements.
EMPTY: Item = {"seq": 0, "late": 0, "last_effective_at": "", "books": {}, "quantity": "0"}


_POINT = "reorder_point"
# Of a head that no large posting holds: the condition of all that moves stock, or that changes what
# decides about movements.
IS_FREE = "attribute_not_exists(#pending)"
_AS_READ = " AND #seq = :read_seq AND #facts = :read_facts"


def fraction_of(text: str | None) -> Fraction | None:
    """A stored decimal."""
    return None if text is None else Fraction(Decimal(text))


def is_low(quantity: Fraction, reorder_point: Fraction | None) -> bool:
    """Whether it is time to order more."""
    return reorder_point is not None and quantity <= reorder_point


def keeps_unit(head: Item) -> str | None:
    """Why the unit of an item stays, as "has movements": quantities are kept in it, and the
    components of a kit are those of one."""
    if head["seq"]:
        return "has movements"
    if kit_keys.is_kit(head):
        return "is a kit that is counted"
    return "stands in orders" if head.get("in_orders") else None


def is_new(head: Head) -> bool:
    """Whether the head is made together with its first movement."""
    return head.facts == 0


def advanced(
    head: Head,
    books: Mapping[str, Book],
    *,
    movements: int,
    late: int,
    last_effective_at: str,
    also: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The attributes of the head that change with movements, None for one that is taken away;
    `also` are facts about the item that change with them."""
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
    return changes


def advance(table: Table, head: Head, changes: Mapping[str, Any]) -> Operation:
    """The operation that makes the head what `advanced` says, if nothing has come in between."""
    if is_new(head):
        made = {**head.item, **changes, "facts": 1}
        stored = {name: each for name, each in made.items() if each is not None}
        return table.put(stored, when="attribute_not_exists(#pk)")
    change, values = assignments(changes)
    return table.update(
        key_of(head.item),
        change,
        when=f"{IS_FREE}{_AS_READ}",
        read_seq=head.seq,
        read_facts=head.facts,
        **values,
    )


def hold(table: Table, item_id: str, operation_id: str, as_read: Head | None = None) -> Operation:
    """The operation by which a large posting holds a head, if no other one does: nothing else moves
    the item or changes what decides about it until it is let go. With `as_read`, only if nothing
    has come in between."""
    when, read = f"attribute_exists(#pk) AND {IS_FREE}", {}
    if as_read is not None:
        when += _AS_READ
        read = {"read_seq": as_read.seq, "read_facts": as_read.facts}
    return table.update(
        keys.head(item_id),
        "SET #pending = :operation_id",
        when=when,
        operation_id=operation_id,
        **read,
    )


def let_go(
    table: Table, item_id: str, operation_id: str, changes: Mapping[str, Any] | None = None
) -> Operation:
    """The operation that ends a `hold`, with what `advanced` says or with nothing."""
    change, values = assignments({**(changes or {}), "pending": None})
    key = keys.head(item_id)
    return table.update(key, change, when="#pending = :held", held=operation_id, **values)
