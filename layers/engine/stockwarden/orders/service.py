"""Use cases of orders: drawn up, changed, and read."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import iso
from stockwarden.core.errors import Invalid
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.orders.audited import change_of
from stockwarden.orders.drafts import Draft, Drafter
from stockwarden.orders.line import OrderLine
from stockwarden.orders.model import OrderView
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.requests import OrderPatch, OrderRequest
from stockwarden.orders.states import OPEN, OrderStatus, OrderType, not_a_draft
from stockwarden.stock.ledger import Enter
from stockwarden.stock.reading import RequireVisible
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.tables import ConditionFailed
from stockwarden.storage.versions import check_version, write_versioned

# Gives the id of the company's main warehouse, which is made where it is not there.
MainWarehouse = Callable[[Caller], str]
# What can be changed of an order that is placed.
_ALWAYS = frozenset({"expected_at", "note"})
_KEPT = ("supplier_id", "customer", "warehouse_id", "currency", "expected_at", "note", "costs")


class OrderService:
    def __init__(
        self,
        reader: OrderReader,
        drafter: Drafter,
        audit: AuditLog,
        *,
        require_visible: RequireVisible,
        main_warehouse: MainWarehouse,
        enter: Enter,
    ) -> None:
        self.reader = reader
        self.repository = reader.repository
        self.drafter = drafter
        self.audit = audit
        self.require_visible = require_visible
        self.main_warehouse = main_warehouse
        self.enter = enter

    def find(self, caller: Caller, order_id: str) -> OrderView:
        """Raises NotFound, and Forbidden for who may not read the catalog."""
        require_role(caller, Role.VIEWER)
        return self.reader.current(caller, order_id)

    def create(self, caller: Caller, key: RequestKey, request: OrderRequest) -> OrderView:
        """A draft. A repetition finds what the first request has made. Raises Invalid that names
        every field at fault, Taken for a number that another order has, NotFound."""
        require_role(caller, Role.MANAGER)
        made = self.repository.find(key.id("ord"))
        if made is None:
            made = self._create(caller, key, request)
        key.require_same(made["payload"])
        return self.reader.view(made)

    def change(
        self, caller: Caller, order_id: str, patch: OrderPatch, expected_version: int | None
    ) -> OrderView:
        """Raises PreconditionFailed, Invalid, OrderConflict for what only a draft's can be."""
        require_role(caller, Role.MANAGER)
        order = self.reader.load(caller, order_id)
        check_version(order, expected_version, "order")
        given = patch.given()
        if not given:
            return self.reader.view(order)
        status = OrderStatus(order["status"])
        if set(given) <= _ALWAYS and status in {OrderStatus.DRAFT, *OPEN}:
            return self._write(caller, order, _stored(given))
        if status is not OrderStatus.DRAFT:
            fields = ", ".join(sorted(set(given) - _ALWAYS) or sorted(given))
            raise not_a_draft(order["number"], OrderType(order["type"]), status, fields)
        return self._redraw(caller, order, given)

    def _create(self, caller: Caller, key: RequestKey, request: OrderRequest) -> Item:
        order_id, created_at = key.id("ord"), iso(self.reader.clock())
        draft = self._draw_up(caller, request)
        try:
            with self.repository.new_lines(order_id, created_at, draft.lines) as revision:
                order: Item = {
                    **keys.order(order_id),
                    **draft.facts,
                    "id": order_id,
                    "status": OrderStatus.DRAFT.value,
                    "revision": revision,
                    "by": caller.user_id,
                    "payload": key.payload,
                    "created_at": created_at,
                    "updated_at": created_at,
                    "version": 1,
                }
                return self.repository.add(
                    order,
                    request.internal_number,
                    lambda new: [self.audit.entry(caller.origin, change_of("created", None, new))],
                )
        except ConditionFailed:
            # The same request, sent twice at once.
            return self.reader.load(caller, order_id)

    def _redraw(self, caller: Caller, order: Item, given: Mapping[str, Any]) -> OrderView:
        """Draws up the order anew, with what is given and what it has of the rest."""
        request = _merged(order, self.repository.lines(order), given)
        draft = self._draw_up(caller, request)
        replaced = self.repository.line_keys(order["id"])
        with self.repository.new_lines(order["id"], order["created_at"], draft.lines) as revision:
            changed = self._write(caller, order, {**draft.facts, "revision": revision})
        self.repository.remove_lines(replaced)
        return changed

    def _draw_up(self, caller: Caller, request: OrderRequest) -> Draft:
        warehouse_id = request.warehouse_id or self.main_warehouse(caller)
        self.require_visible(caller, warehouse_id)
        draft = self.drafter.draw_up(request, warehouse_id)
        self.repository.mark_items(draft.heads)
        self.enter(warehouse_id)
        return draft

    def _write(self, caller: Caller, order: Item, changes: Mapping[str, Any]) -> OrderView:
        after = self.repository.changed(order, changes)
        entry = self.audit.entry(caller.origin, change_of("changed", order, after))
        write_versioned(*self.repository.change_operations(order, after), entry, what="order")
        return self.reader.view(after)


def _stored(given: Mapping[str, Any]) -> dict[str, Any]:
    moment = given.get("expected_at")
    return {**given, **({"expected_at": iso(moment)} if moment else {})}


def _merged(order: Item, lines: Sequence[OrderLine], given: Mapping[str, Any]) -> OrderRequest:
    """The request that would draw up the order as it is after a change. Raises Invalid for what an
    order of its type cannot have, or cannot lack."""
    partner, other = _PARTNERS[OrderType(order["type"])]
    if given.get(other) is not None:
        raise Invalid.field(f"/{other}", f"A {order['type']} order has no {other}.")
    for name in (partner, "lines"):
        if name in given and given[name] is None:
            raise Invalid.field(f"/{name}", f"A {order['type']} order has a {name}.")
    stored = {
        **{name: order.get(name) for name in _KEPT},
        "type": order["type"],
        "over_receipt_percent": Decimal(order["over_receipt_percent"]),
        "lines": [_line_request(line) for line in lines],
    }
    merged = {**stored, **given}
    return OrderRequest.model_validate({**merged, "costs": merged["costs"] or []})


_PARTNERS = {
    OrderType.PURCHASE: ("supplier_id", "customer"),
    OrderType.SALES: ("customer", "supplier_id"),
}


def _line_request(line: OrderLine) -> dict[str, Any]:
    in_packs = line.pack_size is not None
    return {
        "item_id": line.item_id,
        "quantity": line.quantity,
        "unit": None if in_packs else line.unit,
        "packs": in_packs,
        "price": line.price,
    }
