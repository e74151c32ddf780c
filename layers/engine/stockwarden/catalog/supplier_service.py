"""Use cases of suppliers, with permission checks."""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.entries import CatalogEntries
from stockwarden.catalog.lead_times import measured
from stockwarden.catalog.named_records import NamedRecords
from stockwarden.catalog.patches import changed, given_fields
from stockwarden.catalog.references import check_unreferenced, count_references
from stockwarden.catalog.supplier_model import (
    Supplier,
    SupplierPage,
    SupplierPatch,
    SupplierRequest,
)
from stockwarden.core.clock import Clock
from stockwarden.core.errors import NotFound
from stockwarden.core.ids import derived_id, new_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Operation, Table
from stockwarden.storage.versions import check_version

# What refers to a supplier: its parts, the items that name it, and its orders.
_COUNTERS = ("parts", "items", "orders")
_FIELDS = (*SupplierRequest.model_fields, "archived")
_REMOVABLE = ("contact", "website", "notes", "lead_time_days", "minimum_order")


class SupplierRepository(NamedRecords):
    def __init__(self, table: Table, clock: Clock) -> None:
        super().__init__(
            table,
            clock,
            records=keys.suppliers(),
            kind="supplier",
            what="supplier",
            counters=_COUNTERS,
        )

    def count(self, supplier_id: str, counter: str, more: int) -> Operation:
        """What raises or lowers a counter (`parts`, `items`, `orders`), for the transaction of who
        refers to the supplier. It fails if the supplier is deleted by then."""
        return count_references(self.table, self.records.key(supplier_id), counter, more)


class SupplierService:
    def __init__(self, repository: SupplierRepository, *, audit: AuditLog) -> None:
        self.repository = repository
        self.entries = CatalogEntries(audit, "supplier", _FIELDS)

    def create(
        self, caller: Caller, request: SupplierRequest, operation_id: str | None
    ) -> Supplier:
        """Raises Conflict for a name that is taken."""
        require_company_change(caller, Role.MANAGER)
        supplier_id = derived_id("spl", operation_id) if operation_id else new_id("spl")
        existing = self.repository.find(supplier_id) if operation_id else None
        if existing is None:
            facts = request.model_dump(mode="json", exclude_none=True)
            facts["contact"] = facts.get("contact") or None
            entry = self.entries.entry(caller, supplier_id, None, facts)
            existing = self.repository.add(supplier_id, facts, beside=[entry])
        return _supplier(existing)

    def list_suppliers(
        self, caller: Caller, *, archived: bool | None, limit: int, cursor: str | None
    ) -> SupplierPage:
        require_role(caller, Role.VIEWER)
        items, more = self.repository.list_page(f"suppliers#{archived}", limit, cursor)
        if archived is not None:
            items = [item for item in items if item.get("archived", False) is archived]
        return SupplierPage(suppliers=list(map(_supplier, items)), next_cursor=more)

    def find_supplier(self, caller: Caller, supplier_id: str) -> Supplier:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        return _supplier(self._existing(supplier_id))

    def change(
        self,
        caller: Caller,
        supplier_id: str,
        patch: SupplierPatch,
        expected_version: int | None,
    ) -> Supplier:
        """Raises Conflict for a name that is taken, PreconditionFailed."""
        require_company_change(caller, Role.MANAGER)
        given = given_fields(patch, removable=_REMOVABLE)
        before = self._existing(supplier_id)
        check_version(before, expected_version, "supplier")
        if given.get("contact") is not None:
            given["contact"] = _merged(before.get("contact"), given["contact"])
        changes = changed({"archived": False, **before}, given)
        if not changes:
            return _supplier(before)
        entry = self.entries.entry(caller, supplier_id, before, {**before, **changes})
        return _supplier(self.repository.change(before, changes, beside=[entry]))

    def remove(self, caller: Caller, supplier_id: str, expected_version: int | None) -> None:
        """Raises Conflict where something refers to the supplier."""
        require_company_change(caller, Role.MANAGER)
        before = self._existing(supplier_id)
        check_version(before, expected_version, "supplier")
        check_unreferenced(before, _COUNTERS, before["name"])
        entry = self.entries.entry(caller, supplier_id, before, None)
        self.repository.remove(before, beside=[entry])

    def _existing(self, supplier_id: str) -> Item:
        supplier = self.repository.find(supplier_id)
        if supplier is None:
            raise NotFound("There is no such supplier.")
        return supplier


def _merged(before: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    merged = {**(before or {}), **given}
    return {name: value for name, value in merged.items() if value is not None} or None


def _supplier(item: Item) -> Supplier:
    return Supplier.model_validate({**item, **measured(item)})
