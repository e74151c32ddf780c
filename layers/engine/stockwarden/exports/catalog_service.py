"""Requests on exports of the catalog's lists and of stock: ordering one, and getting its link.

An export has what the lists show to the same person, and only who asked for it gets its link.
"""

from collections.abc import Collection
from typing import Any

from stockwarden.audit.entry import COMPANY
from stockwarden.core.clock import iso
from stockwarden.core.errors import NotFound
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.exports.catalog_model import CatalogExport, CatalogExportRequest
from stockwarden.exports.list_exports import NOT_THERE, ListExports
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.reading import RequireVisible
from stockwarden.storage.attributes import Item


class CatalogExportService:
    def __init__(self, exports: ListExports, require_visible: RequireVisible) -> None:
        self.exports = exports
        self.require_visible = require_visible

    def create(
        self, caller: Caller, request: CatalogExportRequest, *, tell: TellQuota = tell_nobody
    ) -> CatalogExport:
        """Raises NotFound for a warehouse that the caller may not see, RateLimited, and
        Unavailable, with no export left."""
        require_role(caller, Role.VIEWER)
        filters = request.filters.model_dump(exclude_none=True)
        for name in filters.keys() & {"first", "last"}:
            filters[name] = iso(filters[name])
        self._require_warehouse(caller, filters)
        limits = caller.limits.warehouses if caller.limits else None
        item = self.exports.order(
            caller,
            str(request.format),
            {
                **filters,
                "list": str(request.list_name),
                "reach": None if limits is None else sorted(limits),
            },
            scope=COMPANY,
            told={"list": str(request.list_name), **filters},
            tell=tell,
        )
        return _export(item)

    def get(self, caller: Caller, export_id: str) -> CatalogExport:
        """Raises NotFound, also for an export of somebody else or one that has expired, and as the
        lists do for who may no longer read them."""
        item = self.exports.find(caller, export_id)
        require_role(caller, Role.VIEWER)
        self._require_reach(caller, item["filters"]["reach"])
        self._require_warehouse(caller, item["filters"])
        return _export(self.exports.with_link(item))

    def _require_reach(self, caller: Caller, reach: Collection[str] | None) -> None:
        """Raises NotFound for an API token that is bound to other warehouses than the request was
        for which the export was made."""
        if not all(caller.reaches(each) for each in ([None] if reach is None else reach)):
            raise NotFound(NOT_THERE)

    def _require_warehouse(self, caller: Caller, filters: Item) -> None:
        if "warehouse_id" in filters:
            self.require_visible(caller, filters["warehouse_id"])


def _export(item: Item) -> CatalogExport:
    facts: dict[str, Any] = {**item, "list": item["filters"]["list"]}
    return CatalogExport.model_validate(facts)
