"""HTTP function: movements, counts, orders, kits, consumption, what there is, and figures."""

from stock import analytics, consumption, counts, kits, movements, orders, reading, reservations
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.stock import movement_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(),
    movements.router,
    counts.router,
    reservations.router,
    orders.router,
    kits.router,
    consumption.router,
    reading.router,
    analytics.router,
)
handler = entry_point(api)
before_snapshot(movement_service)
