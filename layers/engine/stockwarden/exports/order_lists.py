"""Orders and their lines as tables: their columns, and the rows of each."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.core.cells import moment
from stockwarden.core.exact import json_number
from stockwarden.exports.catalog_lists import CatalogList, Row, decimal_cell
from stockwarden.exports.catalog_model import ListName
from stockwarden.exports.catalog_source import CatalogSource
from stockwarden.orders.line import OrderLine
from stockwarden.orders.order_list import OrderFilter, with_status
from stockwarden.orders.progress import LineProgress, progress_of
from stockwarden.orders.states import OrderType
from stockwarden.storage.attributes import Item

_UTC = ZoneInfo("UTC")


def _orders(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    for order in source.orders(order_filter(selection), selection["reach"]):
        yield [
            *_named(order),
            order["currency"],
            decimal_cell(order["subtotal"]),
            decimal_cell(order["costs_total"]),
            decimal_cell(order["total"]),
            order["lines"],
            order["open_lines"],
            source.warehouse(order["warehouse_id"]),
            *(_moment(order.get(name)) for name in _MOMENTS),
            order.get("closed_short", False),
            order.get("note"),
            source.person(order["by"]),
            order["id"],
        ]


def _order_lines(source: CatalogSource, selection: Mapping[str, Any]) -> Iterator[Row]:
    wanted = selection.get("item_id")
    for order in source.orders(order_filter(selection), selection["reach"]):
        progress = source.order_progress(order)
        for line in source.order_lines(order):
            if wanted in {None, line.item_id}:
                yield [*_named(order), *_line(order, line, progress_of(progress, line))]


def _line(order: Item, line: OrderLine, moved: LineProgress) -> Row:
    done = moved.done
    return [
        line.id,
        line.sku,
        line.item_name,
        json_number(Fraction(line.quantity)),
        line.unit if line.pack_size is None else "pack",
        None if line.pack_size is None else json_number(line.pack_size),
        line.part_number,
        json_number(line.base_quantity),
        line.base_unit,
        decimal_cell(line.price),
        None if line.amount is None else json_number(line.amount),
        json_number(line.costs),
        order["currency"],
        json_number(line.as_ordered(done)),
        json_number(line.as_ordered(moved.returned)),
        json_number(line.as_ordered(moved.open_of(line))),
        _moment(order.get("expected_at")),
    ]


def _named(order: Item) -> Row:
    partner = order.get("supplier_name") or order.get("customer")
    return [order["number"], order["type"], order["status"], partner]


def _moment(text: str | None) -> Any:
    return None if text is None else moment(text, _UTC)


def order_filter(selection: Mapping[str, Any]) -> OrderFilter:
    """The orders that a stored selection is about."""
    kind = selection.get("type")
    return OrderFilter(
        kind=None if kind is None else OrderType(kind),
        statuses=with_status(selection.get("order_status")),
        supplier_id=selection.get("supplier"),
        item_id=selection.get("item_id"),
        number=selection.get("q"),
        late=selection.get("late"),
    )


_MOMENTS = ("created_at", "placed_at", "expected_at", "last_moved_at", "completed_at")
_NAMES = {"Order": 16, "Type": 10, "Status": 18, "Supplier or customer": 30}
ORDER_LISTS: Mapping[ListName, CatalogList] = {
    ListName.ORDERS: CatalogList(
        "Orders",
        _NAMES
        | {"Currency": 9, "Goods": 14, "Costs": 12, "Total": 14, "Lines": 8, "Open lines": 10}
        | {"Warehouse": 24, "Created (UTC)": 19, "Placed (UTC)": 19, "Expected (UTC)": 19}
        | {"Last moved (UTC)": 19, "Completed (UTC)": 19, "Closed short": 12, "Note": 40}
        | {"Person": 18, "Id": 34},
        _orders,
    ),
    ListName.ORDER_LINES: CatalogList(
        "Order lines",
        _NAMES
        | {"Line": 8, "SKU": 18, "Name": 40, "Quantity": 12, "Ordered in": 10, "Pack size": 10}
        | {"Part number": 20, "Base quantity": 13, "Base unit": 9, "Price": 12, "Amount": 14}
        | {"Share of costs": 13, "Currency": 9, "Moved": 12, "Returned": 12, "Open": 12}
        | {"Expected (UTC)": 19},
        _order_lines,
    ),
}
