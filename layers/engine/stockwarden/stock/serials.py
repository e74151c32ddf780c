"""Serial numbers: where each single piece of an item is."""

from collections.abc import Mapping, Sequence

from stockwarden.core.errors import StockConflict
from stockwarden.stock.movement import Movement
from stockwarden.stock.wording import described, place_fields
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place


def read_serials(items: Mapping[str, Item]) -> dict[str, Place | None]:
    """Where each serial number is; None for one that has left. Those never seen are not in it."""
    return {
        serial: Place.parse(item["place"]) if item.get("place") else None
        for serial, item in items.items()
    }


def move_serials(movement: Movement, where: dict[str, Place | None], name: str) -> None:
    """Moves the pieces of a movement in `where`. Raises StockConflict for one that is elsewhere."""
    comes_in = movement.to is None and movement.quantity > 0
    source = None if comes_in else movement.place
    target = movement.place if comes_in else movement.to
    for serial in movement.serials:
        there = where.get(serial)
        if there != source:
            raise _elsewhere(movement, serial, there, name)
        where[serial] = target


def serial_item(item_id: str, serial: str, place: Place | None, movement_id: str) -> Item:
    item: Item = {**keys.serial(item_id, serial), "movement_id": movement_id}
    return {**item, "place": place.text} if place else item


def serial_items(
    item_id: str, movements: Sequence[Movement], where: Mapping[str, Place | None]
) -> list[Item]:
    """The records of the pieces that movements of an item moved, which are `where` now."""
    moved = {serial: each.id for each in movements for serial in each.serials}
    return [
        serial_item(item_id, serial, where.get(serial), movement_id)
        for serial, movement_id in moved.items()
    ]


def _elsewhere(movement: Movement, serial: str, there: Place | None, name: str) -> StockConflict:
    where = f"is {described(there)}" if there else "is not in stock"
    fields = place_fields(there) if there else {}
    return StockConflict(
        f"{name} {serial} {where}.",
        {
            "reason": "serial",
            "item_id": movement.item_id,
            "item_name": name,
            "serial": serial,
            **fields,
        },
    )
