"""API models of exports of the catalog's lists and of stock."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stockwarden.core.fields import Moment
from stockwarden.exports.exported_file import ExportedFile, TableFormat
from stockwarden.orders.states import OrderStatus, OrderType
from stockwarden.stock.item_model import ItemStatus
from stockwarden.stock.requests import Code, Id


class ListName(StrEnum):
    ITEMS = "items"
    LOTS = "lots"
    CATEGORIES = "categories"
    SUPPLIERS = "suppliers"
    PARTS = "parts"
    UNITS = "units"
    INVENTORY_TYPES = "inventory_types"
    STOCK = "stock"
    MOVEMENTS = "movements"
    ORDERS = "orders"
    ORDER_LINES = "order_lines"
    KITS = "kits"
    CONSUMPTION = "consumption"


_OF_ITEMS = frozenset(
    {"status", "category", "supplier", "inventory_type", "low_stock", "q", "warehouse_id"}
)
_OF_ORDERS = frozenset({"type", "order_status", "supplier", "item_id", "q", "late"})
# The filters that a list knows; none for the others.
_FILTERS = {
    ListName.ITEMS: _OF_ITEMS,
    ListName.LOTS: _OF_ITEMS | {"item_id"},
    ListName.PARTS: frozenset({"supplier"}),
    ListName.STOCK: frozenset({"warehouse_id", "location", "item_id"}),
    ListName.MOVEMENTS: _OF_ITEMS | {"item_id", "first", "last"},
    ListName.ORDERS: _OF_ORDERS,
    ListName.ORDER_LINES: _OF_ORDERS,
    ListName.CONSUMPTION: frozenset({"item_id", "warehouse_id", "purpose", "first", "last"}),
}


class CatalogExportFilter(BaseModel):
    """Of items, as the filters of their list, and so of lots and movements, which are those of
    these items. `from` and `to` are about when a movement happened; `warehouse_id` leaves only
    movements there, and must be given for `stock`; `supplier` is also that of parts, and `item_id`
    leaves only the lots, stock, movements or consumption of one item; `purpose` is that of
    consumption.

    Of orders and their lines, as the filters of their list: `q` is what the number begins with, and
    `order_status` may be `open`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    status: ItemStatus | None = None
    category: Id | None = None
    supplier: Id | None = None
    inventory_type: Id | None = None
    low_stock: bool | None = None
    q: str | None = Field(default=None, min_length=1, max_length=100)
    warehouse_id: Id | None = None
    location: Code | None = None
    item_id: Id | None = None
    type: OrderType | None = None
    order_status: OrderStatus | Literal["open"] | None = None
    late: bool | None = None
    purpose: str | None = Field(default=None, min_length=1, max_length=100)
    first: Moment | None = Field(default=None, alias="from")
    last: Moment | None = Field(default=None, alias="to")


class CatalogExportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    list_name: ListName = Field(alias="list")
    format: TableFormat
    filters: CatalogExportFilter = CatalogExportFilter()

    @model_validator(mode="after")
    def _check_filters(self) -> Self:
        known = _FILTERS.get(self.list_name, frozenset())
        for name, value in self.filters:
            if value is not None and name not in known:
                field = CatalogExportFilter.model_fields[name].alias or name
                raise ValueError(f"The list of {self.list_name} has no filter {field!r}")
        if self.list_name is ListName.STOCK and self.filters.warehouse_id is None:
            raise ValueError("The stock is that of a warehouse: give filters.warehouse_id")
        return self


class CatalogExport(ExportedFile):
    """Once `ready`, it has a link to the file; each request creates a new link.

    `rows` are in the file; `truncated` says that there are more, for which it had no room: narrow
    the filters. After `expires_at` the export is deleted.
    """

    model_config = ConfigDict(populate_by_name=True)

    list_name: ListName = Field(alias="list")
    format: TableFormat
    rows: int | None = None
    truncated: bool | None = None
