"""Where an item of the catalog stands in the newest snapshots. Loads no pandas."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.core.errors import NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.snapshots.item_file import find_item
from stockwarden.snapshots.model import ItemInSnapshots, ItemInWarehouse
from stockwarden.snapshots.scope import scope_of
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Table

# Of each warehouse, so that a page reads a bounded number of records.
_ANOMALIES = 10


class VisibleWarehouse(NamedTuple):
    id: str
    name: str


class Warehouses(NamedTuple):
    """`find` gives a warehouse, or raises NotFound for one that the caller may not see; `page`
    gives some of those that they see, and where the next ones begin."""

    find: Callable[[Caller, str], VisibleWarehouse]
    page: Callable[[Caller, int, str | None], tuple[Sequence[VisibleWarehouse], str | None]]


class ItemSnapshotService:
    def __init__(
        self,
        timeline: Timeline,
        repository: AnomalyRepository,
        objects: Objects,
        catalog: Table,
        *,
        warehouses: Warehouses,
    ) -> None:
        self.timeline = timeline
        self.repository = repository
        self.objects = objects
        self.catalog = catalog
        self.warehouses = warehouses

    def find(
        self,
        caller: Caller,
        item_id: str,
        warehouse_id: str | None,
        *,
        limit: int,
        cursor: str | None,
    ) -> ItemInSnapshots:
        """In one warehouse, or in a page of those that the caller sees; per warehouse the snapshots
        down to the newest whole one, two ranges of a file, and one batch of anomalies are read.

        Raises Forbidden for who does not read the catalog, NotFound, BadRequest.
        """
        require_role(caller, Role.VIEWER)
        if not may_be_id(item_id) or self.catalog.get(catalog_keys.item(item_id)) is None:
            raise NotFound("There is no such item.")
        more = None
        seen: Sequence[VisibleWarehouse]
        if warehouse_id is None:
            scope = f"item_pallets#{item_id}"
            parts = decode_cursor(scope, cursor, 1, bool)
            seen, after = self.warehouses.page(caller, limit, parts[0] if parts else None)
            more = encode_cursor(scope, [after]) if after else None
        else:
            seen = [self.warehouses.find(caller, warehouse_id)]
        return ItemInSnapshots(
            item_id=item_id, warehouses=list(self._in(seen, item_id)), next_cursor=more
        )

    def _in(self, seen: Iterable[VisibleWarehouse], item_id: str) -> Iterable[ItemInWarehouse]:
        newest = [(each, self.timeline.newest_whole(each.id)) for each in seen]
        snapshots = [(each, snapshot) for each, snapshot in newest if snapshot is not None]

        def find(pair: tuple[VisibleWarehouse, Item]) -> dict[str, Any] | None:
            _, snapshot = pair
            return find_item(self.objects, snapshot["report_id"], snapshot["generation"], item_id)

        with ThreadPoolExecutor(max_workers=8) as pool:
            documents = list(pool.map(find, snapshots))
        for (warehouse, snapshot), document in zip(snapshots, documents, strict=True):
            if document is not None:
                yield self._view(warehouse, snapshot, document)

    def _view(
        self, warehouse: VisibleWarehouse, snapshot: Item, document: dict[str, Any]
    ) -> ItemInWarehouse:
        digests = document["anomalies"][:_ANOMALIES]
        pk = keys.generation(snapshot["report_id"], snapshot["generation"])
        records = self.repository.records(pk, digests) if digests else {}
        return ItemInWarehouse(
            warehouse_id=warehouse.id,
            warehouse_name=warehouse.name,
            report_id=snapshot["report_id"],
            as_of=snapshot["as_of"],
            scope=scope_of(snapshot),
            rows=document["rows"],
            pallets=document["pallets"],
            locations=document["locations"],
            quantities=document["quantities"],
            stays=document["stays"],
            anomalies=[anomaly_of(records[digest]) for digest in digests if digest in records],
            anomaly_count=document["anomaly_count"],
        )
