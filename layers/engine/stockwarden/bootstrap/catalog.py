"""Services of the catalog: units, categories, suppliers with their parts, inventory types."""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap.stores import audit_table, catalog_table, settings
from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.category_service import CategoryService
from stockwarden.catalog.inventory_types import InventoryTypeRepository, InventoryTypeService
from stockwarden.catalog.parts import PartService
from stockwarden.catalog.supplier_service import SupplierRepository, SupplierService
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.unit_service import UnitService
from stockwarden.core import clock
from stockwarden.storage import clients

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer


@cache
def unit_repository() -> UnitRepository:
    return UnitRepository(catalog_table(), clock.utc_now)


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
    return UnitService(unit_repository(), audit=_audit_log())


@cache
def category_service() -> CategoryService:
    return CategoryService(category_repository(), clock.utc_now, audit=_audit_log())


@cache
def supplier_service() -> SupplierService:
    return SupplierService(supplier_repository(), audit=_audit_log())


@cache
def part_service() -> PartService:
    return PartService(
        catalog_table(),
        clock.utc_now,
        suppliers=supplier_repository(),
        units=unit_repository(),
        audit=_audit_log(),
    )


@cache
def inventory_type_service() -> InventoryTypeService:
    return InventoryTypeService(inventory_type_repository(), audit=_audit_log())


@cache
def kept_answers() -> "DynamoDBPersistenceLayer":
    """The store of answers to requests with an `Idempotency-Key`; imported on first use."""
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

    return DynamoDBPersistenceLayer(settings().idempotency_table, boto3_client=clients.dynamodb())


def _audit_log() -> AuditLog:
    # Not the one of `repositories`, which imports what no function of the catalog needs.
    return AuditLog(audit_table(), clock.utc_now)
