"""The movements of an order, newest first."""

from collections.abc import Iterator

from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.orders.reader import OrderReader
from stockwarden.stock.model import MovementPage, movement_view
from stockwarden.stock.movement import read_movement
from stockwarden.stock.posting import movement_key
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import orders as keys

_LONGEST = 200
# Each posting has a movement at least; one of many lines has some 60 KB.
_AT_ONCE = 10


class OrderMovements:
    def __init__(self, reader: OrderReader) -> None:
        self.reader = reader
        self.table = reader.repository.table

    def page(
        self, caller: Caller, order_id: str, *, limit: int, cursor: str | None
    ) -> MovementPage:
        """By when they were recorded, and of one receipt in the order of its lines. Raises
        NotFound, BadRequest."""
        require_role(caller, Role.VIEWER)
        self.reader.load(caller, order_id)
        scope = f"order-movements#{order_id}"
        parts = decode_cursor(scope, cursor, 2, _may_be_part)
        posted, skipped = (parts[0], int(parts[1])) if parts else ("", 0)
        places: list[Item] = []
        more = None
        every = self._places(
            keys.posted(order_id), posted, skipped, at_once=min(limit, _AT_ONCE) + 1
        )
        for rest, position, place in every:
            if len(places) == limit:
                more = encode_cursor(scope, [rest, str(position)])
                break
            places.append(movement_key(place))
        movements = list(map(read_movement, self.table.get_many(places)))
        names = self.reader.names_of({movement.by for movement in movements}) if movements else {}
        return MovementPage(
            movements=[movement_view(movement, names) for movement in movements],
            next_cursor=more,
        )

    def _places(
        self, key_range: KeyRange, posted: str, skipped: int, *, at_once: int
    ) -> Iterator[tuple[str, int, Item]]:
        """Where the movements are, from a position in a posting on; so many postings are read in
        one call."""
        since = key_range.between(last=posted) if posted else key_range
        for item in self.table.query_all(since, newest_first=True, limit=at_once):
            rest = key_range.rest_of(item)
            first = skipped if rest == posted else 0
            for position, place in enumerate(item["movements"][first:], start=first):
                yield rest, position, place


def _may_be_part(text: str) -> bool:
    return text.isascii() and text.isprintable() and 0 < len(text) <= _LONGEST
