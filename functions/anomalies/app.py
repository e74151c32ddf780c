"""HTTP function: lists of anomalies, details, and changes of status and assignee."""

from anomalies import reading, triage
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(stores.settings(), reading.router, triage.router)
handler = entry_point(api)
before_snapshot(anomaly_service)
