"""Kits and what was consumed as tables: their columns, and the rows of each."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.consumption.entries import Entry, EntryRepository
from stockwarden.consumption.listing import ConsumptionFilter, listed_entries
from stockwarden.core.cells import moment
from stockwarden.core.exact import exact_text, json_number
from stockwarden.exports.catalog_lists import QUANTITY, CatalogList, Row, decimal_cell
from stockwarden.exports.catalog_model import ListName
from stockwarden.exports.catalog_source import CatalogSource
from stockwarden.kits.components import ComponentRepository
from stockwarden.stock.valuation import total
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import consumption as consumption_keys
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import stock as keys

_UTC = ZoneInfo("UTC")
_BATCH = 100


def _kits(source: CatalogSource, _: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each component."""
    repository = ComponentRepository(source.stock)
    listed = source.stock.query_all("#listed_in = :kits", index="by_list", kits=kit_keys.KITS)
    while batch := [keys.item_id_in(item) for item in islice(listed, _BATCH)]:
        records = repository.find_many(batch)
        heads = _heads(source, {*batch, *(each for r in records.values() for each in r.totals)})
        for kit_id in batch:
            if kit_id not in records or kit_id not in heads:
                continue
            for line in records[kit_id].lines:
                yield [
                    heads[kit_id]["sku"],
                    heads[kit_id]["name"],
                    heads[line.item_id]["sku"],
                    heads[line.item_id]["name"],
                    json_number(Fraction(line.quantity)),
                    line.unit,
                    json_number(line.base_quantity),
                    exact_text(line.base_quantity),
                    line.base_unit,
                ]


def _consumption(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each entry, newest first; corrections are entries of their own."""
    wanted = ConsumptionFilter(
        item_id=selection.get("item_id"),
        purpose=selection.get("purpose"),
        warehouse_id=selection.get("warehouse_id"),
        first=_moment(selection.get("first")),
        last=_moment(selection.get("last")),
    )
    reach = selection["reach"]
    repository = EntryRepository(source.stock)
    listed = (
        consumption_keys.entry_id_in(each)
        for each in listed_entries(repository, wanted, chunk=_BATCH)
        if wanted.fits(each) and (reach is None or each["warehouse_id"] in reach)
    )
    while batch := list(islice(listed, _BATCH)):
        entries = repository.find_many(batch)
        heads = _heads(source, {entry.item_id for entry in entries})
        for entry in entries:
            yield _entry(source, heads[entry.item_id], entry)


def _entry(source: CatalogSource, head: Item, entry: Entry) -> Row:
    return [
        moment(entry.effective_at, _UTC),
        date.fromisoformat(entry.day),
        head["sku"],
        head["name"],
        json_number(entry.quantity),
        exact_text(entry.quantity),
        head["unit"],
        "components" if entry.of_components else "itself",
        source.warehouse(entry.warehouse_id),
        entry.purpose,
        entry.note,
        source.person(entry.by),
        entry.by,
        source.person(entry.logged_by),
        decimal_cell(total(part.value for part in entry.parts)),
        head.get("currency"),
        entry.id,
        entry.corrects,
        entry.corrected_by,
    ]


def _heads(source: CatalogSource, item_ids: set[str]) -> dict[str, Item]:
    stored = source.stock.get_many([keys.head(each) for each in sorted(item_ids)])
    return {head["id"]: head for head in stored}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


USAGE_LISTS: Mapping[ListName, CatalogList] = {
    ListName.KITS: CatalogList(
        "Kits",
        {"Kit SKU": 18, "Kit": 40, "SKU": 18, "Name": 40, "Given quantity": 14, "Given unit": 12}
        | QUANTITY,
        _kits,
    ),
    ListName.CONSUMPTION: CatalogList(
        "Consumption",
        {"Happened (UTC)": 19, "Day": 12, "SKU": 18, "Name": 40}
        | QUANTITY
        | {"Used as": 12, "Warehouse": 24, "Purpose": 24, "Note": 30, "Person": 18}
        | {"Person's id": 34, "Logged by": 18, "Value": 14, "Currency": 9, "Id": 34}
        | {"Corrects": 34, "Corrected by": 34},
        _consumption,
    ),
}
