"""Reports from upload to details, and the warehouses that they are about."""

from reports import analyses, creation, layouts, reading, warehouses
from stockwarden import bootstrap
from stockwarden.core.snapshots import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    bootstrap.settings(),
    creation.router,
    reading.router,
    analyses.router,
    warehouses.router,
    layouts.router,
)
handler = entry_point(api)
before_snapshot(bootstrap.reports)
