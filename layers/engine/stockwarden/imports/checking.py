"""Checks the rows of a file against the catalog and the stock, and plans what becomes of them.

Every fault of every row is told, in one pass, and codes, items, balances and lots are read in
batches: no row costs a read of its own, except where it may leave out a lot (`_in_lots`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

from stockwarden.core.errors import Invalid
from stockwarden.identity.access import MAIN_WAREHOUSE
from stockwarden.imports.checked import Checked
from stockwarden.imports.grouping import FileItem, grouped
from stockwarden.imports.item_check import ItemCheck
from stockwarden.imports.references import ReferenceReader, References, Unknown
from stockwarden.imports.row import NAMED, checked_values
from stockwarden.imports.sheet import SheetRow, SheetRows
from stockwarden.imports.stored import Stored
from stockwarden.imports.whereabouts import place_of
from stockwarden.stock.balance import read_balance
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.head import read_head
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import NONE
from stockwarden.storage.tables import Table

_AT_ONCE = 8


class ImportCheck:
    def __init__(
        self, catalog: Table, stock: Table, facts: FactsReader, references: ReferenceReader
    ) -> None:
        self.catalog = catalog
        self.stock = stock
        self.facts = facts
        self.references = references

    def check(self, sheet: SheetRows, import_id: str, warehouse_id: str | None) -> Checked:
        """Reads what there is, and writes nothing. Repeated, it gives new items the same ids.
        Without a warehouse, quantities are in the main one."""
        references = self.references.read()
        values = [(row, self._values(row, sheet, references)) for row in sheet.rows]
        owners = self.facts.items_with(set(_codes(each for _, each in values)))
        items = grouped(values, sheet, owners)
        stored = self._read(items, warehouse_id or MAIN_WAREHOUSE, owners)
        check = ItemCheck(sheet, references, stored, import_id, warehouse_id)
        for item in items:
            check.item(item)
        check.codes(items)
        order = {name: place for place, name in enumerate(sheet.headers)}
        faults = [
            fault
            for row in sheet.rows
            for fault in sorted(row.faults, key=lambda each: order.get(each.field or "", -1))
        ]
        check.counts.rows = len(sheet.rows)
        return Checked(
            check.plan,
            faults,
            check.counts,
            check.unused_places,
            check.only_named,
            check.named_by_description,
        )

    def _values(self, row: SheetRow, sheet: SheetRows, references: References) -> dict[str, Any]:
        values = checked_values(row, sheet)
        for name in NAMED:
            if name not in values:
                continue
            try:
                values[name] = references.find(name, values[name])
            except Unknown as unknown:
                row.faults.append(sheet.fault(row.row, name, values.pop(name), str(unknown)))
            except Invalid:
                row.faults.append(sheet.fault(row.row, name, values.pop(name), "It is too long."))
        return values

    def _read(
        self, items: Iterable[FileItem], warehouse_id: str, owners: Mapping[tuple[str, str], str]
    ) -> Stored:
        known = {item.known_id: item for item in items if item.known_id is not None}
        ids = sorted(known)
        records = self.catalog.get_many([catalog_keys.item(each) for each in ids], consistent=True)
        heads = self.stock.get_many([keys.head(each) for each in ids], consistent=True)
        places = sorted(
            {
                (item_id, place_of(warehouse_id, values))
                for item_id, item in known.items()
                for _, values in item.rows
                if "quantity" in values
            }
        )
        by_key = {
            tuple(key_of(item).values()): item
            for item in self.stock.get_many(
                [keys.balance(*each) for each in places], consistent=True
            )
        }
        stored = Stored(
            {record["id"]: record for record in records},
            {head["id"]: read_head(head) for head in heads},
            {
                each: read_balance(by_key.get(tuple(keys.balance(*each).values()))).quantity
                for each in places
            },
            self.facts.lots(
                {(item_id, place.lot) for item_id, place in places if place.lot != NONE}
            ),
            owners,
        )
        asked = [each for each, item in known.items() if stored.lacks_a_lot(item, warehouse_id)]
        stored.in_lots = self._in_lots(asked, warehouse_id)
        return stored

    def _in_lots(
        self, item_ids: Sequence[str], warehouse_id: str
    ) -> Mapping[tuple[str, str], Fraction]:
        """What lies in lots, by item and location. A query for each item, so for few: those with
        stock that the file does not name, and a row without a lot where nothing was."""
        found: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)

        def read(item_id: str) -> list[Item]:
            return list(self.stock.query_all(keys.balances(item_id)))

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for item_id, balances in zip(item_ids, pool.map(read, item_ids), strict=True):
                for balance in balances:
                    place = keys.place_in(balance)
                    if place.warehouse_id == warehouse_id and place.lot != NONE:
                        found[item_id, place.location] += read_balance(balance).quantity
        return found


def _codes(values: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for each in values:
        for name in ("sku", "gtin"):
            if name in each:
                yield name, each[name]
