"""HTTP function of administration: accounts, invitations, the audit log."""

from admin import audit_logs, dead_letters, invitations, users
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.admin import people_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(), users.router, invitations.router, audit_logs.router, dead_letters.router
)
handler = entry_point(api)
before_snapshot(people_service)
