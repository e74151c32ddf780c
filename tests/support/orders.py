"""Orders in the account of a test, as managers and operators of the company work with them."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap import stores
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.core.idempotency import RequestKey
from stockwarden.orders.drafts import Drafter
from stockwarden.orders.fulfilment import FulfilmentService
from stockwarden.orders.model import OrderView
from stockwarden.orders.on_order import OnOrderReader
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.repository import OrderRepository
from stockwarden.orders.requests import MovedLine, MovedLines, OrderRequest
from stockwarden.orders.service import OrderService
from stockwarden.orders.states import Act
from stockwarden.orders.steps import OrderSteps
from tests.support.gateway import ADMIN
from tests.support.ledger import HALL, LedgerScenario

SUPPLIER = "spl_acme"


class OrderScenario(LedgerScenario):
    """A ledger with an item, a supplier who delivers in ten days, and the orders of both."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.keys = count(1)
        catalog = stores.catalog_table()
        self.suppliers = SupplierRepository(catalog, self.clock)
        self.suppliers.add(SUPPLIER, {"name": "Acme", "currency": "EUR", "lead_time_days": 10})
        audit = AuditLog(stores.audit_table(), self.clock)
        self.repository = OrderRepository(self.table, self.suppliers, self.clock)
        self.reader = OrderReader(self.repository, lambda _: {}, self.clock)
        drafter = Drafter(
            catalog,
            self.table,
            self.clock,
            suppliers=self.suppliers,
            units=self.ledger.units,
        )
        self.service = OrderService(
            self.reader,
            drafter,
            audit,
            require_visible=lambda caller, warehouse_id: None,
            main_warehouse=lambda caller: HALL,
            enter=self.ledger.enter,
        )
        self.steps = OrderSteps(self.reader, audit)
        self.fulfilment = FulfilmentService(
            self.reader, self.ledger, catalog, lambda caller, warehouse_id: "UTC"
        )
        self.on_order = OnOrderReader(self.table)

    def key(self, name: str | None = None) -> RequestKey:
        return RequestKey(name or f"order-key-{next(self.keys)}", "payload")

    def draw_up(self, *lines: Mapping[str, Any], key: str | None = None, **facts: Any) -> OrderView:
        """Without lines, ten of the item for 2.50 each."""
        given = lines or ({"quantity": Decimal(10), "price": "2.50"},)
        body = {
            "type": "purchase",
            **({"supplier_id": SUPPLIER} if facts.get("type") != "sales" else {"customer": "Ana"}),
            "lines": [{"item_id": self.item_id, **line} for line in given],
            **facts,
        }
        return self.service.create(ADMIN, self.key(key), OrderRequest.model_validate(body))

    def place(self, order: OrderView, key: str | None = None) -> OrderView:
        return self.steps.place(ADMIN, self.key(key), order.id)

    def placed(self, *lines: Mapping[str, Any], **facts: Any) -> OrderView:
        return self.place(self.draw_up(*lines, **facts))

    def cancel(self, order: OrderView, key: str | None = None) -> OrderView:
        return self.steps.cancel(ADMIN, self.key(key), order.id)

    def move(  # type: ignore[override]
        self, order: OrderView, act: str, quantities: Mapping[str, int] | None = None, **more: Any
    ) -> OrderView:
        """All that is open without quantities, which are by line."""
        lines = [
            MovedLine(line_id=line_id, quantity=Decimal(quantity))
            for line_id, quantity in (quantities or {}).items()
        ]
        key = self.key(more.get("key"))
        return self.fulfilment.move(ADMIN, key, order.id, Act(act), MovedLines(lines=lines))

    def find(self, order: OrderView) -> OrderView:
        return self.service.find(ADMIN, order.id)
