"""Inventory types: what is demanded of the stock of an item, with permission checks."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.entries import CatalogEntries
from stockwarden.catalog.named_records import NamedRecords
from stockwarden.catalog.patches import changed, given_fields
from stockwarden.catalog.references import check_unreferenced
from stockwarden.core.clock import Clock
from stockwarden.core.errors import Invalid, NotFound
from stockwarden.core.fields import FREE_TEXT, NAME
from stockwarden.core.ids import derived_id, new_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import Table
from stockwarden.storage.versions import check_version

_COUNTERS = ("items",)

TypeName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME
]
TypeDescription = Annotated[str, StringConstraints(max_length=1000), FREE_TEXT]
Demand = Annotated[bool, Field(strict=True)]


class InventoryTypeRequest(BaseModel):
    """What each movement of such an item must name. An expiry date belongs to a lot, so who
    demands one demands the other."""

    model_config = ConfigDict(extra="forbid")

    name: TypeName
    demands_lot: Demand = False
    demands_expiry: Demand = False
    demands_serial: Demand = False
    description: TypeDescription | None = None


class InventoryTypePatch(BaseModel):
    """A field that is left out stays as it is; null removes the description."""

    model_config = ConfigDict(extra="forbid")

    name: TypeName | None = None
    demands_lot: Demand | None = None
    demands_expiry: Demand | None = None
    demands_serial: Demand | None = None
    description: TypeDescription | None = None
    archived: bool | None = None


class InventoryType(BaseModel):
    """An `archived` one is not offered, and stays readable. `items` counts those of the type."""

    id: str
    name: str
    demands_lot: bool
    demands_expiry: bool
    demands_serial: bool
    description: str | None = None
    archived: bool = False
    items: int = 0
    created_at: str
    updated_at: str
    version: int


class InventoryTypePage(BaseModel):
    """By name. With a filter a page may have fewer than `limit`."""

    inventory_types: list[InventoryType]
    next_cursor: str | None


class InventoryTypeRepository(NamedRecords):
    def __init__(self, table: Table, clock: Clock) -> None:
        super().__init__(
            table,
            clock,
            records=keys.inventory_types(),
            kind="inventory_type",
            what="inventory type",
            counters=_COUNTERS,
        )


class InventoryTypeService:
    def __init__(self, repository: InventoryTypeRepository, *, audit: AuditLog) -> None:
        self.repository = repository
        fields = (*InventoryTypeRequest.model_fields, "archived")
        self.entries = CatalogEntries(audit, "inventory_type", fields)

    def create(
        self, caller: Caller, request: InventoryTypeRequest, operation_id: str | None
    ) -> InventoryType:
        """Raises Conflict for a name that is taken, Invalid."""
        require_company_change(caller, Role.MANAGER)
        facts = request.model_dump()
        _check_demands(facts)
        type_id = derived_id("type", operation_id) if operation_id else new_id("type")
        existing = self.repository.find(type_id) if operation_id else None
        if existing is None:
            entry = self.entries.entry(caller, type_id, None, facts)
            existing = self.repository.add(type_id, facts, beside=[entry])
        return _inventory_type(existing)

    def list_types(
        self, caller: Caller, *, archived: bool | None, limit: int, cursor: str | None
    ) -> InventoryTypePage:
        require_role(caller, Role.VIEWER)
        items, more = self.repository.list_page(f"inventory_types#{archived}", limit, cursor)
        if archived is not None:
            items = [item for item in items if item.get("archived", False) is archived]
        types = list(map(_inventory_type, items))
        return InventoryTypePage(inventory_types=types, next_cursor=more)

    def find_type(self, caller: Caller, type_id: str) -> InventoryType:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        return _inventory_type(self._existing(type_id))

    def change(
        self,
        caller: Caller,
        type_id: str,
        patch: InventoryTypePatch,
        expected_version: int | None,
    ) -> InventoryType:
        """Raises Conflict for a name that is taken, Invalid, PreconditionFailed."""
        require_company_change(caller, Role.MANAGER)
        given = given_fields(patch, removable=["description"])
        before = self._existing(type_id)
        check_version(before, expected_version, "inventory type")
        changes = changed({"archived": False, **before}, given)
        if not changes:
            return _inventory_type(before)
        after = {**before, **changes}
        _check_demands(after)
        entry = self.entries.entry(caller, type_id, before, after)
        return _inventory_type(self.repository.change(before, changes, beside=[entry]))

    def remove(self, caller: Caller, type_id: str, expected_version: int | None) -> None:
        """Raises Conflict where there are items of the type."""
        require_company_change(caller, Role.MANAGER)
        before = self._existing(type_id)
        check_version(before, expected_version, "inventory type")
        check_unreferenced(before, _COUNTERS, before["name"])
        entry = self.entries.entry(caller, type_id, before, None)
        self.repository.remove(before, beside=[entry])

    def _existing(self, type_id: str) -> Item:
        item = self.repository.find(type_id)
        if item is None:
            raise NotFound("There is no such inventory type.")
        return item


def _check_demands(facts: Item) -> None:
    if facts["demands_expiry"] and not facts["demands_lot"]:
        raise Invalid.field(
            "/demands_lot", "An expiry date belongs to a lot: demand the lot as well."
        )


def _inventory_type(item: Item) -> InventoryType:
    return InventoryType.model_validate(item)
