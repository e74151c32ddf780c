"""What people do with anomalies: list them, look into one, move their status."""

from anomalies import reading, triage
from stockwarden import bootstrap
from stockwarden.core.snapshots import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(bootstrap.settings(), reading.router, triage.router)
handler = entry_point(api)
before_snapshot(bootstrap.anomalies)
