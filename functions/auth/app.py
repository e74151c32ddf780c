"""HTTP function of accounts: registration, sessions, the caller's own account; and health."""

from auth import (
    api_tokens,
    emails,
    health,
    notifications,
    own_account,
    own_password,
    own_sessions,
    passwords,
    profile,
    registration,
    second_factor,
    sessions,
    views,
)
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.auth import identity_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    api_tokens.router,
    profile.router,
    own_account.router,
    own_password.router,
    second_factor.router,
    own_sessions.router,
    views.router,
    notifications.router,
    public=(
        health.router,
        registration.router,
        sessions.router,
        passwords.router,
        emails.router,
    ),
)
handler = entry_point(api)
before_snapshot(identity_service)
