"""Rules of a warehouse: their settings, what they cost, and what other limits would find."""

from rules import costs, limits, settings
from stockwarden import bootstrap
from stockwarden.core.snapshots import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(bootstrap.settings(), settings.router, limits.router, costs.router)
handler = entry_point(api)
before_snapshot(bootstrap.calibration)
