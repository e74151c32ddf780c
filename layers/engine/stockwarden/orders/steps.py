"""Use cases of orders that move no stock: to place one, and to cancel it or close it short."""

from datetime import datetime, timedelta

from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Unavailable
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.orders.audited import change_of
from stockwarden.orders.model import OrderView
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.repository import head_keys
from stockwarden.orders.states import OPEN, Act, OrderStatus, OrderType, require_possible
from stockwarden.storage.attributes import Item
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, write

_TRIES, _BACKOFF = 12, Backoff(first=0.02, longest=1.0)


class OrderSteps:
    def __init__(self, reader: OrderReader, audit: AuditLog) -> None:
        self.reader = reader
        self.repository = reader.repository
        self.table = reader.repository.table
        self.audit = audit

    def place(self, caller: Caller, key: RequestKey, order_id: str) -> OrderView:
        """From now on it is expected, and its lines stay as they are. Raises OrderConflict, and
        Conflict for what is archived by now."""
        return self._step(caller, key, order_id, Act.PLACE)

    def cancel(self, caller: Caller, key: RequestKey, order_id: str) -> OrderView:
        """Cancels an order of which nothing was moved; of another it cancels the rest, so that it
        is completed, closed short. Raises OrderConflict."""
        order = self._step(caller, key, order_id, Act.CANCEL)
        self.repository.remove_on_order(order_id)
        return order

    def _step(self, caller: Caller, key: RequestKey, order_id: str, act: Act) -> OrderView:
        require_role(caller, Role.MANAGER)
        order = retried(
            lambda: self._attempt(caller, key, order_id, act),
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )
        return self.reader.view(order)

    def _attempt(self, caller: Caller, key: RequestKey, order_id: str, act: Act) -> Item:
        order = self.reader.load(caller, order_id)
        requests = order.get("requests", {})
        if requests.get(act.value) == key.name:
            return order
        require_possible(order["number"], OrderType(order["type"]), _status(order), act)
        now = self.reader.clock()
        if act is Act.PLACE:
            action, changes = "placed", self._placing(order, now)
        else:
            action, changes = _cancelling(order, iso(now))
        changes["requests"] = {**requests, act.value: key.name}
        after = self.repository.changed(order, changes)
        entry = self.audit.entry(caller.origin, change_of(action, order, after))
        write(*self.repository.change_operations(order, after), entry)
        return after

    def _placing(self, order: Item, now: datetime) -> Item:
        lines = self.repository.lines(order)
        heads = self.table.get_many(head_keys(lines), consistent=True)
        archived = [head["name"] for head in heads if head["status"] == "archived"]
        if archived:
            raise Conflict(f"{', '.join(archived[:5])}: archived by now; take it off the order.")
        expected_at, days = order.get("expected_at"), order.get("promised_days")
        if expected_at is None and days is not None:
            expected_at = iso(now + timedelta(days=days))
        if order["type"] == OrderType.PURCHASE:
            self.repository.add_on_order(order, lines)
        return {
            "status": OrderStatus.PLACED.value,
            "placed_at": iso(now),
            "expected_at": expected_at,
        }


def _cancelling(order: Item, now: str) -> tuple[str, Item]:
    if _status(order) in OPEN - {OrderStatus.PLACED}:
        changes: Item = {
            "status": OrderStatus.COMPLETED.value,
            "completed_at": now,
            "closed_short": True,
        }
        return "closed_short", changes
    return "cancelled", {"status": OrderStatus.CANCELLED.value, "cancelled_at": now}


def _status(order: Item) -> OrderStatus:
    return OrderStatus(order["status"])
