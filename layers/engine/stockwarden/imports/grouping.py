"""Groups the rows of a file by the item that they are about.

A row names its item by SKU, else by GTIN, else, for a new one, by name. Several rows of one item
say where it is, and of which lot; what they say of the item itself must agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stockwarden.imports.sheet import SheetRow, SheetRows
from stockwarden.ingestion.table.row_words import TOTAL_ALONE
from stockwarden.stock.item_records import FIELDS, name_key

Values = dict[str, Any]


@dataclass
class FileItem:
    """An item of a file. `known_id` is that of the item that has its code already; `named_by` is
    the field that says which item the rows are about. `fields` are what they say of it, each with
    the row that it comes from (`sources`)."""

    known_id: str | None
    named_by: str
    rows: list[tuple[SheetRow, Values]] = field(default_factory=list)
    fields: Values = field(default_factory=dict)
    sources: dict[str, SheetRow] = field(default_factory=dict)

    def has_fault(self, name: str) -> bool:
        """Whether a cell of this field is at fault in any of the rows."""
        return any(fault.field == name for row, _ in self.rows for fault in row.faults)


def grouped(
    rows: Sequence[tuple[SheetRow, Values]],
    sheet: SheetRows,
    owners: Mapping[tuple[str, str], str],
) -> list[FileItem]:
    """The items in the order of their first rows. `owners` has the ids of the items that codes
    belong to. A row that names no item, or contradicts one before it, has a fault then."""
    items: dict[tuple[str, str], FileItem] = {}
    skus = {values["gtin"]: values["sku"] for _, values in rows if {"gtin", "sku"} <= values.keys()}
    for row, values in rows:
        named = _name_of(values, owners, skus)
        unread = {fault.field for fault in row.faults}
        if named is None and unread.isdisjoint({"sku", "gtin", "name", None}):
            _refuse_nameless(row, sheet)
        if named is None or "sku" in unread or (named[0] != "sku" and "gtin" in unread):
            # Which item it is about is not known.
            continue
        field_name, known_id, key = named
        if field_name == "name" and TOTAL_ALONE.fullmatch(values["name"]):
            detail = (
                "This looks like a total: delete the row, or give an item of this name its SKU."
            )
            row.faults.append(sheet.fault(row.row, "name", values["name"], detail))
            continue
        item = items.setdefault(key, FileItem(known_id, field_name))
        item.rows.append((row, values))
        for name in FIELDS:
            if name not in values:
                continue
            if name not in item.fields:
                item.fields[name], item.sources[name] = values[name], row
            elif item.fields[name] != values[name]:
                first = item.sources[name]
                detail = (
                    f"Row {first.row} is about the same item and says “{_text(first, name)}” here."
                )
                row.faults.append(sheet.fault(row.row, name, row.values.get(name), detail))
    return list(items.values())


def _name_of(
    values: Values, owners: Mapping[tuple[str, str], str], skus: Mapping[str, str]
) -> tuple[str, str | None, tuple[str, str]] | None:
    """(the field that names the item of a row, the id of the stored one, what groups rows)."""
    if "sku" in values:
        owner = owners.get(("sku", values["sku"]))
        return "sku", owner, ("id", owner) if owner else ("sku", values["sku"])
    if "gtin" in values:
        gtin = values["gtin"]
        if gtin in skus:
            _, owner, key = _name_of({"sku": skus[gtin]}, owners, {}) or ("", None, ("", ""))
            return "gtin", owner, key
        owner = owners.get(("gtin", gtin))
        return "gtin", owner, ("id", owner) if owner else ("gtin", gtin)
    if "name" in values:
        return "name", None, ("name", name_key(values["name"]))
    return None


def _refuse_nameless(row: SheetRow, sheet: SheetRows) -> None:
    detail = "The row names no item: give its SKU or GTIN, or the name of a new one."
    name = next((each for each in ("sku", "gtin", "name") if each in sheet.headers), "sku")
    row.faults.append(sheet.fault(row.row, name, None, detail))


def _text(row: SheetRow, name: str) -> str:
    return str(row.values.get(name, ""))[:80]
