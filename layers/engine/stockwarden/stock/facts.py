"""Facts of the catalog that movements depend on: lots, and what inventory types demand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Operation, Table

LotStatus = Literal["available", "quarantined"]


@dataclass(frozen=True)
class InventoryFacts:
    """What every movement of an item must name."""

    lot: bool = False
    expiry: bool = False
    serial: bool = False


@dataclass(frozen=True)
class Lot:
    """`version` is 0 for a lot that is not stored yet."""

    code: str
    expiry_date: date | None
    status: LotStatus
    version: int


class FactsReader:
    """Reads from the catalog's table what a posting needs, consistently and in one call each."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def lots(self, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Lot]:
        """Lots by item and code, of those that are stored."""
        ordered = sorted(wanted)
        items = self.table.get_many([keys.lot(*each) for each in ordered], consistent=True)
        return {(item["item_id"], item["code"]): read_lot(item) for item in items}

    def items_with(self, codes: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The id of the item that each code belongs to, of those that belong to one. A code is its
        kind (`sku`, `gtin`) and its text."""
        ordered = sorted(codes)
        claims = self.table.get_many([keys.code(*each) for each in ordered], consistent=True)
        return {keys.parse_code(claim): claim["item_id"] for claim in claims}

    def demands(self, type_ids: Collection[str]) -> dict[str, InventoryFacts]:
        types = keys.inventory_types()
        items = self.table.get_many(
            [types.key(type_id) for type_id in sorted(type_ids)], consistent=True
        )
        return {
            types.rest_of(item): InventoryFacts(
                item["demands_lot"], item["demands_expiry"], item["demands_serial"]
            )
            for item in items
        }

    def put_lot(self, item_id: str, lot: Lot, now: str) -> Operation:
        """Stores a lot, if it is still at the version that was read."""
        item: Item = {
            **keys.lot(item_id, lot.code),
            "item_id": item_id,
            "code": lot.code,
            "status": lot.status,
            "expiry_date": lot.expiry_date.isoformat() if lot.expiry_date else None,
            "updated_at": now,
            "version": lot.version + 1,
        }
        if lot.version:
            return self.table.put(item, when="#version = :read", read=lot.version)
        return self.table.put(item, when="attribute_not_exists(#pk)")


def read_lot(item: Item) -> Lot:
    expiry = item["expiry_date"]
    return Lot(
        item["code"],
        date.fromisoformat(expiry) if expiry else None,
        item["status"],
        item["version"],
    )
