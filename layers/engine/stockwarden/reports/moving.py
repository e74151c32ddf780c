"""Putting a report into a warehouse, into another, or out of one: its next analysis does it.

Until that is shown everything stays where it is. To the warehouse that it leaves that is as if the
report was deleted, to the one it comes to, as if it was sent there for its moment.
"""

from typing import Any

from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.identity.access import Action, Caller
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.warehouse.service import WarehouseService


def receiving_warehouse(
    caller: Caller, warehouses: WarehouseService, warehouse_id: str, pointer: str = "/warehouse_id"
) -> Item:
    """Its META. Raises Invalid for one that the caller does not see, Forbidden for a viewer's."""
    try:
        return warehouses.entitled(caller, warehouse_id, Action.SEND)
    except NotFound as missing:
        raise Invalid.field(pointer, missing.detail) from missing


def move_of(
    caller: Caller,
    stored: StoredReport,
    warehouse_id: str | None,
    warehouses: WarehouseService,
    pointer: str = "/warehouse_id",
) -> dict[str, Any] | None:
    """For SOURCE, see `Stored.moves_to`; None where the report is there already.

    Raises Conflict while it is still being taken out of the warehouse before.
    """
    owner = stored.summary["username"]
    if warehouse_id is not None:
        owner = receiving_warehouse(caller, warehouses, warehouse_id, pointer)["username"]
    if warehouse_id == stored.summary.get("warehouse_id"):
        return None
    if stored.left:
        raise Conflict(
            "The report is still being taken out of the warehouse that it was in before; try "
            "again in a minute."
        )
    return {"warehouse_id": warehouse_id, "username": owner}


def kept_move(stored: StoredReport) -> dict[str, Any]:
    """Changes to SOURCE for another analysis: it still moves a report that is on its way, not one
    whose move has failed."""
    underway = stored.status in {ReportStatus.QUEUED, ReportStatus.NEEDS_MAPPING}
    return {} if underway or stored.moves_to is None else {"move": None}
