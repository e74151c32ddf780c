"""The service of the search. Imported on first use: it loads SQLite."""

from collections.abc import Sequence
from functools import cache

from stockwarden.bootstrap.ledger import warehouse_service
from stockwarden.bootstrap.search_index import replica
from stockwarden.bootstrap.stores import objects, reports_table
from stockwarden.core import clock
from stockwarden.identity.access import Caller
from stockwarden.search.places import PlaceSearch
from stockwarden.search.service import SearchService
from stockwarden.snapshots.item_service import VisibleWarehouse
from stockwarden.snapshots.timeline import Timeline


@cache
def search_service() -> SearchService:
    return SearchService(
        replica(), PlaceSearch(Timeline(reports_table()), objects()), _visible, clock.utc_now
    )


def _visible(caller: Caller, limit: int) -> tuple[Sequence[VisibleWarehouse], bool]:
    page = warehouse_service().list_warehouses(caller, limit, None)
    warehouses = [VisibleWarehouse(each.id, each.name) for each in page.warehouses[:limit]]
    return warehouses, page.next_cursor is not None or len(page.warehouses) > limit
