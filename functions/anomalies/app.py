"""What people do with anomalies: list them, look into one, move their status."""

from anomalies import reading, triage
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(stores.settings(), reading.router, triage.router)
handler = entry_point(api)
before_snapshot(anomaly_service)
