"""Lists of audit entries: of a scope, about an object, by an actor; the newest first.

The lists about an object and by an actor have sealed entries only, so the newest ones appear there
some seconds later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stockwarden.audit.entry import Entry, read_entry
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import Page, Table

EntryList = Literal["scope", "object", "actor"]

MOST_READS = 2
# Examined by one read where a filter drops some of them: about 400 kB.
_EXAMINED = 400
# (index, partition, sort key) of each list.
_INDEXES: dict[EntryList, tuple[str | None, str, str]] = {
    "scope": (None, "pk", "sk"),
    "object": ("by_object", "object", "listed"),
    "actor": ("by_actor", "actor", "listed"),
}
# Before the first digit of a time, and after every character of a place `<at>#<id>`.
_EARLIEST, _AFTER = "0", "~"


@dataclass(frozen=True)
class EntryFilter:
    """Empty fields do not filter. `object` is `<type>/<id>`, or `<type>/` for all of a type.

    `first` and `last` bound `at`, inclusively, as `core.clock.iso` writes it. `scopes` are those
    that may be seen, None for all.
    """

    action: str = ""
    actor: str = ""
    object: str = ""
    first: str = ""
    last: str = ""
    scopes: frozenset[str] | None = None

    def drops_some(self) -> bool:
        return bool(self.action or self.actor or self.object) or self.scopes is not None

    def keeps(self, entry: Entry) -> bool:
        return (
            self.action in ("", entry.action)
            and self.actor in ("", entry.actor)
            and self._is_about(entry.object)
            and (self.scopes is None or entry.scope in self.scopes)
        )

    def _is_about(self, entry_object: str) -> bool:
        if self.object.endswith("/"):
            return entry_object.startswith(self.object)
        return self.object in ("", entry_object)

    def name(self) -> str:
        """The same for equal filters only."""
        scopes = ["all"] if self.scopes is None else ["of", *sorted(self.scopes)]
        fields = (self.action, self.actor, self.object, self.first, self.last, *scopes)
        return "\0".join(fields)


class AuditRepository:
    def __init__(self, table: Table) -> None:
        self.table = table

    def page(
        self,
        kind: EntryList,
        value: str,
        wanted: EntryFilter,
        *,
        limit: int,
        cursor: str | None,
    ) -> tuple[list[Entry], str | None]:
        """Up to `limit` entries of the list `kind` (`scope`, `object`, `actor`) of `value`, and the
        cursor of the next page. `MOST_READS` reads at most.

        A filter that leaves little may end a page early, even empty, with a cursor. Raises
        BadRequest for a cursor of another list or other filters.
        """
        name = "\0".join(["audit", kind, value, wanted.name()])
        before = decode_listed(name, cursor)
        examined = _EXAMINED if wanted.drops_some() else limit
        entries: list[Entry] = []
        for _ in range(MOST_READS):
            page = self._read(kind, value, wanted, before, examined)
            for item in page.items:
                before = keys.listed(item)
                entry = read_entry(item)
                if wanted.keeps(entry):
                    entries.append(entry)
                if len(entries) == limit:
                    return entries, encode_cursor(name, [before])
            if page.last_key is None:
                return entries, None
        return entries, encode_cursor(name, [before]) if before else None

    def every(self, kind: EntryList, value: str, wanted: EntryFilter) -> Iterator[Item]:
        """The items of all entries of a list, newest first, page after page. Not for a request
        path."""
        before: str | None = None
        while True:
            page = self._read(kind, value, wanted, before, _EXAMINED)
            for item in page.items:
                before = keys.listed(item)
                if wanted.keeps(read_entry(item)):
                    yield item
            if page.last_key is None:
                return

    def _read(
        self, kind: EntryList, value: str, wanted: EntryFilter, before: str | None, limit: int
    ) -> Page:
        index, partition, sort = _INDEXES[kind]
        first = wanted.first or _EARLIEST
        last = min(f"{wanted.last}{_AFTER}", _predecessor(before) if before else _AFTER)
        if last < first:
            return Page([], None)
        return self.table.query(
            f"#{partition} = :partition AND #{sort} BETWEEN :first AND :last",
            index=index,
            limit=limit,
            newest_first=True,
            partition=keys.entries(value).pk if kind == "scope" else value,
            first=first,
            last=last,
        )


def _predecessor(listed: str) -> str:
    """A text between the place of an entry and that of any entry before it."""
    return f"{listed[:-1]}{chr(ord(listed[-1]) - 1)}{_AFTER}"
