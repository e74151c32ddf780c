"""HTTP function of administration: accounts, invitations, the audit log, figures."""

from admin import audit_exports, audit_logs, dead_letters, invitations, statistics, users
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.admin import people_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    users.router,
    invitations.router,
    audit_logs.router,
    audit_exports.router,
    dead_letters.router,
    statistics.router,
)
handler = entry_point(api)
before_snapshot(people_service)
