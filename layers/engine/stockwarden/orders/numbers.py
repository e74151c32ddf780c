"""The numbers of orders: `PO-2026-0001`, without a gap in each type and year.

A number is given in the transaction that stores its order, so none is lost with an order that was
not stored. The counter is the one record that all new orders of a type wait for, which is what
"without a gap" costs. A number that somebody has given to an order by hand is passed over.
"""

from stockwarden.orders.states import OrderType
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.tables import Operation, Table

_LETTERS = {OrderType.PURCHASE: "PO", OrderType.SALES: "SO"}
_LOOKED_UP = 25


def canonical_number(text: str) -> str:
    """As numbers are compared: in capitals."""
    return text.strip().upper()


def claim(table: Table, number: str, order_id: str) -> Operation:
    """The operation that takes a number; it fails if another order has it."""
    item = {**keys.number(canonical_number(number)), "order_id": order_id}
    return table.put(item, when="attribute_not_exists(#pk)")


def next_number(table: Table, kind: OrderType, year: int) -> tuple[str, Operation]:
    """The number that comes next, and the operation that counts it, which fails if another order
    was given it meanwhile."""
    key = keys.numbering(kind, year)
    counter = table.get(key, consistent=True)
    last = int(counter["last"]) if counter else 0
    number = _first_free(table, kind, year, last + 1)
    if counter:
        count = table.update(key, "SET #last = :next", when="#last = :read", next=number, read=last)
    else:
        count = table.put({**key, "last": number}, when="attribute_not_exists(#pk)")
    return _text(kind, year, number), count


def _first_free(table: Table, kind: OrderType, year: int, first: int) -> int:
    several = 1
    while True:
        numbers = range(first, first + several)
        wanted = [keys.number(_text(kind, year, each)) for each in numbers]
        taken = {keys.number_in(item) for item in table.get_many(wanted, consistent=True)}
        free = next((each for each in numbers if _text(kind, year, each) not in taken), None)
        if free is not None:
            return free
        first, several = first + several, _LOOKED_UP


def _text(kind: OrderType, year: int, number: int) -> str:
    return f"{_LETTERS[kind]}-{year}-{number:04}"
