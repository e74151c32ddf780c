"""Reports from upload to details, and the warehouses that they are about."""

from reports import analyses, creation, exports, layouts, mappings, reading, snapshots, warehouses
from stockwarden import bootstrap
from stockwarden.core.snapshots import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    bootstrap.settings(),
    creation.router,
    reading.router,
    analyses.router,
    exports.router,
    mappings.router,
    warehouses.router,
    layouts.router,
    snapshots.router,
)
handler = entry_point(api)
before_snapshot(bootstrap.reports)
