"""HTTP function: warehouses, their layouts, members, costs, suppressions and snapshots."""

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point
from warehouses import costs, layouts, members, snapshots, suppressions, warehouses

api = create_api(
    stores.settings(),
    warehouses.router,
    layouts.router,
    members.router,
    costs.router,
    suppressions.router,
    snapshots.router,
)
handler = entry_point(api)
before_snapshot(warehouse_service)
