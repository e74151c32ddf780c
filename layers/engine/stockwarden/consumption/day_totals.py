"""How much was used on each day: kept with the entries, in the same transaction.

The rates of a year are read from as many small records as it has days, however often something was
used. A correction is added to the day of what it corrects, so the total is as if it had been logged
right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from stockwarden.consumption.entries import Entry, purpose_key
from stockwarden.core.errors import Invalid
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.stock.valuation import total
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange, at_key
from stockwarden.storage.keys import consumption as keys
from stockwarden.storage.tables import Operation, Table
from stockwarden.storage.versions import versioned_put

MOST_DAYS = 20_000


@dataclass(frozen=True)
class DayTotal:
    """What was used of an item on a day in a warehouse; `entries` counts those that stand."""

    item_id: str
    day: str
    warehouse_id: str
    quantity: Fraction
    value: Decimal
    entries: int


class DayTotals:
    def __init__(self, table: Table) -> None:
        self.table = table

    def additions(self, entry: Entry) -> Iterator[Operation]:
        """The operations that add an entry to its day, for each item that was used and for its
        purpose. They are conditional on what is read here, in one read."""
        amounts = list(_amounts(entry))
        stored = self.table.get_many([key for key, *_ in amounts], consistent=True)
        for key, quantity, value in amounts:
            before = at_key(stored, key)
            known = before or {"quantity": "0", "value": "0", "entries": 0}
            yield versioned_put(
                self.table,
                {
                    **key,
                    "quantity": fraction_text(parse_fraction(known["quantity"]) + quantity),
                    "value": str(total([Decimal(known["value"]), value])),
                    "entries": int(known["entries"]) + _counted(entry),
                },
                before,
            )

    def of_item(self, item_id: str, first: str, last: str) -> list[DayTotal]:
        """By day. Raises Invalid for more than `MOST_DAYS`."""
        return [
            _total(item, keys.item_of_day(item))
            for item in self._read(keys.item_days(item_id), first, last)
        ]

    def for_purpose(self, purpose: str, first: str, last: str) -> list[DayTotal]:
        """Of all items, by day. Raises Invalid for more than `MOST_DAYS`."""
        return [
            _total(item, keys.item_of_purpose_day(item))
            for item in self._read(keys.purpose_days(purpose_key(purpose)), first, last)
        ]

    def was_used_before(self, day: str, *, item_id: str | None, purpose: str | None) -> bool:
        """Whether anything was used before the day, of the item or for the purpose."""
        range_ = (
            keys.purpose_days(purpose_key(purpose)) if purpose else keys.item_days(item_id or "")
        )
        return bool(self.table.query(range_.between(last=day), limit=1).items)

    def _read(self, range_: KeyRange, first: str, last: str) -> list[Item]:
        # A day's keys go on after it.
        items = self.table.query_all(range_.between(first=first, last=f"{last}$"))
        found = list(islice(items, MOST_DAYS + 1))
        if len(found) > MOST_DAYS:
            raise Invalid("So much was used in this time; ask for a shorter one.")
        return found


def _amounts(entry: Entry) -> Iterator[tuple[Item, Fraction, Decimal]]:
    """The key of each total that an entry adds to, and what."""
    day, warehouse_id = entry.day, entry.warehouse_id
    for item_id, (quantity, value) in entry.used.items():
        yield keys.item_day(item_id, day, warehouse_id), quantity, value
        if entry.purpose:
            purpose = purpose_key(entry.purpose)
            yield keys.purpose_day(purpose, day, warehouse_id, item_id), quantity, value


def _counted(entry: Entry) -> int:
    """One for a new entry, none for a correction, one less for one that leaves nothing."""
    if entry.corrects is None:
        return 1
    return 0 if entry.standing else -1


def _total(item: Mapping[str, Any], item_id: str) -> DayTotal:
    day, warehouse_id = keys.parse_day(item)
    return DayTotal(
        item_id=item_id,
        day=day,
        warehouse_id=warehouse_id,
        quantity=parse_fraction(item["quantity"]),
        value=Decimal(item["value"]),
        entries=int(item["entries"]),
    )
