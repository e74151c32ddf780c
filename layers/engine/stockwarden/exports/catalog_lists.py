"""The lists of the catalog as tables: their columns, and the rows of each.

The headings of items are those that an import knows, so that a list can be exported, edited and
imported. A quantity without a finite decimal is rounded, and `… exactly` has the fraction.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.catalog.lead_times import measured
from stockwarden.core.cells import moment
from stockwarden.core.exact import exact_text, json_number, parse_fraction
from stockwarden.exports.catalog_model import ListName
from stockwarden.exports.catalog_source import CatalogSource
from stockwarden.stock.head import read_head
from stockwarden.stock.item_list import ItemFilter
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys

_UTC = ZoneInfo("UTC")
Row = list[Any]


@dataclass(frozen=True)
class CatalogList:
    """`columns` are headings with widths in characters; `rows` reads what a stored selection says,
    by the names of the filters."""

    title: str
    columns: Mapping[str, int]
    rows: Callable[[CatalogSource, Mapping[str, Any]], Iterator[Row]]


def _items(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    for record, head in source.with_records(source.heads(item_filter(selection))):
        books = read_head(head).books.values()
        quantity = parse_fraction(head["quantity"])
        yield [
            record["sku"],
            record["name"],
            record.get("description"),
            record["status"],
            json_number(quantity),
            exact_text(quantity),
            record["unit"],
            source.category_path(record.get("category")),
            _named(source.supplier_names, record.get("supplier")),
            _named(source.type_names, record.get("inventory_type")),
            decimal_cell(record.get("reorder_point")),
            decimal_cell(record.get("reorder_quantity")),
            decimal_cell(record.get("unit_cost")),
            record.get("currency"),
            decimal_cell(sum((book.value for book in books), Decimal(0))),
            record.get("gtin"),
            record.get("storage_class"),
            record.get("shelf_life_days"),
            moment(record["created_at"], _UTC),
            moment(record["updated_at"], _UTC),
            record["id"],
        ]


def _lots(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    def read(head: Item) -> list[Item]:
        # An item that was never moved has no lots.
        lots = catalog_keys.lots(head["id"])
        return list(source.catalog.query_all(lots)) if head["seq"] else []

    for head, lots in source.with_reads(
        source.heads(item_filter(selection), selection.get("item_id")), read
    ):
        for lot in lots:
            expiry = lot["expiry_date"]
            yield [
                head["sku"],
                head["name"],
                lot["code"],
                date.fromisoformat(expiry) if expiry else None,
                lot["status"],
            ]


def _categories(source: CatalogSource, _: Mapping[str, Any]) -> Iterator[Row]:
    for category in source.tree.in_order():
        yield [
            source.category_path(category["id"]),
            category["name"],
            source.category_path(category.get("parent_id")),
            category.get("items", 0),
            category.get("archived", False),
            category["id"],
        ]


def _suppliers(source: CatalogSource, _: Mapping[str, Any]) -> Iterator[Row]:
    for supplier in source.suppliers():
        contact = supplier.get("contact") or {}
        yield [
            supplier["name"],
            contact.get("name"),
            contact.get("email"),
            contact.get("phone"),
            supplier.get("website"),
            supplier.get("lead_time_days"),
            measured(supplier)["measured_lead_time_days"],
            decimal_cell(supplier.get("minimum_order")),
            supplier["currency"],
            supplier.get("parts", 0),
            supplier.get("archived", False),
            supplier.get("notes"),
            supplier["id"],
        ]


def _parts(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    wanted = selection.get("supplier")
    for supplier in source.suppliers():
        if wanted not in {None, supplier["id"]}:
            continue
        parts = {part["item_id"]: part for part in source.parts(supplier["id"])}
        heads = source.stock.get_many([keys.head(item_id) for item_id in parts])
        for head in heads:
            part = parts[head["id"]]
            size = parse_fraction(part["pack_size"])
            yield [
                supplier["name"],
                part["part_number"],
                head["sku"],
                head["name"],
                json_number(size),
                part["unit"],
                decimal_cell(part["price"]),
                part["currency"],
                part.get("lead_time_days"),
                part.get("minimum_packs"),
            ]


def _units(source: CatalogSource, _: Mapping[str, Any]) -> Iterator[Row]:
    for unit in source.units():
        yield [
            unit.code,
            unit.name,
            str(unit.dimension),
            str(unit.factor),
            unit.decimals,
            unit.standard,
        ]


def _inventory_types(source: CatalogSource, _: Mapping[str, Any]) -> Iterator[Row]:
    for each in source.inventory_types():
        yield [
            each["name"],
            each["demands_lot"],
            each["demands_expiry"],
            each["demands_serial"],
            each.get("items", 0),
            each.get("archived", False),
            each.get("description"),
            each["id"],
        ]


def item_filter(selection: Mapping[str, Any]) -> ItemFilter:
    """The items that a stored selection is about."""
    names = ("status", "category", "supplier", "inventory_type", "warehouse_id", "low_stock")
    return ItemFilter(**{name: selection.get(name) for name in names}, text=selection.get("q"))


def _named(names: Mapping[str, str], each: str | None) -> str | None:
    return None if each is None else names.get(each, each)


def decimal_cell(number: Decimal | str | None) -> int | float | None:
    """An amount, or a stored decimal, as a number."""
    return None if number is None else json_number(Fraction(Decimal(number)))


QUANTITY = {"Quantity": 12, "Quantity exactly": 16, "Unit": 8}
CATALOG_LISTS: Mapping[ListName, CatalogList] = {
    ListName.ITEMS: CatalogList(
        "Items",
        {"SKU": 18, "Name": 40, "Description": 40, "Status": 11}
        | QUANTITY
        | {"Category": 30, "Supplier": 24, "Inventory type": 18, "Reorder point": 13}
        | {"Reorder quantity": 15, "Unit cost": 12, "Currency": 9, "Stock value": 14}
        | {"GTIN": 17, "Storage class": 14, "Shelf life days": 14, "Created (UTC)": 19}
        | {"Updated (UTC)": 19, "Id": 34},
        _items,
    ),
    ListName.LOTS: CatalogList(
        "Lots", {"SKU": 18, "Name": 40, "Lot": 20, "Expiry date": 12, "Status": 12}, _lots
    ),
    ListName.CATEGORIES: CatalogList(
        "Categories",
        {"Path": 50, "Name": 30, "Parent": 40, "Items": 8, "Archived": 9, "Id": 34},
        _categories,
    ),
    ListName.SUPPLIERS: CatalogList(
        "Suppliers",
        {"Name": 30, "Contact": 24, "E-mail": 28, "Phone": 18, "Website": 30}
        | {"Lead time days": 14, "Measured lead time days": 22, "Minimum order": 14}
        | {"Currency": 9, "Parts": 8, "Archived": 9, "Notes": 40, "Id": 34},
        _suppliers,
    ),
    ListName.PARTS: CatalogList(
        "Parts",
        {"Supplier": 30, "Part number": 20, "SKU": 18, "Name": 40, "Pack size": 10, "Unit": 8}
        | {"Price": 12, "Currency": 9, "Lead time days": 14, "Minimum packs": 14},
        _parts,
    ),
    ListName.UNITS: CatalogList(
        "Units",
        {"Code": 12, "Name": 24, "Dimension": 12, "Factor": 18, "Decimals": 9, "Standard": 9},
        _units,
    ),
    ListName.INVENTORY_TYPES: CatalogList(
        "Inventory types",
        {"Name": 24, "Demands lot": 12, "Demands expiry": 14, "Demands serial": 14}
        | {"Items": 8, "Archived": 9, "Description": 40, "Id": 34},
        _inventory_types,
    ),
}
