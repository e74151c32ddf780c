"""The catalog's conditions and transactions as DynamoDB has them, with many writers at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.category_model import CategoryPatch, CategoryRequest
from stockwarden.catalog.category_service import CategoryService
from stockwarden.catalog.parts import PartService
from stockwarden.catalog.references import count_references
from stockwarden.catalog.supplier_model import PartRequest, SupplierPatch, SupplierRequest
from stockwarden.catalog.supplier_service import SupplierRepository, SupplierService
from stockwarden.catalog.unit_model import UnitPatch, UnitRequest
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.unit_service import UnitService
from stockwarden.catalog.units import Dimension
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Conflict, Invalid, PreconditionFailed
from stockwarden.identity.access import Role
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Table, write
from tests.support.gateway import USER

MANAGER = replace(USER, role=Role.MANAGER)
PART = PartRequest(part_number="N-1", unit="box", pack_size=2, price="12.50")


class Catalog:
    def __init__(self, table: Table, audit: AuditLog) -> None:
        self.table = table
        self.units = UnitRepository(table, utc_now)
        self.suppliers = SupplierRepository(table, utc_now)
        self.unit_service = UnitService(self.units, audit=audit)
        self.supplier_service = SupplierService(self.suppliers, audit=audit)
        self.category_service = CategoryService(CategoryRepository(table), utc_now, audit=audit)
        self.parts = PartService(
            table, utc_now, suppliers=self.suppliers, units=self.units, audit=audit
        )

    def add_box(self) -> None:
        box = UnitRequest(code="box", name="Box", dimension=Dimension.COUNT, factor="12")
        self.unit_service.create(MANAGER, box, None)

    def add_category(self, name: str) -> str:
        return self.category_service.create(MANAGER, CategoryRequest(name=name), None).id


@pytest.fixture
def catalog(aws_client, catalog_table, audit_table) -> Iterator[Catalog]:
    client = aws_client("dynamodb")
    yield Catalog(Table(client, catalog_table), AuditLog(Table(client, audit_table), utc_now))


def test_moves_of_many_at_once_leave_a_tree(catalog):
    ids = [catalog.add_category(name) for name in "ABCD"]

    def move(position):
        patch = CategoryPatch(parent_id=ids[(position + 1) % len(ids)])
        try:
            catalog.category_service.change(MANAGER, ids[position], patch, None)
        except Invalid:
            return "cycle"
        return "moved"

    with ThreadPoolExecutor(len(ids)) as pool:
        outcomes = list(pool.map(move, range(len(ids))))
    assert sorted(outcomes) == ["cycle", "moved", "moved", "moved"]
    tree = catalog.category_service.repository.load_tree()
    assert len(tree.in_order()) == len(ids)


def test_a_name_is_claimed_once(catalog):
    def create(_):
        try:
            return catalog.supplier_service.create(MANAGER, SupplierRequest(name="Acme"), None).id
        except Conflict:
            return None

    with ThreadPoolExecutor(8) as pool:
        (supplier_id,) = filter(None, pool.map(create, range(8)))
    renamed = SupplierPatch(name="Zenith")
    catalog.supplier_service.change(MANAGER, supplier_id, renamed, None)
    assert create(0)
    with pytest.raises(Conflict):
        catalog.supplier_service.create(MANAGER, SupplierRequest(name="ZENITH"), None)
    catalog.supplier_service.remove(MANAGER, supplier_id, 2)
    assert catalog.suppliers.find(supplier_id) is None


def test_what_is_referred_to_stays(catalog):
    catalog.add_box()
    supplier = catalog.supplier_service.create(MANAGER, SupplierRequest(name="Acme"), None)
    catalog.table.put_all([{**keys.item("itm_1"), "id": "itm_1"}])
    catalog.parts.save(MANAGER, supplier.id, "itm_1", PART, None)
    before = catalog.suppliers.find(supplier.id)
    with pytest.raises(PreconditionFailed):
        catalog.suppliers.remove(before)
    unit = catalog.units.find("box")
    assert unit.uses == 1
    with pytest.raises(PreconditionFailed):
        catalog.units.remove(unit)
    with pytest.raises(PreconditionFailed):
        catalog.units.change(unit, {"factor": "10"}, only_unused=True)
    listed = catalog.parts.list_parts(MANAGER, supplier.id, 10, None)
    assert [part.item_id for part in listed.parts] == ["itm_1"]
    catalog.parts.remove(MANAGER, supplier.id, "itm_1", 1)
    catalog.unit_service.change(MANAGER, "box", UnitPatch(factor="10"), None)
    catalog.unit_service.remove(MANAGER, "box", None)
    catalog.supplier_service.remove(MANAGER, supplier.id, None)


def test_a_category_with_items_stays(catalog):
    category_id = catalog.add_category("A")
    repository = catalog.category_service.repository
    write(
        count_references(repository.table, catalog_keys.categories().key(category_id), "items", 1)
    )
    with pytest.raises(Conflict):
        catalog.category_service.remove(MANAGER, category_id, None)
    write(
        count_references(repository.table, catalog_keys.categories().key(category_id), "items", -1)
    )
    catalog.category_service.remove(MANAGER, category_id, None)
    assert repository.find(category_id) is None
