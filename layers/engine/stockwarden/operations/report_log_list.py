"""Lists of log entries: of a warehouse, of what a person has in no warehouse, or of everything; the
newest first."""

from dataclasses import dataclass

from stockwarden.core.clock import Clock
from stockwarden.operations.report_log import RunKind, RunOutcome
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import operations as keys
from stockwarden.storage.tables import Page, Table

# Examined by the one read of a page where a filter drops some: about 250 kB, 31 read units.
EXAMINED = 400
# Before the first digit of a time, and after every character of a place in the list.
_EARLIEST, _AFTER = "0", "~"


@dataclass(frozen=True)
class LogFilter:
    """Empty fields do not filter. `first` and `last` bound the end of a run, inclusively, as
    `core.clock.iso` writes it."""

    report_id: str = ""
    kind: RunKind | None = None
    outcome: RunOutcome | None = None
    first: str = ""
    last: str = ""

    def drops_some(self) -> bool:
        return bool(self.report_id or self.kind or self.outcome)

    def keeps(self, entry: Item) -> bool:
        return (
            self.report_id in ("", entry["report_id"])
            and self.kind in (None, entry["kind"])
            and self.outcome in (None, entry["outcome"])
        )

    def name(self) -> str:
        """The same for equal filters only."""
        fields = (self.report_id, self.kind or "", self.outcome or "", self.first, self.last)
        return "\0".join(fields)


class ReportLogList:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def page(
        self, place: KeyRange | None, wanted: LogFilter, *, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """Up to `limit` entries of a place, or of all, and the cursor of the next page. One read.

        A filter that leaves little may end a page early, even empty, with a cursor. Raises
        BadRequest for a cursor of another list or other filters.
        """
        name = "\0".join(["report-logs", place.pk if place else "", wanted.name()])
        before = decode_listed(name, cursor)
        # The last entry of the page before is read again: a bound of DynamoDB is inclusive.
        examined = EXAMINED if wanted.drops_some() else limit + bool(before)
        page = self._read(place, wanted, before, examined)
        now = self.clock().timestamp()
        entries: list[Item] = []
        for item in page.items:
            if keys.listed(item) == before:
                continue
            before = keys.listed(item)
            # DynamoDB removes expired items days late.
            if item["expires_at_epoch"] > now and wanted.keeps(item):
                entries.append(item)
            if len(entries) == limit:
                return entries, encode_cursor(name, [before])
        return entries, encode_cursor(name, [before]) if page.last_key and before else None

    def _read(
        self, place: KeyRange | None, wanted: LogFilter, before: str | None, limit: int
    ) -> Page:
        first = wanted.first or _EARLIEST
        last = min(f"{wanted.last}{_AFTER}" if wanted.last else _AFTER, before or _AFTER)
        if last < first:
            return Page([], None)
        if place:
            bounded = place.between(first, last)
            return self.table.query(bounded, limit=limit, newest_first=True)
        return self.table.query(
            "#log = :log AND #listed BETWEEN :first AND :last",
            index="by_log",
            limit=limit,
            newest_first=True,
            first=first,
            last=last,
            **keys.every_log(),
        )
