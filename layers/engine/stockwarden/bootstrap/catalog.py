"""Services of the catalog: items and lots, units, categories, suppliers and parts, types."""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.bootstrap.ledger import (
    audit_log,
    authorize_moves,
    ledger,
    main_warehouse,
    unit_repository,
)
from stockwarden.bootstrap.stores import (
    catalog_table,
    settings,
    stock_table,
)
from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.category_service import CategoryService
from stockwarden.catalog.inventory_types import InventoryTypeRepository, InventoryTypeService
from stockwarden.catalog.parts import PartService
from stockwarden.catalog.supplier_service import SupplierRepository, SupplierService
from stockwarden.catalog.unit_service import UnitService
from stockwarden.core import clock
from stockwarden.stock.code_lookup import CodeLookup
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.item_repository import ItemRepository
from stockwarden.stock.item_service import ItemService
from stockwarden.stock.lots import LotService
from stockwarden.storage import clients

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

    from stockwarden.exports.catalog_service import CatalogExportService
    from stockwarden.imports.service import ImportService
    from stockwarden.search.service import SearchService


@cache
def category_repository() -> CategoryRepository:
    return CategoryRepository(catalog_table())


@cache
def supplier_repository() -> SupplierRepository:
    return SupplierRepository(catalog_table(), clock.utc_now)


@cache
def inventory_type_repository() -> InventoryTypeRepository:
    return InventoryTypeRepository(catalog_table(), clock.utc_now)


@cache
def unit_service() -> UnitService:
    return UnitService(unit_repository(), audit=audit_log())


@cache
def category_service() -> CategoryService:
    return CategoryService(category_repository(), clock.utc_now, audit=audit_log())


@cache
def supplier_service() -> SupplierService:
    return SupplierService(supplier_repository(), audit=audit_log())


@cache
def part_service() -> PartService:
    return PartService(
        catalog_table(),
        clock.utc_now,
        suppliers=supplier_repository(),
        units=unit_repository(),
        audit=audit_log(),
    )


@cache
def inventory_type_service() -> InventoryTypeService:
    return InventoryTypeService(inventory_type_repository(), audit=audit_log())


@cache
def item_service() -> ItemService:
    repository = ItemRepository(catalog_table(), stock_table(), unit_repository(), clock.utc_now)
    return ItemService(
        repository,
        ledger(),
        audit_log(),
        authorize=authorize_moves,
        main_warehouse=main_warehouse,
    )


def import_service() -> "ImportService":
    """Imported on first use."""
    from stockwarden.bootstrap import imports

    return imports.import_service()


@cache
def code_lookup() -> CodeLookup:
    return CodeLookup(FactsReader(catalog_table()), item_service().find, clock.utc_now)


@cache
def lot_service() -> LotService:
    return LotService(catalog_table(), stock_table(), ledger().recovery, clock.utc_now)


def catalog_export_service() -> "CatalogExportService":
    """Imported on first use."""
    from stockwarden.bootstrap import catalog_exports

    return catalog_exports.catalog_export_service()


def search_service() -> "SearchService":
    """Imported on first use."""
    from stockwarden.bootstrap import search

    return search.search_service()


@cache
def kept_answers() -> "DynamoDBPersistenceLayer":
    """The store of answers to requests with an `Idempotency-Key`; imported on first use."""
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

    return DynamoDBPersistenceLayer(settings().idempotency_table, boto3_client=clients.dynamodb())
