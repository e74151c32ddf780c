"""Reports from upload to details, and the warehouses that they are about."""

from reports import (
    analyses,
    creation,
    exports,
    layouts,
    mappings,
    members,
    reading,
    snapshots,
    suppressions,
    warehouses,
)
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
    members.router,
    suppressions.router,
)
handler = entry_point(api)
before_snapshot(bootstrap.reports)
