"""The counts of a warehouse, newest first: those that are open, and what became of the others."""

from fractions import Fraction

from stockwarden.core.exact import parse_fraction
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.model import CountPage, CountSummary
from stockwarden.stock.reading import NamesOf, RequireVisible
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import Table

_LONGEST = 200


class CountList:
    def __init__(self, table: Table, require_visible: RequireVisible, names_of: NamesOf) -> None:
        self.table = table
        self.require_visible = require_visible
        self.names_of = names_of

    def page(
        self, caller: Caller, warehouse_id: str, *, limit: int, cursor: str | None
    ) -> CountPage:
        """One page, three reads. A count of several warehouses is listed to who sees them all."""
        require_role(caller, Role.VIEWER)
        self.require_visible(caller, warehouse_id)
        entries, more = page_of(
            self.table,
            f"counts#{warehouse_id}",
            keys.counts(warehouse_id),
            limit=limit,
            cursor=cursor,
            valid=_may_be_listed,
            newest_first=True,
        )
        wanted = [keys.count(keys.counted_id(entry)) for entry in entries]
        stored = self.table.get_many(wanted)
        found = [count for key in wanted if (count := at_key(stored, key)) is not None]
        shown = [count for count in found if _is_seen(caller, count)]
        people = {count["by"] for count in shown}
        names = self.names_of(people) if people else {}
        return CountPage(
            counts=[_summary(count, names.get(count["by"])) for count in shown], next_cursor=more
        )


def _is_seen(caller: Caller, count: Item) -> bool:
    return all(caller.reaches(Place.parse(line["place"]).warehouse_id) for line in count["lines"])


def _summary(count: Item, by_name: str | None) -> CountSummary:
    lines = count["lines"]
    posted_at = count.get("posted_at")
    return CountSummary(
        id=count["id"],
        status=count["status"],
        opened_at=count["opened_at"],
        posted_at=posted_at,
        note=count.get("note"),
        by=count["by"],
        by_name=by_name,
        lines=len(lines),
        differing=sum(map(_differs, lines)) if posted_at else None,
    )


def _differs(line: Item) -> bool:
    return parse_fraction(line["difference"]) != Fraction(0)


def _may_be_listed(text: str) -> bool:
    opened_at, _, count_id = text.partition("#")
    return bool(opened_at and count_id) and len(text) <= _LONGEST
