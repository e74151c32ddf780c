"""Views: ranked lists that a schedule makes, kept in pages so that an answer reads one of them.

A view belongs to a scope, a period and a currency. Its rows are written first, under a stamp of
their own, then the entry that points to them; so whoever reads sees the old list or the new one.
Old rows are kept for some days, in which cursors into them go on.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import Unavailable
from stockwarden.core.ids import may_be_id
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.tables import ConditionFailed, Table, write

# So many rows are read at once; about 15 KB, compressed 6.
PAGE = 200
# A page of an answer examines so many at most: with a filter it may be short.
_MOST_PAGES = 10
ROWS_KEPT_SECONDS = 3 * 24 * 3600

Row = list[Any]


@dataclass(frozen=True)
class RowPage:
    """`as_of` is when these rows were made: before the newest ones, where a cursor goes on."""

    rows: list[Row]
    next_cursor: str | None
    as_of: str


@dataclass(frozen=True)
class View:
    """The entry of a view: where its rows are, and what they sum up to. `as_of` is when it was
    made."""

    key: str
    currency: str
    stamp: str
    as_of: str
    rows: int
    summary: Mapping[str, Any]


class ViewStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def save(self, view: View, rows: Sequence[Row], *, expires_at_epoch: int) -> None:
        """Writes the rows, then the entry, unless a newer one is there. Raises Unavailable."""
        pages = keys.view_rows(view.stamp, view.key)
        self.table.put_all(
            {
                **keys.view_page(pages, number),
                "rows": _packed(rows[start : start + PAGE]),
                "as_of": view.as_of,
                "is_last": start + PAGE >= len(rows),
                "expires_at_epoch": expires_at_epoch,
            }
            for number, start in enumerate(range(0, len(rows), PAGE))
        )
        entry = {name: each for name, each in vars(view).items() if name not in {"key", "summary"}}
        item = {**keys.views().key(view.key), **entry, "summary": json.dumps(view.summary)}
        with suppress(ConditionFailed):
            when = "attribute_not_exists(#pk) OR #as_of <= :at"
            write(self.table.put(item, when=when, at=view.as_of))

    def find_all(self, name: str, scope: str, days: int) -> list[View]:
        """The views of all currencies, that with the most rows first."""
        entries = self.table.query(keys.views(name, scope, days)).items
        found = [
            View(
                key=keys.views().rest_of(item),
                summary=json.loads(item["summary"]),
                **{field: item[field] for field in ("currency", "stamp", "as_of", "rows")},
            )
            for item in entries
        ]
        return sorted(found, key=lambda view: (-view.rows, view.currency))

    def made_at(self) -> str | None:
        """When all views were made last; None before the first time. A view that nothing is in is
        not stored."""
        note = self.table.get(keys.progress().key("views"))
        return str(note["as_of"]) if note else None

    def remove_older(self, as_of: str) -> None:
        """Removes the entries that were made before: what they are of is gone."""
        for item in list(self.table.query_all(keys.views())):
            if item["as_of"] < as_of:
                key = keys.views().key(keys.views().rest_of(item))
                with suppress(ConditionFailed):
                    write(self.table.delete(key, when="#stamp = :read", read=item["stamp"]))

    def page(
        self,
        view: View,
        wanted: Callable[[Row], bool],
        filters: str,
        *,
        limit: int,
        cursor: str | None,
    ) -> RowPage:
        """Up to `limit` rows in their order; `filters` names what is wanted. Raises BadRequest for
        a cursor of another list, or of one that is gone, and Unavailable where the newest rows are
        so old that they are gone."""
        scope = f"view#{view.key}#{filters}"
        parts = decode_cursor(scope, cursor, 2, may_be_id)
        stamp, position = (parts[0], _position(parts[1])) if parts else (view.stamp, 0)
        pages = keys.view_rows(stamp, view.key)
        found, as_of = list[Row](), view.as_of
        for number in range(position // PAGE, position // PAGE + _MOST_PAGES):
            stored = self.table.get(keys.view_page(pages, number))
            if stored is None:
                if parts and number == position // PAGE:
                    raise damaged_cursor("of a list that is gone by now")
                if view.rows and not number:
                    raise Unavailable("This list was not made for days; it is made within an hour.")
                return RowPage(found, None, as_of)
            rows, as_of = _unpacked(stored["rows"]), stored["as_of"]
            for index in range(position % PAGE, len(rows)):
                if len(found) == limit:
                    more = encode_cursor(scope, [stamp, str(number * PAGE + index)])
                    return RowPage(found, more, as_of)
                if wanted(rows[index]):
                    found.append(rows[index])
            position = (number + 1) * PAGE
            if stored["is_last"]:
                return RowPage(found, None, as_of)
        return RowPage(found, encode_cursor(scope, [stamp, str(position)]), as_of)


def _position(text: str) -> int:
    if not text.isdecimal():
        raise damaged_cursor()
    return int(text)


def _packed(rows: Iterable[Row]) -> bytes:
    return zlib.compress(json.dumps(list(rows), separators=(",", ":")).encode())


def _unpacked(packed: bytes) -> list[Row]:
    rows: list[Row] = json.loads(zlib.decompress(packed))
    return rows
