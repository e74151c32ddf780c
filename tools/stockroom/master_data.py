"""Stores the catalog of the made-up company, by the services of the product.

What is there is left as it is, so a call that was interrupted goes on, and one that is repeated
adds nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.category_model import CategoryRequest
from stockwarden.catalog.category_service import CategoryService
from stockwarden.catalog.inventory_types import (
    InventoryTypeRepository,
    InventoryTypeRequest,
    InventoryTypeService,
)
from stockwarden.catalog.parts import PartService
from stockwarden.catalog.supplier_model import PartRequest, SupplierRequest
from stockwarden.catalog.supplier_service import SupplierRepository, SupplierService
from stockwarden.catalog.unit_model import UnitRequest
from stockwarden.catalog.unit_service import UnitService
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller
from stockwarden.stock.item_model import ItemRequest
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Table
from tools.stockroom import catalog
from tools.stockroom.catalog import CatalogItem, operation_of
from tools.stockroom.services import Services, Tables, at_once

T = TypeVar("T")


@dataclass(frozen=True)
class MasterData:
    """Stores what items need, and then the items; `keeper` makes them on the morning of a day."""

    tables: Tables
    keeper: Caller
    day: date

    def store(self, items: Sequence[CatalogItem]) -> dict[str, int]:
        """{noun: how many were added}. Raises Conflict where something of another has the name or
        code of one of these."""
        return {
            "units": self._units(),
            "inventory types": self._types(),
            "categories": self._categories(items),
            "suppliers": self._suppliers(),
            "items": self._items(items),
            "parts": self._parts(items),
        }

    def store_kits(self, kits: Sequence[CatalogItem]) -> int:
        """Items that nobody sells, after the others. How many were added."""
        self._categories(kits)
        return self._items(kits)

    def _services(self, minutes: int = 0) -> Services:
        morning = datetime.combine(self.day, time(5), UTC)
        return Services(self.tables, morning + timedelta(minutes=minutes))

    def _units(self) -> int:
        services = self._services()
        service = UnitService(services.units, audit=services.audit)
        requests = [UnitRequest(**each) for each in catalog.unit_requests()]
        there = services.units.find_many(each.code for each in requests)
        missing = [each for each in requests if each.code not in there]
        for each in missing:
            service.create(self.keeper, each, operation_of("unit", each.code))
        return len(missing)

    def _types(self) -> int:
        services = self._services(1)
        repository = InventoryTypeRepository(self.tables.catalog, services.clock)
        service = InventoryTypeService(repository, audit=services.audit)
        requests = [InventoryTypeRequest(**each) for each in catalog.type_requests()]
        missing = [each for each in requests if not repository.find(catalog.type_id(each.name))]
        for each in missing:
            service.create(self.keeper, each, operation_of("type", each.name))
        return len(missing)

    def _categories(self, items: Sequence[CatalogItem]) -> int:
        services = self._services(2)
        repository = CategoryRepository(self.tables.catalog)
        service = CategoryService(repository, services.clock, audit=services.audit)
        tree = repository.load_tree()
        paths = catalog.categories(items)
        missing = [path for path in paths if not tree.find(catalog.category_id(path))]
        for path in missing:
            parent = catalog.category_id(path[:-1]) if len(path) > 1 else None
            request = CategoryRequest(name=path[-1], parent_id=parent)
            service.create(self.keeper, request, operation_of("category", *path))
        return len(missing)

    def _suppliers(self) -> int:
        services = self._services(3)
        repository = SupplierRepository(self.tables.catalog, services.clock)
        service = SupplierService(repository, audit=services.audit)
        requests = [SupplierRequest(**each) for each in catalog.supplier_requests()]
        suppliers = catalog_keys.suppliers()
        missing = self._missing(
            self.tables.catalog,
            requests,
            lambda each: suppliers.key(catalog.supplier_id(each.name)),
        )

        def make(request: SupplierRequest) -> None:
            service.create(self.keeper, request, operation_of("supplier", request.name))

        return len(list(at_once(make, missing)))

    def _items(self, items: Sequence[CatalogItem]) -> int:
        service = self._services(10).items
        missing = self._missing(self.tables.stock, items, lambda each: keys.head(each.id))

        def make(item: CatalogItem) -> None:
            kept_by = item.request.get("inventory_type")
            request = ItemRequest.model_validate(
                {
                    **item.request,
                    "category": catalog.category_id(item.path),
                    "supplier": catalog.supplier_id(item.supplier) if item.supplier else None,
                    "inventory_type": catalog.type_id(kept_by) if kept_by else None,
                }
            )
            service.create(self.keeper, RequestKey(operation_of("item", item.sku), ""), request)

        return len(list(at_once(make, missing)))

    def _parts(self, items: Sequence[CatalogItem]) -> int:
        services = self._services(20)
        service = PartService(
            self.tables.catalog,
            services.clock,
            suppliers=SupplierRepository(self.tables.catalog, services.clock),
            units=services.units,
            audit=services.audit,
        )
        parts = [
            (catalog.supplier_id(name), item.id, body)
            for item in items
            for name, body in catalog.part_requests(item)
        ]
        missing = self._missing(
            self.tables.catalog, parts, lambda part: key_of(catalog_keys.part(part[1], part[0]))
        )

        def save(part: tuple[str, str, dict[str, Any]]) -> None:
            supplier_id, item_id, body = part
            request = PartRequest.model_validate(body)
            service.save(self.keeper, supplier_id, item_id, request, None)

        return len(list(at_once(save, missing)))

    def _missing(self, table: Table, wanted: Sequence[T], key_for: Callable[[T], Item]) -> list[T]:
        """Those that are not in the table."""
        there = table.get_many([key_for(each) for each in wanted], consistent=True)
        stored = {tuple(key_of(item).values()) for item in there}
        return [each for each in wanted if tuple(key_for(each).values()) not in stored]
