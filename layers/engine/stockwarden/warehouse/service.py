"""What people do with warehouses, and who may."""

from typing import Any

from stockwarden.core.errors import NotFound, PreconditionFailed
from stockwarden.identity.access import Caller, may_see
from stockwarden.storage.attributes import Item
from stockwarden.warehouse.layout import Layout
from stockwarden.warehouse.model import (
    LayoutRowBody,
    Warehouse,
    WarehousePage,
    WarehousePatch,
    WarehouseRequest,
    WarehouseSummary,
)
from stockwarden.warehouse.repository import WarehouseRepository


class Warehouses:
    def __init__(self, repository: WarehouseRepository) -> None:
        self.repository = repository

    def create(self, request: WarehouseRequest, caller: Caller) -> Warehouse:
        layout = _layout(request.layout)
        meta = self.repository.add(caller.username, request.name, request.timezone, layout)
        return _warehouse(meta, layout)

    def page(self, caller: Caller, limit: int, cursor: str | None) -> WarehousePage:
        """The caller's own, newest first."""
        items, more = self.repository.page(caller.username, limit, cursor)
        found = [WarehouseSummary.model_validate(item) for item in items]
        return WarehousePage(warehouses=found, next_cursor=more)

    def get(self, warehouse_id: str, caller: Caller) -> Warehouse:
        """Raises NotFound, also for a warehouse of someone else."""
        meta = self._visible(warehouse_id, caller)
        return _warehouse(meta, self.repository.layout(warehouse_id, meta["layout_version"]))

    def summary(self, warehouse_id: str, caller: Caller) -> WarehouseSummary:
        """Like `get`, without reading the layout."""
        return WarehouseSummary.model_validate(self._visible(warehouse_id, caller))

    def change(
        self, warehouse_id: str, request: WarehousePatch, caller: Caller, version: int | None
    ) -> Warehouse:
        """`version` is what If-Match names; without one the newest is changed.

        A request that changes nothing raises no version.

        Raises PreconditionFailed for a version that is no longer the current one.
        """
        meta = self._expected(warehouse_id, caller, version)
        given: dict[str, Any] = request.model_dump(exclude_none=True, exclude={"layout"})
        changes = {name: value for name, value in given.items() if meta[name] != value}
        layout = None if request.layout is None else _layout(request.layout)
        if changes or layout is not None:
            meta = self.repository.change(meta, changes, layout, version=meta["version"])
        kept = layout or self.repository.layout(warehouse_id, meta["layout_version"])
        return _warehouse(meta, kept)

    def replace_layout(
        self, warehouse_id: str, layout: Layout, caller: Caller, version: int | None
    ) -> Warehouse:
        meta = self._expected(warehouse_id, caller, version)
        meta = self.repository.change(meta, {}, layout, version=meta["version"])
        return _warehouse(meta, layout)

    def remove(self, warehouse_id: str, caller: Caller, version: int | None) -> None:
        """Its reports stay, and keep the layout they were analyzed under."""
        meta = self._expected(warehouse_id, caller, version)
        self.repository.remove(warehouse_id, version=meta["version"])

    def _visible(self, warehouse_id: str, caller: Caller) -> Item:
        meta = self.repository.find(warehouse_id)
        if meta is None or not may_see(caller, meta["username"]):
            raise NotFound("There is no such warehouse.")
        return meta

    def _expected(self, warehouse_id: str, caller: Caller, version: int | None) -> Item:
        meta = self._visible(warehouse_id, caller)
        if version is not None and meta["version"] != version:
            raise PreconditionFailed(
                f"The warehouse is at version {meta['version']}, not {version}; read it again."
            )
        return meta


def _layout(rows: list[LayoutRowBody]) -> Layout:
    return Layout.from_rows([row.model_dump(exclude_none=True) for row in rows])


def _warehouse(meta: Item, layout: Layout) -> Warehouse:
    return Warehouse.model_validate({**meta, "layout": layout.to_rows()})
