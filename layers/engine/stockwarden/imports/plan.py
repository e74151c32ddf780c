"""The plan of an import: its items in the order of the file, as they are kept between two runs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from stockwarden.stock.item_batch import (
    ROOM,
    BatchEntry,
    StockLine,
    parts_of,
    shared_keys,
    weight_of,
)
from stockwarden.storage.keys.stock import Place

# A line takes three of the hundred actions of a transaction.
_MOST_LINES = 25


@dataclass(frozen=True)
class PlannedItem:
    """An item of the file: the `rows` of the sheet that it comes from, and what becomes of it."""

    rows: list[int]
    entry: BatchEntry

    def to_line(self) -> bytes:
        """As a line of JSON."""
        entry = self.entry
        document = {
            "rows": self.rows,
            "item": entry.item_id,
            "new": entry.is_new,
            "fields": dict(entry.fields),
            "lines": [
                [
                    line.place.text,
                    str(line.quantity),
                    line.kind,
                    line.expiry_date.isoformat() if line.expiry_date else None,
                    line.dates,
                ]
                for line in entry.lines
            ],
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "PlannedItem":
        document = json.loads(line)
        return cls(
            document["rows"],
            BatchEntry(
                document["item"],
                document["fields"],
                [
                    StockLine(
                        Place.parse(place),
                        Decimal(quantity),
                        kind,
                        date.fromisoformat(expiry) if expiry else None,
                        dates,
                    )
                    for place, quantity, kind, expiry, dates in document["lines"]
                ],
                document["new"],
            ),
        )


@dataclass
class _Group:
    """Items that are written together."""

    items: list[PlannedItem] = field(default_factory=list)
    weight: int = 0
    shared: set[tuple[str, str]] = field(default_factory=set)

    def takes(self, entry: BatchEntry) -> bool:
        """Whether another entry fits into the transaction; an item is in it once."""
        size = self.weight + weight_of(entry) + len(self.shared | shared_keys(entry))
        ids = {each.entry.item_id for each in self.items}
        return not self.items or (size <= ROOM and entry.item_id not in ids)

    def add(self, item: PlannedItem) -> None:
        self.items.append(item)
        self.weight += weight_of(item.entry)
        self.shared |= shared_keys(item.entry)


def groups_of(items: Iterable[PlannedItem]) -> Iterator[list[PlannedItem]]:
    """The items in groups that fit into a transaction each; the same for the same plan. One with
    many places is in several."""
    group = _Group()
    for item in items:
        for part in parts_of(item.entry, _MOST_LINES):
            if not group.takes(part):
                yield group.items
                group = _Group()
            group.add(PlannedItem(item.rows, part))
    if group.items:
        yield group.items
