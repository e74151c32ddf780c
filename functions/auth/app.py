"""HTTP function without authorizer: health, registration, and sessions."""

from auth import health, registration, sessions
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.auth import identity_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(), health.router, registration.router, sessions.router, public=True
)
handler = entry_point(api)
before_snapshot(identity_service)
