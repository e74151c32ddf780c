"""Looks the codes of a file up in the catalog: only those that the file has, in batches.

Read are, for at most `MOST_CODES` distinct codes: two claims per code at most, the items that they
lead to, the inventory types and units of these, and, for the first `MOST_ASKED` codes that nothing
has, the claims of what they may be misreadings of. Nothing else of the catalog.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.gs1.item_codes import (
    GTIN,
    SKU,
    ItemCode,
    likely_misreadings,
    possible_codes,
    restored_gtin,
)
from stockwarden.detection.catalog_items import AskedCodes, CatalogItem, CatalogItems
from stockwarden.detection.unit_words import unit_code
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Table

MOST_CODES = 20_000
MOST_ASKED = 100
_NAMED = 3
Owners = Mapping[ItemCode, str]


class ItemLookup:
    def __init__(self, table: Table, units: UnitRepository) -> None:
        self.table = table
        self.units = units

    def look_up(self, asked: AskedCodes) -> CatalogItems:
        """The items of the codes. Raises Unavailable."""
        product_codes = asked.product_codes[:MOST_CODES]
        gtins = asked.gtins[: MOST_CODES - len(product_codes)]
        left_out = {*asked.product_codes[len(product_codes) :], *asked.gtins[len(gtins) :]}
        wanted = {text: _meanings(text, asked.day) for text in product_codes}
        numbers = {text: number for text in gtins if (number := restored_gtin(text))}
        owners = self._owners(
            [*(code for codes in wanted.values() for code in codes)]
            + [("gtin", number) for number in numbers.values()]
        )
        records = self._records(owners.values())
        by_code = {
            text: item_id
            for text, codes in wanted.items()
            if (item_id := _owner(codes, owners)) in records
        }
        by_gtin = {
            text: item_id
            for text, number in numbers.items()
            if (item_id := owners.get(("gtin", number), "")) in records
        }
        used = sorted({*by_code.values(), *by_gtin.values()})
        demands = self._demands(records[item_id] for item_id in used)
        unknown = [text for text in product_codes if text not in by_code]
        return CatalogItems(
            items={item_id: _item(records[item_id], demands) for item_id in used},
            by_code=by_code,
            by_gtin=by_gtin,
            left_out=frozenset(left_out - set(product_codes)),
            similar=self._similar(unknown[:MOST_ASKED]) if used else {},
            dimensions=self._dimensions(records, used, asked.units),
        )

    def _owners(self, codes: Iterable[ItemCode]) -> Owners:
        """The ids of the items that claim these codes."""
        wanted = [keys.code(*code) for code in sorted(set(codes))]
        claims = self.table.get_many(wanted)
        return {keys.parse_code(claim): claim["item_id"] for claim in claims}

    def _records(self, item_ids: Iterable[str]) -> dict[str, Item]:
        wanted = [keys.item(item_id) for item_id in sorted(set(item_ids))]
        return {record["id"]: record for record in self.table.get_many(wanted)}

    def _demands(self, records: Iterable[Item]) -> dict[str, Item]:
        """The inventory types of the items, by id."""
        types = keys.inventory_types()
        ids = sorted({record["inventory_type"] for record in records if "inventory_type" in record})
        return {
            types.rest_of(item): item
            for item in self.table.get_many([types.key(type_id) for type_id in ids])
        }

    def _similar(self, unknown: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For codes of no item, the SKUs that they may be misreadings of."""
        misread = {text: likely_misreadings(text) for text in unknown}
        owners = self._owners((SKU, other) for others in misread.values() for other in others)
        near = {
            text: tuple(other for other in others if (SKU, other) in owners)[:_NAMED]
            for text, others in misread.items()
        }
        return {text: names for text, names in near.items() if names}

    def _dimensions(
        self, records: Mapping[str, Item], used: Sequence[str], texts: Iterable[str]
    ) -> dict[str, str]:
        """What the units of the items and of the file measure, of those that there are."""
        if not used:
            return {}
        codes = {records[item_id]["unit"] for item_id in used} | set(map(unit_code, texts))
        found = self.units.find_many(codes)
        return {code: str(unit.dimension) for code, unit in sorted(found.items())}


def _meanings(text: str, day: date) -> tuple[ItemCode, ...]:
    codes, gtin = possible_codes(text, day), restored_gtin(text)
    other = () if gtin is None or (GTIN, gtin) in codes else ((GTIN, gtin),)
    return (*codes, *other)


def _owner(codes: Sequence[ItemCode], owners: Owners) -> str:
    """The item of the likeliest of the codes that has one; "" if none has."""
    return next((owners[code] for code in codes if code in owners), "")


def _item(record: Item, demands: Mapping[str, Item]) -> CatalogItem:
    asked: Mapping[str, Any] = demands.get(record.get("inventory_type", ""), {})
    days = record.get("shelf_life_days")
    return CatalogItem(
        id=record["id"],
        sku=record["sku"],
        name=record["name"],
        status=record["status"],
        unit=record["unit"],
        storage_class=record.get("storage_class"),
        shelf_life_days=int(days) if days else None,
        demands_lot=bool(asked.get("demands_lot")),
        demands_expiry=bool(asked.get("demands_expiry")),
    )
