"""Lots: when they expire, and whether they are in quarantine."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid, NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.stock.facts import Lot, LotStatus, read_lot
from stockwarden.stock.head import IS_FREE
from stockwarden.stock.large_recovery import LargePostingRecovery
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import ConditionFailed, Table
from stockwarden.storage.versions import changed_meanwhile, check_version, write_versioned

_FIELDS = ("expiry_date", "status")


class LotView(BaseModel):
    item_id: str
    lot: str
    expiry_date: date | None
    status: LotStatus
    version: int


class LotPage(BaseModel):
    lots: list[LotView]
    next_cursor: str | None


class LotPatch(BaseModel):
    """A JSON merge patch: an `expiry_date` of null takes it away."""

    model_config = ConfigDict(extra="forbid")

    expiry_date: date | None = None
    status: LotStatus | None = None


class LotService:
    def __init__(
        self, catalog: Table, stock: Table, recovery: LargePostingRecovery, clock: Clock
    ) -> None:
        self.catalog = catalog
        self.stock = stock
        self.recovery = recovery
        self.facts = recovery.facts
        self.audit = recovery.audit
        self.clock = clock

    def find(self, caller: Caller, item_id: str, code: str) -> LotView:
        require_role(caller, Role.VIEWER)
        return _view(item_id, self._existing(item_id, code))

    def list_lots(self, caller: Caller, item_id: str, limit: int, cursor: str | None) -> LotPage:
        """One page by code. Raises NotFound for an item that is not there."""
        require_role(caller, Role.VIEWER)
        head = self.stock.get(keys.head(item_id)) if may_be_id(item_id) else None
        if head is None:
            raise NotFound("There is no such item.")
        self.recovery.settle([head])
        items, more = page_of(
            self.catalog,
            f"lots#{item_id}",
            catalog_keys.lots(item_id),
            limit=limit,
            cursor=cursor,
            valid=_may_be_lot,
        )
        return LotPage(lots=[_view(item_id, read_lot(item)) for item in items], next_cursor=more)

    def change(
        self,
        caller: Caller,
        item_id: str,
        code: str,
        request: LotPatch,
        expected_version: int | None,
    ) -> LotView:
        """From now on movements obey it: one that was being decided is decided again, and a large
        posting that holds the item has happened before."""
        require_company_change(caller, Role.MANAGER)
        self.recovery.free_heads([item_id] if may_be_id(item_id) else [])
        lot = self._existing(item_id, code)
        check_version({"version": lot.version}, expected_version, "lot")
        given = request.model_dump(exclude_unset=True)
        if "status" in given and given["status"] is None:
            raise Invalid.field("/status", "A lot is available or quarantined.")
        after = Lot(
            lot.code,
            given.get("expiry_date", lot.expiry_date),
            given.get("status", lot.status),
            lot.version,
        )
        if after == lot:
            return _view(item_id, lot)
        change = Change(
            COMPANY,
            "lot.changed",
            f"lot/{item_id} {lot.code}",
            differences(_told(lot), _told(after), _FIELDS),
        )
        raised = self.stock.update(
            keys.head(item_id),
            "ADD #facts :one",
            when=f"attribute_exists(#pk) AND {IS_FREE}",
            one=1,
        )
        try:
            write_versioned(
                self.facts.put_lot(item_id, after, iso(self.clock())),
                raised,
                self.audit.entry(caller.origin, change),
                what="lot",
            )
        except ConditionFailed as failed:
            raise changed_meanwhile("lot") from failed
        return _view(item_id, Lot(after.code, after.expiry_date, after.status, lot.version + 1))

    def _existing(self, item_id: str, code: str) -> Lot:
        upper = code.strip().upper()
        item: Item | None = None
        if may_be_id(item_id) and _may_be_lot(upper):
            key = catalog_keys.lot(item_id, upper)
            item = self.catalog.get(key, consistent=True)
            # A large posting may have made it, and not have got so far.
            heads = [] if item else self.stock.get_many([keys.head(item_id)], consistent=True)
            if self.recovery.settle(heads):
                item = self.catalog.get(key, consistent=True)
        if item is None:
            raise NotFound("There is no such lot of this item.")
        return read_lot(item)


def _told(lot: Lot) -> dict[str, Any]:
    return {
        "expiry_date": lot.expiry_date.isoformat() if lot.expiry_date else None,
        "status": lot.status,
    }


def _view(item_id: str, lot: Lot) -> LotView:
    return LotView(
        item_id=item_id,
        lot=lot.code,
        expiry_date=lot.expiry_date,
        status=lot.status,
        version=lot.version,
    )


def _may_be_lot(text: str) -> bool:
    return 0 < len(text) <= 64
