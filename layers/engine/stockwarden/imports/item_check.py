"""Checks the items of a file against what is stored, and plans what becomes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from stockwarden.catalog.units import check_decimals
from stockwarden.core.errors import Invalid
from stockwarden.core.ids import derived_id
from stockwarden.imports.checked import Counts
from stockwarden.imports.grouping import FileItem
from stockwarden.imports.naming import name_from
from stockwarden.imports.plan import PlannedItem
from stockwarden.imports.references import References, Unknown
from stockwarden.imports.sheet import SheetRow, SheetRows
from stockwarden.imports.stored import Stored
from stockwarden.imports.whereabouts import Whereabouts, is_in_book, place_of
from stockwarden.stock.facts import InventoryFacts
from stockwarden.stock.head import Head, keeps_unit
from stockwarden.stock.item_batch import BatchEntry, StockLine
from stockwarden.stock.item_model import DEFAULT_UNIT
from stockwarden.stock.item_records import FIELDS, stored_value
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys.stock import Place


@dataclass
class _Item:
    """An item of the file beside what is stored of it. `unit` is the one that it is kept in."""

    file_item: FileItem
    item_id: str
    record: Item | None
    head: Head | None
    unit: str = DEFAULT_UNIT
    demands: InventoryFacts = field(default_factory=InventoryFacts)

    @property
    def after(self) -> dict[str, Any]:
        return {**(self.record or {}), **self.file_item.fields}


class ItemCheck:
    """One pass over the items of a file."""

    def __init__(
        self,
        sheet: SheetRows,
        references: References,
        stored: Stored,
        import_id: str,
        warehouse_id: str | None,
    ) -> None:
        self.sheet = sheet
        self.references = references
        self.stored = stored
        self.import_id = import_id
        self.where = Whereabouts(sheet.headers.keys(), warehouse_id)
        self.counts = Counts()
        self.plan: list[PlannedItem] = []
        self.unused_places = 0
        self.only_named = 0
        self.named_by_description = 0

    def item(self, file_item: FileItem) -> None:
        """Adds the faults of an item to its rows, and what is to be done to the plan."""
        known = file_item.known_id
        self.only_named += file_item.named_by == "name"
        first = file_item.rows[0][0].row
        item = _Item(
            file_item,
            known or derived_id("item", self.import_id, str(first)),
            self.stored.records.get(known) if known else None,
            self.stored.heads.get(known) if known else None,
        )
        item.unit = item.after.get("unit") or DEFAULT_UNIT
        item.demands = self.references.demands.get(
            item.after.get("inventory_type") or "", InventoryFacts()
        )
        self._check_facts(item)
        lines = self._lines(item)
        self._plan(item, lines)

    def codes(self, items: Iterable[FileItem]) -> None:
        """A code that another item has, of the file or not."""
        holders: dict[tuple[str, str], tuple[FileItem, SheetRow]] = {}
        for item in items:
            for name in ("sku", "gtin"):
                code = item.fields.get(name)
                if code is None:
                    continue
                row = item.sources[name]
                owner = self.stored.owners.get((name, code))
                if owner is not None and owner != item.known_id:
                    record = self.stored.records.get(owner)
                    called = f"{record['name']} ({record['sku']})" if record else owner
                    self._refuse(row, name, code, f"Another item has this code: {called}.")
                holder = holders.setdefault((name, code), (item, row))
                if holder[0] is not item:
                    detail = f"Row {holder[1].row} gives the same code to another item."
                    self._refuse(row, name, code, detail)

    def _is_named_by_description(self, file_item: FileItem) -> bool:
        """Whether a new item has got its description as name, in a file that has no names."""
        name = name_from(file_item.fields.get("description"))
        if name is None or "name" in self.sheet.headers:
            return False
        del file_item.fields["description"]
        file_item.fields["name"] = name
        file_item.sources["name"] = file_item.sources.pop("description")
        self.named_by_description += 1
        return True

    def _check_facts(self, item: _Item) -> None:
        file_item, fields = item.file_item, item.file_item.fields
        first = file_item.rows[0][0]
        is_nameless = item.record is None and "name" not in item.after
        if is_nameless and not self._is_named_by_description(file_item):
            # A name that cannot be read is a fault already.
            if not file_item.has_fault("name"):
                self._refuse(first, "name", None, "A new item needs a name.")
            return
        for name in ("category", "supplier", "inventory_type"):
            if name in fields and fields[name] != (item.record or {}).get(name):
                try:
                    self.references.refuse_archived(name, fields[name])
                except Unknown as unknown:
                    self._refuse(file_item.sources[name], name, None, str(unknown))
        if item.record and "unit" in fields and fields["unit"] != item.record["unit"]:
            self._check_unit(item, item.record)

    def _check_unit(self, item: _Item, record: Item) -> None:
        """The unit of an item with movements, orders or components stays, and another one comes
        before a quantity."""
        row, unit = item.file_item.sources["unit"], item.file_item.fields["unit"]
        reason = keeps_unit(item.head.item) if item.head else None
        if reason is not None:
            detail = f"The item {reason} in {record['unit']}; its unit cannot be changed."
            self._refuse(row, "unit", unit, detail)
        elif any("quantity" in values for _, values in item.file_item.rows):
            detail = (
                f"The item is kept in {record['unit']}: change its unit by an import without "
                "quantities, and then give these."
            )
            self._refuse(row, "unit", unit, detail)

    def _lines(self, item: _Item) -> list[StockLine]:
        lines: list[StockLine] = []
        taken: dict[Place, SheetRow] = {}
        expiries: dict[str, tuple[Any, SheetRow]] = {}
        unnamed = self.stored.unnamed(item.file_item, self.where.warehouse_id)
        for row, values in item.file_item.rows:
            place = place_of(self.where.warehouse_id, values)
            if earlier := taken.get(place):
                self._refuse_double(row, item, earlier, has_quantity="quantity" in values)
                continue
            taken[place] = row
            if "quantity" not in values:
                self.unused_places += bool({"location", "lot", "expiry_date"} & values.keys())
                continue
            if self._is_known(item, place, values):
                continue
            self._check_quantity(row, item, values)
            self._check_lot(row, item, values, expiries)
            if item.record is None and values["quantity"] == 0:
                continue
            kind: Literal["receipt", "count"] = "receipt" if item.record is None else "count"
            expiry = values.get("expiry_date")
            lot = self.stored.lots.get((item.item_id, place.lot))
            dates = expiry is not None and lot is not None and lot.expiry_date is None
            line = StockLine(place, values["quantity"], kind, expiry, dates)
            self._check_place(row, item, line, unnamed)
            lines.append(line)
        return lines

    def _is_known(self, item: _Item, place: Place, values: Mapping[str, Any]) -> bool:
        """Whether a row says of the stock what the book has: then nothing has to be right."""
        if item.head is None or "expiry_date" in values:
            return False
        there = self.stored.balances[item.item_id, place]
        return self.where.is_known(item.head, values["quantity"], there=there)

    def _check_place(self, row: SheetRow, item: _Item, line: StockLine, unnamed: Fraction) -> None:
        if item.head is None:
            return
        there = self.stored.balances[item.item_id, line.place]
        in_lots = self.stored.in_lots.get((item.item_id, line.place.location), Fraction(0))
        problem = self.where.problem(item.head, line, there=there, unnamed=unnamed, in_lots=in_lots)
        if problem is not None:
            self._refuse(row, "quantity", line.quantity, problem)

    def _refuse_double(
        self, row: SheetRow, item: _Item, earlier: SheetRow, *, has_quantity: bool
    ) -> None:
        name = item.file_item.named_by
        place = ", location and lot" if has_quantity else ""
        detail = (
            f"Row {earlier.row} is about the same item{place}; rows {earlier.row} and {row.row}"
        )
        self._refuse(row, name, item.file_item.fields.get(name), f"{detail} exclude each other.")

    def _check_quantity(self, row: SheetRow, item: _Item, values: Mapping[str, Any]) -> None:
        quantity = values["quantity"]
        unit = self.references.units.get(item.unit)
        # A unit that is not known is a fault already.
        if unit is not None and not item.file_item.has_fault("unit"):
            try:
                check_decimals(quantity, unit)
            except Invalid as invalid:
                self._refuse(row, "quantity", quantity, invalid.detail)
        if item.demands.serial and quantity:
            detail = "The item has serial numbers: receive it by movements, which name them."
            self._refuse(row, "quantity", quantity, detail)
        if item.record is None and item.after.get("status") == "archived" and quantity:
            self._refuse(row, "status", "archived", "An archived item receives nothing.")

    def _check_lot(
        self,
        row: SheetRow,
        item: _Item,
        values: Mapping[str, Any],
        expiries: dict[str, tuple[Any, SheetRow]],
    ) -> None:
        lot, expiry = values.get("lot"), values.get("expiry_date")
        # What cannot be read is there: it is a fault already.
        unread = {fault.field for fault in row.faults}
        if lot is None:
            if item.demands.lot and values["quantity"] and "lot" not in unread:
                self._refuse(row, "lot", None, "The item is kept by lot: name it.")
            if expiry is not None and "lot" not in unread:
                detail = "An expiry date belongs to a lot: name the lot."
                self._refuse(row, "expiry_date", expiry, detail)
            return
        stored = self.stored.lots.get((item.item_id, lot))
        known = stored.expiry_date if stored else None
        if expiry is None:
            if item.demands.expiry and known is None and "expiry_date" not in unread:
                detail = f"The item has an expiry date for each lot: give that of {lot}."
                self._refuse(row, "expiry_date", None, detail)
        elif known not in {None, expiry}:
            self._refuse(row, "expiry_date", expiry, f"Lot {lot} expires on {known}.")
        else:
            day, earlier = expiries.setdefault(lot, (expiry, row))
            if day != expiry:
                detail = f"By row {earlier.row}, lot {lot} expires on {day}."
                self._refuse(row, "expiry_date", expiry, detail)

    def _plan(self, item: _Item, lines: list[StockLine]) -> None:
        fields = {name: stored_value(value) for name, value in item.file_item.fields.items()}
        fields = {name: value for name, value in fields.items() if name in FIELDS}
        counts = self.counts
        counts.items += 1
        record = item.record
        if record is None:
            fields.setdefault("status", "active")
            fields.setdefault("unit", DEFAULT_UNIT)
            fields.setdefault("sku", f"SKU-{item.item_id.removeprefix('item_')[:12].upper()}")
            counts.to_create += 1
        else:
            fields = {name: value for name, value in fields.items() if record.get(name) != value}
            lines = [
                line
                for line in lines
                if line.dates
                or not is_in_book(self.stored.balances[item.item_id, line.place], line.quantity)
            ]
            counts.to_change += bool(fields or lines)
            counts.unchanged += not fields and not lines
        counts.movements += len(lines)
        if record is None or fields or lines:
            rows = [row.row for row, _ in item.file_item.rows]
            entry = BatchEntry(item.item_id, fields, lines, is_new=record is None)
            self.plan.append(PlannedItem(rows, entry))

    def _refuse(self, row: SheetRow, name: str, value: Any, detail: str) -> None:
        row.faults.append(self.sheet.fault(row.row, name, value, detail))
