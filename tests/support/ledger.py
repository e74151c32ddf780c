"""A ledger in the account of a test: items, and movements as a person of the company makes them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap import stores
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import iso
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.facts import FactsReader, Lot
from stockwarden.stock.head import EMPTY, Head, read_head
from stockwarden.stock.large_posting import MAX_ACTIONS
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind, Movement
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.tables import write
from tests.support.gateway import ADMIN

HALL = "wh_hall"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class LedgerScenario:
    """`now` is the clock; each posting takes a second. What takes more than `max_actions` in one
    transaction is a large posting."""

    def __init__(
        self,
        item_id: str = "item_1",
        unit: str = "pcs",
        *,
        max_actions: int = MAX_ACTIONS,
        **facts: Any,
    ) -> None:
        self.now = NOON
        self.item_id = item_id
        self.numbers = count(1)
        self.table = stores.stock_table()
        self.ledger = Ledger(
            self.table,
            FactsReader(stores.catalog_table()),
            UnitRepository(stores.catalog_table(), self.clock),
            AuditLog(stores.audit_table(), self.clock),
            self.clock,
            max_actions=max_actions,
        )
        self.add_item(item_id, unit, **facts)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def add_item(self, item_id: str, unit: str = "pcs", **facts: Any) -> None:
        write(self.table.put(head_item(item_id, unit, **facts)))

    def add_lot(self, code: str, expiry: Any = None, status: Any = "available") -> None:
        write(self.ledger.facts.put_lot(self.item_id, Lot(code, expiry, status, 0), iso(self.now)))

    def add_type(self, **demands: bool) -> None:
        """The inventory type of the item."""
        asked = {
            f"demands_{name}": demands.get(name, False) for name in ("lot", "expiry", "serial")
        }
        type_key = catalog_keys.inventory_types().key("type_1")
        write(stores.catalog_table().put({**type_key, **asked}))
        key = keys.head(self.item_id)
        write(self.table.update(key, "SET #inventory_type = :type", type="type_1"))

    def line(
        self, kind: Kind | str, quantity: Any, place: Place | None = None, **more: Any
    ) -> Line:
        position = more.pop("position", None)
        return Line(
            pointer="" if position is None else f"/lines/{position}",
            item_id=more.pop("item_id", self.item_id),
            kind=Kind(kind),
            place=place or Place(HALL),
            quantity=Decimal(str(quantity)),
            **more,
        )

    def post(self, *lines: Line, key: str | None = None) -> list[Movement]:
        return self.ledger.post(ADMIN, self.request(key), lines)

    def request(self, key: str | None = None) -> RequestKey:
        return RequestKey(key or f"pst_{self.item_id}_{next(self.numbers)}", "payload")

    def move(
        self, kind: Kind | str, quantity: Any, place: Place | None = None, **more: Any
    ) -> Movement:
        key = more.pop("key", None)
        (movement,) = self.post(self.line(kind, quantity, place, **more), key=key)
        return movement

    @property
    def head(self) -> Head:
        item = self.table.get(keys.head(self.item_id), consistent=True)
        assert item is not None
        return read_head(item)

    @property
    def quantity(self) -> Fraction:
        return self.head.quantity

    def at(self, moment: datetime | str) -> dict[Place, Fraction]:
        text = moment if isinstance(moment, str) else iso(moment)
        return self.ledger.history.balances_at(self.item_id, text, consistent=True)

    def movements(self) -> Sequence[Movement]:
        return list(self.ledger.history.all_movements(self.item_id))


def head_item(item_id: str, unit: str = "pcs", **facts: Any) -> dict[str, Any]:
    return {
        **keys.head(item_id),
        **keys.in_item_list(item_id, item_id),
        **EMPTY,
        "id": item_id,
        "name": "Flour",
        "sku": item_id.upper(),
        "status": "active",
        "unit": unit,
        "facts": 1,
        **facts,
    }


def place(location: str = NONE, lot: str = NONE, warehouse_id: str = HALL) -> Place:
    return Place(warehouse_id, location, lot)
