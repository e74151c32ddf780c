"""Finds the item of a code that was scanned, without moving anything."""

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel

from stockwarden.core.clock import Clock
from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.item_model import ItemView
from stockwarden.stock.scanned import read_code

# An item by its id. Raises NotFound, and Forbidden for who may not read the catalog.
FindItem = Callable[[Caller, str], ItemView]


class ScannedItem(BaseModel):
    """The item of a code, and what an element string says beside it. `quantity` is how many items
    the label says that there are."""

    item: ItemView
    lot: str | None
    expiry_date: date | None
    serial: str | None
    quantity: int | None


class CodeLookup:
    def __init__(self, facts: FactsReader, find_item: FindItem, clock: Clock) -> None:
        self.facts = facts
        self.find_item = find_item
        self.clock = clock

    def find(self, caller: Caller, text: str) -> ScannedItem:
        """One read for the code, and those of the item. Raises NotFound for a code that no item
        has, Invalid for a label that is damaged or names no item, Forbidden."""
        require_role(caller, Role.VIEWER)
        code = read_code(text, "/code", self.clock().date())
        item_id = self.facts.items_with({code.key}).get(code.key)
        if item_id is None:
            raise NotFound(code.unknown)
        return ScannedItem(
            item=self.find_item(caller, item_id),
            lot=code.lot,
            expiry_date=code.expiry,
            serial=code.serial,
            quantity=code.elements.count if code.elements else None,
        )
