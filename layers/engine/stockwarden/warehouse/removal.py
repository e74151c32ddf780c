"""Deletes warehouses, except those in whose ledger there is something.

See docs/decisions/0030-ledger.md: who moves stock in a warehouse for the first time, or draws up an
order for it, marks it, and its deletion is conditional on there being no mark, so that neither can
come in between.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import InUse
from stockwarden.identity.access import Action, Caller
from stockwarden.storage.versions import check_version
from stockwarden.warehouse.audited import change_of
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository
from stockwarden.warehouse.service import WarehouseService

_KEPT = (
    "a warehouse in which stock was moved, or which an order names, is kept, as these name it. "
    "Rename it instead."
)


@dataclass(frozen=True)
class ItemsThere:
    """How many items have stock in a warehouse; with `more`, at least so many."""

    number: int
    more: bool = False


class WarehouseRemoval:
    def __init__(
        self,
        warehouses: WarehouseService,
        repository: WarehouseRepository,
        members: MemberRepository,
        *,
        items_in: Callable[[str], ItemsThere],
        audit: AuditLog,
    ) -> None:
        self.warehouses = warehouses
        self.repository = repository
        self.members = members
        self.items_in = items_in
        self.audit = audit

    def remove(self, caller: Caller, warehouse_id: str, expected_version: int | None) -> None:
        """Deletes a warehouse. Its reports stay with the owner and keep their layout version.

        Raises NotFound, Forbidden, PreconditionFailed, and InUse where stock is or was, and
        for one that an order names.
        """
        meta = self.warehouses.authorize(caller, warehouse_id, Action.OWN)
        check_version(meta, expected_version, "warehouse")
        there = self.items_in(warehouse_id)
        if there.number or meta.get("stocked"):
            raise _in_use(there)
        members = self.members.list_all(warehouse_id)
        change = change_of(warehouse_id, "deleted", meta, None)
        self.repository.remove(
            meta,
            *self.members.remove_operations(warehouse_id, members),
            self.audit.entry(caller.origin, change),
            members=len(members),
        )


def _in_use(there: ItemsThere) -> InUse:
    if not there.number:
        return InUse(f"There is no stock here now, but {_KEPT}", {"items": 0})
    has = "1 item has" if there.number == 1 else f"{there.number} items have"
    least, name = ("At least ", "items_at_least") if there.more else ("", "items")
    return InUse(f"{least}{has} stock here; {_KEPT}", {name: there.number})
