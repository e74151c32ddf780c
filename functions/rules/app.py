"""HTTP function: rule settings of a warehouse, what-if counts, suggestions and proposals."""

from rules import limits, settings
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.rules import calibration_service, proposal_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(stores.settings(), settings.router, limits.router)
handler = entry_point(api)
before_snapshot(calibration_service)
before_snapshot(proposal_service)
