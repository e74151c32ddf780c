"""HTTP function: the search, items, imports, lots, units, categories, suppliers, parts, types."""

from catalog import (
    categories,
    exports,
    imports,
    inventory_types,
    items,
    lots,
    parts,
    search,
    suppliers,
    units,
)
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.catalog import unit_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    imports.router,
    items.router,
    exports.router,
    lots.router,
    units.router,
    categories.router,
    suppliers.router,
    parts.router,
    inventory_types.router,
    search.router,
)
handler = entry_point(api)
before_snapshot(unit_service)
