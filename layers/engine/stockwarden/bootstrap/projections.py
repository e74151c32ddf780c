"""The projections: what follows from the streams of the catalog and of the stock."""

from functools import cache

from stockwarden.analytics.check import ProjectionCheck
from stockwarden.analytics.checked import CheckedItems, CheckedOrders
from stockwarden.analytics.day_ends import DayEnds
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.orders import OrderProjection
from stockwarden.analytics.progress import Progress
from stockwarden.analytics.refresh import Refresh
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.values import ValueProjection
from stockwarden.analytics.views import ViewStore
from stockwarden.bootstrap.search_index import search_feed
from stockwarden.bootstrap.stores import projections_table, settings, stock_table
from stockwarden.core.clock import utc_now
from stockwarden.storage.streams import Projection


@cache
def table_names() -> dict[str, str]:
    """What projections call the tables, by the names that these are deployed under."""
    return {settings().stock_table: "stock", settings().catalog_table: "catalog"}


@cache
def generations() -> Generations:
    return Generations(projections_table())


@cache
def progress() -> Progress:
    return Progress(projections_table())


@cache
def projections() -> tuple[Projection, ...]:
    return (values(), usage(), order_totals(), search_feed())


@cache
def values() -> ValueProjection:
    return ValueProjection(projections_table(), generations())


@cache
def usage() -> UsageProjection:
    return UsageProjection(projections_table(), stock_table(), generations())


@cache
def order_totals() -> OrderProjection:
    return OrderProjection(projections_table(), generations())


@cache
def check() -> ProjectionCheck:
    table, stock = projections_table(), stock_table()
    items = CheckedItems(table, stock, values(), usage(), utc_now)
    orders = CheckedOrders(table, stock, order_totals())
    return ProjectionCheck(table, generations(), (items, orders), utc_now)


@cache
def refresh() -> Refresh:
    table = projections_table()
    return Refresh(table, generations(), ViewStore(table), DayEnds(table, utc_now), utc_now)
