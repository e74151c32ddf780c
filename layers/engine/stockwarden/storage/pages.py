"""Reads a page of a list: the items of a key range, and the cursor of the next page.

A cursor holds the part of an item's sort key after the prefix of the range (`KeyRange.rest_of`).
Lists that merge several ranges, or read a file, decode their own cursors (`cursors.py`).
"""

from collections.abc import Callable

from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.tables import Table


def page_of(
    table: Table,
    scope: str,
    key_range: KeyRange,
    *,
    limit: int,
    cursor: str | None,
    valid: Callable[[str], object],
    newest_first: bool = False,
) -> tuple[list[Item], str | None]:
    """Up to `limit` items in the order of their keys, or back from the last. One query.

    `scope` names the list for its cursors. Raises BadRequest for a cursor of another list, and for
    one whose part is not `valid`. The page after a full one may be empty.
    """
    parts = decode_cursor(scope, cursor, 1, valid)
    page = table.query(
        key_range,
        limit=limit,
        start=key_range.key(parts[0]) if parts else None,
        newest_first=newest_first,
    )
    last = page.last_key
    return page.items, encode_cursor(scope, [key_range.rest_of(last)]) if last else None


def page_and_next(
    table: Table,
    scope: str,
    key_range: KeyRange,
    *,
    limit: int,
    cursor: str | None,
    valid: Callable[[str], object],
) -> tuple[list[Item], str | None]:
    """Up to `limit` items, last first, and a cursor that begins with the next page's first item.
    Raises as `page_of` does."""
    parts = decode_cursor(scope, cursor, 1, valid)
    items = table.query(
        key_range.between(last=parts[0]) if parts else key_range, limit=limit + 1, newest_first=True
    ).items
    more = encode_cursor(scope, [key_range.rest_of(items[limit])]) if len(items) > limit else None
    return items, more
