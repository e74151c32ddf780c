"""The index of the search: its log and base, the copy of it on this machine, and what feeds it."""

from functools import cache

from stockwarden.bootstrap.stores import objects, projections_table
from stockwarden.core import clock
from stockwarden.search.base import BaseStore
from stockwarden.search.feed import SearchFeed
from stockwarden.search.log import SearchLog
from stockwarden.search.replica import Replica


@cache
def search_feed() -> SearchFeed:
    return SearchFeed(search_log(), base_store(), replica())


@cache
def replica() -> Replica:
    return Replica(search_log(), base_store())


@cache
def search_log() -> SearchLog:
    return SearchLog(projections_table(), clock.utc_now)


@cache
def base_store() -> BaseStore:
    return BaseStore(projections_table(), objects())
