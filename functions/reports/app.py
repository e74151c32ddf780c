"""HTTP function: reports, their exports and logs, and saved mappings."""

from reports import analyses, comparison, creation, exports, logs, mappings, reading
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import report_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    creation.router,
    reading.router,
    analyses.router,
    comparison.router,
    exports.router,
    logs.router,
    mappings.router,
)
handler = entry_point(api)
before_snapshot(report_service)
