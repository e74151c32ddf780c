"""The jobs of the analysis function that write lists to files, and read items from them."""

from stockwarden.bootstrap.imports import import_repository
from stockwarden.bootstrap.ledger import (
    authorize_moves,
    ledger,
    main_warehouse,
    unit_repository,
)
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    audit_repository,
    export_repository,
    report_repository,
    result_sets,
    user_repository,
    warehouse_repository,
)
from stockwarden.bootstrap.stores import (
    catalog_table,
    objects,
    stock_table,
    users_table,
)
from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.inventory_types import InventoryTypeRepository
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.core import clock
from stockwarden.exports.audit_file import AuditLogWriter
from stockwarden.exports.catalog_source import CatalogSource
from stockwarden.exports.catalog_writer import CatalogWriter
from stockwarden.exports.job import ExportJob
from stockwarden.exports.repository import AUDIT_LOG, CATALOG
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.imports.checking import ImportCheck
from stockwarden.imports.files import ImportFiles
from stockwarden.imports.intake import ImportIntake
from stockwarden.imports.job import ImportJob
from stockwarden.imports.references import ReferenceReader
from stockwarden.imports.roll_forward import RollForward
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.item_batch import ItemBatch
from stockwarden.stock.item_repository import ItemRepository


def export_job() -> ExportJob:
    return ExportJob(
        repository=export_repository(),
        reports=report_repository(),
        anomalies=anomaly_repository(),
        result_sets=result_sets(),
        writers={
            AUDIT_LOG: AuditLogWriter(audit_repository(), UserDirectory(users_table())),
            CATALOG: CatalogWriter(_catalog_source),
        },
        objects=objects(),
        clock=clock.utc_now,
    )


def _catalog_source() -> CatalogSource:
    return CatalogSource(
        catalog_table(),
        stock_table(),
        directory=UserDirectory(users_table()),
        warehouses=warehouse_repository(),
        clock=clock.utc_now,
    )


def import_intake() -> ImportIntake:
    return ImportIntake(import_repository(), objects(), UserDirectory(users_table()))


def import_job() -> ImportJob:
    facts = FactsReader(catalog_table())
    references = ReferenceReader(
        categories=CategoryRepository(catalog_table()),
        suppliers=SupplierRepository(catalog_table(), clock.utc_now),
        inventory_types=InventoryTypeRepository(catalog_table(), clock.utc_now),
        units=unit_repository(),
    )
    items = ItemRepository(catalog_table(), stock_table(), unit_repository(), clock.utc_now)
    return ImportJob(
        repository=import_repository(),
        files=ImportFiles(objects()),
        check=ImportCheck(catalog_table(), stock_table(), facts, references),
        roll_forward=RollForward(import_repository(), ItemBatch(items, ledger(), audit_log())),
        directory=UserDirectory(users_table()),
        find_user=user_repository().find,
        authorize=authorize_moves,
        main_warehouse=main_warehouse,
    )
