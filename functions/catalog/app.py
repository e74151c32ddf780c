"""HTTP function: items and lots, units, categories, suppliers and parts, inventory types."""

from catalog import categories, inventory_types, items, lots, parts, suppliers, units
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.catalog import unit_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    items.router,
    lots.router,
    units.router,
    categories.router,
    suppliers.router,
    parts.router,
    inventory_types.router,
)
handler = entry_point(api)
before_snapshot(unit_service)
