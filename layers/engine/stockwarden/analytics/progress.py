"""How far the streams have been taken in: what the answers of analytics say as `as_of`."""

from collections.abc import Iterable

from stockwarden.storage.keys import projections as keys
from stockwarden.storage.streams import Change
from stockwarden.storage.tables import ConditionFailed, Table, write


class Progress:
    def __init__(self, table: Table) -> None:
        self.table = table

    def note(self, changes: Iterable[Change]) -> None:
        """Keeps the moment of the newest change of each table; one write unit for each table."""
        newest: dict[str, str] = {}
        for change in changes:
            newest[change.table] = max(newest.get(change.table, ""), change.at)
        for name, at in newest.items():
            self._advance(name, at)

    def as_of(self, table: str) -> str | None:
        """The moment of the newest change of a table that was taken in; None before the first."""
        stored = self.table.get(keys.progress().key(table))
        return stored["as_of"] if stored else None

    def _advance(self, name: str, at: str) -> None:
        item = {**keys.progress().key(name), "as_of": at}
        when = "attribute_not_exists(#pk) OR #as_of < :at"
        try:
            write(self.table.put(item, when=when, at=at))
        except ConditionFailed:
            return  # A newer one is noted: this batch came late, or again.
