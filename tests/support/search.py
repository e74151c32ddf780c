"""Feeds the index of the search, as the streams of the tables do on a stack."""

from collections.abc import Sequence

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import table_names
from stockwarden.bootstrap.search_index import search_feed
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.streams import Change, changes_in
from tests.support.aws import forget_services
from tests.support.streams import everything_in, record


class Streams:
    """Delivers what has changed in the tables since the last time."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, ...], Item] = {}

    def changes(self) -> list[Change]:
        found = {
            (table.name, *key_of(item).values()): item
            for table in (stores.catalog_table(), stores.stock_table())
            for item in everything_in(table)
        }
        keys = sorted(self.seen.keys() | found.keys())
        records = [
            record(key[0], self.seen.get(key), found.get(key))
            for key in keys
            if self.seen.get(key) != found.get(key)
        ]
        self.seen = found
        return changes_in(records, table_names())

    def deliver(self) -> Sequence[Change]:
        changes = self.changes()
        search_feed().apply(changes)
        return changes


@pytest.fixture
def streams() -> Streams:
    # The copy of the index is that of the account of another test.
    forget_services()
    return Streams()
