"""Audit entries that requests leave in moto."""

from collections.abc import Callable
from typing import TypeVar

from stockwarden.audit.entry import Entry, read_entry
from stockwarden.bootstrap import stores
from stockwarden.storage.attributes import from_attributes
from stockwarden.storage.keys import audit as keys

T = TypeVar("T")


def all_entries() -> dict[str, Entry]:
    """Every entry of every scope, by id, in the order of their times."""
    table = stores.audit_table()
    pages = table.client.get_paginator("scan").paginate(TableName=table.name)
    items = [from_attributes(item) for page in pages for item in page["Items"]]
    entries = [read_entry(item) for item in items if keys.is_entry(item)]
    return {entry.id: entry for entry in sorted(entries, key=lambda entry: (entry.at, entry.id))}


def entries_of(act: Callable[[], T]) -> tuple[T, list[Entry]]:
    """The result of an act, and the entries that it left."""
    before = all_entries().keys()
    result = act()
    return result, [entry for entry_id, entry in all_entries().items() if entry_id not in before]
