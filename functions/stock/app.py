"""HTTP function: movements, counts and reservations, and what there is of an item and where."""

from stock import counts, movements, reading, reservations
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.stock import movement_service
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point

api = create_api(
    stores.settings(), movements.router, counts.router, reservations.router, reading.router
)
handler = entry_point(api)
before_snapshot(movement_service)
