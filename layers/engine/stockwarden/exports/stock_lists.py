"""Stock and its movements as tables: their columns, and the rows of each."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.core.cells import moment
from stockwarden.core.exact import exact_text, json_number, parse_fraction
from stockwarden.exports.catalog_lists import (
    QUANTITY,
    CatalogList,
    Row,
    decimal_cell,
    item_filter,
)
from stockwarden.exports.catalog_model import ListName
from stockwarden.exports.catalog_source import MOST_ROWS, CatalogSource
from stockwarden.stock.model import place_view
from stockwarden.stock.movement import Movement, read_movement
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place

_UTC = ZoneInfo("UTC")
# Sorts after every order of movements.
_END = "9999"


def _stock(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    wanted = selection.get("item_id")
    balances = source.balances(selection["warehouse_id"], selection.get("location"))
    for balance, head in balances:
        quantity = parse_fraction(balance["quantity"])
        if quantity and wanted in {None, head["id"]}:
            yield [
                *_place(source, keys.place_in(balance)),
                head["sku"],
                head["name"],
                json_number(quantity),
                exact_text(quantity),
                head["unit"],
            ]


def _movements(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    first, last = selection.get("first", ""), selection.get("last", _END)

    def read(head: Item) -> list[Movement]:
        # The end of a day may be given as that of its last moment: it belongs to the period.
        period = keys.movements(head["id"]).between(first=first, last=f"{last}$")
        items = source.stock.query_all(period) if head["seq"] else ()
        # Of more than a file holds none would be written.
        return list(map(read_movement, islice(items, MOST_ROWS + 1)))

    for head, movements in source.with_reads(
        source.heads(item_filter(selection), selection.get("item_id")), read
    ):
        for movement in movements:
            if _is_wanted(movement, selection):
                yield _movement(source, head, movement)


def _movement(source: CatalogSource, head: Item, movement: Movement) -> Row:
    return [
        moment(movement.effective_at, _UTC),
        moment(movement.recorded_at, _UTC),
        movement.kind.value,
        head["sku"],
        head["name"],
        json_number(movement.quantity),
        exact_text(movement.quantity),
        head["unit"],
        *_place(source, movement.place),
        *(_place(source, movement.to) if movement.to else [None] * 3),
        json_number(movement.balance_after),
        decimal_cell(movement.value),
        decimal_cell(movement.unit_cost),
        head.get("currency"),
        movement.reason,
        source.person(movement.by),
        movement.by,
        ", ".join(movement.serials) or None,
        movement.seq,
        movement.id,
        movement.reverses,
        movement.reversed_by,
    ]


def _is_wanted(movement: Movement, selection: Mapping[str, Any]) -> bool:
    warehouses, reach = movement.warehouses(), selection["reach"]
    within = reach is None or not warehouses.isdisjoint(reach)
    wanted = selection.get("warehouse_id")
    return within and (wanted is None or wanted in warehouses)


def _place(source: CatalogSource, place: Place) -> Row:
    view = place_view(place)
    return [source.warehouse(place.warehouse_id), view["location"], view["lot"]]


_PLACE = {"Warehouse": 24, "Location": 16, "Lot": 16}
STOCK_LISTS: Mapping[ListName, CatalogList] = {
    ListName.STOCK: CatalogList("Stock", _PLACE | {"SKU": 18, "Name": 40} | QUANTITY, _stock),
    ListName.MOVEMENTS: CatalogList(
        "Movements",
        {"Happened (UTC)": 19, "Recorded (UTC)": 19, "Kind": 12, "SKU": 18, "Name": 40}
        | QUANTITY
        | _PLACE
        | {f"To {name.lower()}": width for name, width in _PLACE.items()}
        | {"Balance after": 13, "Value": 14, "Unit cost": 12, "Currency": 9, "Reason": 30}
        | {"Person": 18, "Person's id": 34, "Serials": 24, "Number": 8, "Id": 34}
        | {"Reverses": 34, "Reversed by": 34},
        _movements,
    ),
}
