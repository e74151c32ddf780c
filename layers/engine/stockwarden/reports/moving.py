"""Moves a report into a warehouse, to another one, or out of one, with its next analysis.

Until that analysis is shown the report stays where it is. For the warehouse that it leaves, a move
is like a deletion; for its new warehouse, like an upload with the report's `as_of`.
"""

from typing import Any

from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.identity.access import Action, Caller, require_all_warehouses
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.warehouse.service import WarehouseService


def receiving_warehouse(
    caller: Caller, warehouses: WarehouseService, warehouse_id: str, pointer: str = "/warehouse_id"
) -> Item:
    """The warehouse's META item. Raises Invalid for a warehouse that the caller does not see,
    Forbidden for one where the caller is only a viewer."""
    try:
        return warehouses.authorize(caller, warehouse_id, Action.SEND)
    except NotFound as missing:
        raise Invalid.field(pointer, missing.detail) from missing


def move_of(
    caller: Caller,
    stored: StoredReport,
    warehouse_id: str | None,
    warehouses: WarehouseService,
    pointer: str = "/warehouse_id",
) -> dict[str, Any] | None:
    """The move for SOURCE, see `StoredReport.moves_to`; None where the report is there already.

    Raises Conflict while the previous move is still being settled.
    """
    owner = stored.summary["username"]
    if warehouse_id is None:
        require_all_warehouses(caller)
    else:
        owner = receiving_warehouse(caller, warehouses, warehouse_id, pointer)["username"]
    if warehouse_id == stored.summary.get("warehouse_id"):
        return None
    if stored.left:
        raise Conflict(
            "The report is still being taken out of the warehouse that it was in before; try "
            "again in a minute."
        )
    return {"warehouse_id": warehouse_id, "username": owner}


def pending_move(stored: StoredReport) -> dict[str, Any]:
    """Changes to SOURCE for a new analysis: a pending move is kept, one that failed is dropped."""
    underway = stored.status in {ReportStatus.QUEUED, ReportStatus.NEEDS_MAPPING}
    return {} if underway or stored.moves_to is None else {"move": None}
