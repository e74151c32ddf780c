"""Whose figures a caller may read: those of the company, or of one warehouse."""

from collections.abc import Callable, Collection, Mapping

from stockwarden.identity.access import Caller, Role, require_all_warehouses, require_role
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import COMPANY, NONE
from stockwarden.storage.tables import Table

# Raises NotFound for a warehouse that the caller may not see.
RequireVisible = Callable[[Caller, str], None]
# {id: name} of those of the warehouses that the caller may see.
WarehouseNames = Callable[[Caller, Collection[str]], Mapping[str, str]]
_RECORDS = {
    "category": catalog_keys.categories,
    "supplier": catalog_keys.suppliers,
    "type": catalog_keys.inventory_types,
}


class Scopes:
    """As with the stock of an item: whoever reads the catalog reads the figures of the company; one
    warehouse is for those who see it, and a token for certain warehouses must name one."""

    def __init__(
        self, catalog: Table, require_visible: RequireVisible, warehouse_names: WarehouseNames
    ) -> None:
        self.catalog = catalog
        self.require_visible = require_visible
        self.warehouse_names = warehouse_names

    def scope(self, caller: Caller, warehouse_id: str | None) -> str:
        """Raises Forbidden, and NotFound for a warehouse that the caller may not see."""
        require_role(caller, Role.VIEWER)
        if warehouse_id is None:
            require_all_warehouses(caller)
            return COMPANY
        self.require_visible(caller, warehouse_id)
        return warehouse_id

    def names(self, caller: Caller, dimension: str, groups: Collection[str]) -> Mapping[str, str]:
        """The names of groups by their ids, where there is one that the caller may know."""
        ids = sorted({*groups} - {NONE})
        if not ids:
            return {}
        if dimension not in _RECORDS:
            return self.warehouse_names(caller, ids)
        records = _RECORDS[dimension]()
        found = self.catalog.get_many([records.key(each) for each in ids])
        return {item["id"]: item["name"] for item in found}


def shown(group: str) -> str | None:
    """A group or a currency as it is answered: null for none."""
    return None if group == keys.NONE else group
