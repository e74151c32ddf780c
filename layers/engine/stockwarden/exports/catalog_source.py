"""What exports read of the catalog, of stock and of orders, in batches: items, what belongs to
them, and the names of what they refer to."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.inventory_types import InventoryTypeRepository
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.catalog.tree import CategoryTree
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.units import Unit
from stockwarden.core.clock import Clock
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.orders.line import OrderLine, read_line
from stockwarden.orders.order_list import OrderFilter, OrderList
from stockwarden.orders.progress import Progress, read_progress
from stockwarden.stock.item_list import ItemFilter, ItemList
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Table
from stockwarden.warehouse.repository import WarehouseRepository

# Of one file: a fifth of what a sheet holds.
MOST_ROWS = 200_000
# Items whose records are read in one call, and items whose own lists are read at once: these stay
# in memory until they are written.
_BATCH, _AT_ONCE = 100, 8
_PAGE = 100
Read = TypeVar("Read")


class CatalogSource:
    """For one export: names are read once, and kept."""

    def __init__(
        self,
        catalog: Table,
        stock: Table,
        *,
        directory: UserDirectory,
        warehouses: WarehouseRepository,
        clock: Clock,
    ) -> None:
        self.catalog = catalog
        self.stock = stock
        self.directory = directory
        self.warehouses = warehouses
        self.clock = clock
        self._people: dict[str, str] = {}
        self._warehouse_names: dict[str, str] = {}

    def heads(self, wanted: ItemFilter, item_id: str | None = None) -> Iterator[Item]:
        """The heads of all items that are wanted, by name; or that of one item."""
        if item_id is not None:
            yield from self.stock.get_many([keys.head(item_id)])
            return
        items, cursor = ItemList(self.stock), None
        while True:
            heads, cursor = items.page(wanted, limit=_PAGE, cursor=cursor, backwards=False)
            yield from heads
            if cursor is None:
                return

    def with_records(self, heads: Iterator[Item]) -> Iterator[tuple[Item, Item]]:
        """Each head with the item's record in the catalog."""
        while batch := list(islice(heads, _BATCH)):
            stored = self.catalog.get_many([catalog_keys.item(head["id"]) for head in batch])
            records = {record["id"]: record for record in stored}
            for head in batch:
                if head["id"] in records:
                    yield records[head["id"]], head

    def with_reads(
        self, heads: Iterator[Item], read: Callable[[Item], Read]
    ) -> Iterator[tuple[Item, Read]]:
        """Each head with what `read` reads for it; a few items at once, in their order."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            while batch := list(islice(heads, _AT_ONCE)):
                yield from zip(batch, pool.map(read, batch), strict=True)

    def balances(
        self, warehouse_id: str, location: str | None = None
    ) -> Iterator[tuple[Item, Item]]:
        """What is in a warehouse, or at a location there, by location and item: each balance with
        the item's head."""
        condition = "#place_list = :place_list"
        values: Item = {"place_list": keys.place_list(warehouse_id)}
        if location is not None:
            condition += " AND begins_with(#placed, :prefix)"
            values["prefix"] = keys.placed_prefix(location)
        listed = self.stock.query_all(condition, index="by_place", **values)
        while batch := [key_of(item) for item in islice(listed, _BATCH)]:
            ids = sorted(set(map(keys.item_id_in, batch)))
            heads = {
                head["id"]: head for head in self.stock.get_many([keys.head(each) for each in ids])
            }
            for balance in self.stock.get_many(batch):
                head = heads.get(keys.item_id_in(balance))
                if head is not None:
                    yield balance, head

    def orders(self, wanted: OrderFilter, reach: Collection[str] | None) -> Iterator[Item]:
        """Those that are wanted, of the warehouses within reach."""
        for order in OrderList(self.stock, self.clock).every(wanted):
            if reach is None or order["warehouse_id"] in reach:
                yield order

    def order_lines(self, order: Item) -> Iterator[OrderLine]:
        lines = order_keys.lines(order["id"], order["revision"])
        return map(read_line, self.stock.query_all(lines))

    def order_progress(self, order: Item) -> Progress:
        stored = self.stock.get_many([order_keys.progress(order["id"])])
        return read_progress(stored[0] if stored else None)

    def suppliers(self) -> Iterator[Item]:
        """By name."""
        return _all_pages(SupplierRepository(self.catalog, self.clock).list_page, "suppliers")

    def inventory_types(self) -> Iterator[Item]:
        """By name."""
        return _all_pages(InventoryTypeRepository(self.catalog, self.clock).list_page, "types")

    def units(self) -> Iterator[Unit]:
        """By code, the standard ones among the company's own."""
        repository, cursor = UnitRepository(self.catalog, self.clock), None
        while True:
            units, cursor = repository.list_page(_PAGE, cursor)
            yield from units
            if cursor is None:
                return

    def parts(self, supplier_id: str) -> Iterator[Item]:
        return self.catalog.query_all(
            "#supplier_id = :supplier_id", index="by_supplier", supplier_id=supplier_id
        )

    @cached_property
    def tree(self) -> CategoryTree:
        return CategoryRepository(self.catalog).load_tree(consistent=False)

    @cached_property
    def supplier_names(self) -> dict[str, str]:
        return {supplier["id"]: supplier["name"] for supplier in self.suppliers()}

    @cached_property
    def type_names(self) -> dict[str, str]:
        return {each["id"]: each["name"] for each in self.inventory_types()}

    def category_path(self, category_id: str | None) -> str | None:
        """`Food > Dairy`, as an import reads it."""
        if category_id is None or self.tree.find(category_id) is None:
            return category_id
        return " > ".join(self.tree.names(category_id))

    def person(self, user_id: str) -> str | None:
        """The user name, of an account that is there."""
        if user_id not in self._people:
            self._people[user_id] = self.directory.names_of([user_id]).get(user_id, "")
        return self._people[user_id] or None

    def warehouse(self, warehouse_id: str) -> str:
        """The name; the id of one that is gone."""
        if warehouse_id not in self._warehouse_names:
            stored = self.warehouses.find(warehouse_id)
            self._warehouse_names[warehouse_id] = stored["name"] if stored else warehouse_id
        return self._warehouse_names[warehouse_id]


def _all_pages(page: Callable[..., Any], scope: str) -> Iterator[Item]:
    cursor = None
    while True:
        items, cursor = page(scope, _PAGE, cursor)
        yield from items
        if cursor is None:
            return
