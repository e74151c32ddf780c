"""What a person owns, as far as it keeps their account from being deleted.

Reads only the lists `by_owner` of the reports table, one page of each. All else about warehouses
and reports belongs to the packages `warehouse` and `reports`.
"""

from stockwarden.core.errors import Owned, OwnedWarehouse
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Page, Table

# Warehouses that are named, and summaries of reports that are counted; at 1 KB each, 13 read units.
NAMED = 20
EXAMINED = 100


class BelongingsRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find_all(self, username: str) -> Owned:
        """Warehouses, and how many reports are outside of them."""
        warehouses = self._page(keys.warehouse_owner(username))
        reports = self._page(keys.report_owner(username))
        known = {meta["id"] for meta in warehouses.items}
        outside = [item for item in reports.items if item.get("warehouse_id") not in known]
        more = bool(warehouses.last_key or reports.last_key) or len(known) > NAMED
        return Owned(_named(warehouses.items), len(outside), more=more)

    def find_shared(self, username: str) -> Owned:
        """The warehouses that have other members, of those on the first page of 1 MB."""
        shared = self._table.query(
            "#owner = :owner",
            index="by_owner",
            where="#members > :none",
            newest_first=True,
            owner=keys.warehouse_owner(username),
            none=0,
        )
        return Owned(_named(shared.items), more=len(shared.items) > NAMED)

    def _page(self, owner: str) -> Page:
        return self._table.query(
            "#owner = :owner", index="by_owner", newest_first=True, limit=EXAMINED, owner=owner
        )


def _named(metas: list[Item]) -> tuple[OwnedWarehouse, ...]:
    return tuple(OwnedWarehouse(meta["id"], meta["name"]) for meta in metas[:NAMED])
