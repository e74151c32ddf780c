"""What a plan knows to be on the shelves, so that it never takes what is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stockwarden.storage.keys.stock import Place

# What expires so soon is not given to anybody.
_LAST_DAYS = 3


@dataclass
class Batch:
    """`quantity` is in the item's unit."""

    place: Place
    expires: date | None
    quantity: int


class Shelves:
    def __init__(self) -> None:
        self._batches: dict[tuple[str, str], list[Batch]] = {}

    def add(self, item_id: str, place: Place, expires: date | None, quantity: int) -> None:
        batches = self._batches.setdefault((place.warehouse_id, item_id), [])
        for batch in batches:
            if batch.place == place:
                batch.quantity += quantity
                return
        batches.append(Batch(place, expires, quantity))

    def quantity(self, warehouse_id: str, item_id: str, day: date) -> int:
        """How many may leave on a day."""
        return sum(batch.quantity for batch in self._usable(warehouse_id, item_id, day))

    def take(
        self, warehouse_id: str, item_id: str, quantity: int, day: date
    ) -> Sequence[tuple[Place, int]]:
        """Takes so much, or what there is, from where it should leave first."""
        taken = []
        for batch in self._usable(warehouse_id, item_id, day):
            part = min(batch.quantity, quantity)
            if part:
                batch.quantity -= part
                quantity -= part
                taken.append((batch.place, part))
        return taken

    def take_from(self, item_id: str, place: Place, quantity: int) -> bool:
        """Takes it from one place; False, and nothing is taken, where so much is not there."""
        for batch in self._batches.get((place.warehouse_id, item_id), []):
            if batch.place == place and batch.quantity >= quantity:
                batch.quantity -= quantity
                return True
        return False

    def put_back(self, item_id: str, place: Place, quantity: int) -> None:
        """Where some of it was taken from."""
        self.add(item_id, place, None, quantity)

    def find(self, warehouse_id: str, item_id: str, quantity: int, day: date) -> Place | None:
        """A place where so much is."""
        usable = self._usable(warehouse_id, item_id, day)
        return next((batch.place for batch in usable if batch.quantity >= quantity), None)

    def _usable(self, warehouse_id: str, item_id: str, day: date) -> list[Batch]:
        soon = day + timedelta(days=_LAST_DAYS)
        batches = self._batches.get((warehouse_id, item_id), [])
        usable = [each for each in batches if each.expires is None or each.expires > soon]
        return sorted(usable, key=lambda batch: (batch.expires or date.max, batch.place))
