"""Receives, ships and returns the goods of an order: the movements and the order, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from stockwarden.catalog.lead_times import add_lead_time, trim_lead_times
from stockwarden.catalog.units import Unit
from stockwarden.core.errors import OrderConflict, Unavailable
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.orders.audited import change_of
from stockwarden.orders.model import OrderView
from stockwarden.orders.moved import Moved, OrderState, moved_lines, progress_after
from stockwarden.orders.progress import Progress, open_lines, progress_item, progress_of
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.requests import MovedLines
from stockwarden.orders.states import PARTIAL, Act, OrderStatus, OrderType, require_possible
from stockwarden.stock.large_recovery import BACKOFF, TRIES
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.service import AuthorizeMoves
from stockwarden.stock.valuation import rounded
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import orders as keys
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, Operation, Table

_KINDS = {
    (OrderType.PURCHASE, Act.RECEIVE): Kind.RECEIPT,
    (OrderType.PURCHASE, Act.RETURN): Kind.ISSUE,
    (OrderType.SALES, Act.SHIP): Kind.ISSUE,
    (OrderType.SALES, Act.RETURN): Kind.RETURN,
}
_ACTIONS = {Act.RECEIVE: "received", Act.SHIP: "shipped", Act.RETURN: "returned"}
_SECONDS_A_DAY = 86_400


class _Changed(Exception):
    """The order is no longer as it was read."""


@dataclass(frozen=True)
class _Wanted:
    """What is asked for; `timezone` is that of the warehouse."""

    caller: Caller
    key: RequestKey
    order_id: str
    act: Act
    request: MovedLines
    timezone: str


class FulfilmentService:
    def __init__(
        self, reader: OrderReader, ledger: Ledger, catalog: Table, authorize: AuthorizeMoves
    ) -> None:
        self.reader = reader
        self.repository = reader.repository
        self.table = reader.repository.table
        self.ledger = ledger
        self.catalog = catalog
        self.authorize = authorize

    def move(
        self, caller: Caller, key: RequestKey, order_id: str, act: Act, request: MovedLines
    ) -> OrderView:
        """Receives, ships or returns. Raises OrderConflict for an order that is not in the state
        for it, or more than is open of a line; and as `Ledger.post` does."""
        require_role(caller, Role.OPERATOR)
        order = self.reader.load(caller, order_id)
        timezone = self.authorize(caller, order["warehouse_id"])
        wanted = _Wanted(caller, key, order_id, act, request, timezone)
        retried(
            lambda: self._attempt(wanted),
            on=_Changed,
            tries=TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=BACKOFF,
        )
        after = self.reader.load(caller, order_id)
        if after["status"] == OrderStatus.COMPLETED and after["type"] == OrderType.PURCHASE:
            self.repository.remove_on_order(order_id)
            trim_lead_times(self.catalog, after["supplier_id"])
        return self.reader.view(after)

    def _attempt(self, wanted: "_Wanted") -> None:
        caller, key, order_id = wanted.caller, wanted.key, wanted.order_id
        if self.ledger.posted(key) is not None:
            return
        order = self.reader.load(caller, order_id)
        try:
            state, moved = self._moved(order, wanted.act, wanted.request)
        except OrderConflict:
            # Of the same request sent twice at once, one finds nothing open any more.
            if self.ledger.posted(key) is not None:
                return
            raise

        def check() -> None:
            if self.reader.load(caller, order_id)["version"] != order["version"]:
                raise _Changed

        def beside(movements: Sequence[Movement]) -> list[Operation]:
            return self._change(wanted, state, moved, movements)

        self.ledger.post(
            caller, key, _ledger_lines(state, moved, wanted), check=check, beside=beside
        )

    def _moved(self, order: Item, act: Act, request: MovedLines) -> tuple[OrderState, list[Moved]]:
        kind, status = OrderType(order["type"]), OrderStatus(order["status"])
        require_possible(order["number"], kind, status, act)
        lines = self.repository.lines(order)
        state = OrderState(order, lines, self.repository.progress(order["id"]))
        return state, moved_lines(state, request.lines, self._units(state, request), act)

    def _units(self, state: OrderState, request: MovedLines) -> Mapping[str, Unit]:
        codes = {line.unit for line in request.lines if line.unit}
        for line in state.lines:
            codes |= {line.unit, line.base_unit}
        return self.ledger.units.find_many(codes)

    def _change(
        self,
        wanted: "_Wanted",
        state: OrderState,
        moved: Sequence[Moved],
        movements: Sequence[Movement],
    ) -> list[Operation]:
        """What is written with the movements: the order, its progress, and what follows of it."""
        act, posting_id = wanted.act, posting_id_of(wanted.key)
        order, recorded_at = state.order, movements[0].recorded_at
        progress = progress_after(state.progress, moved, act)
        after = self.repository.changed(order, _changes(state, progress, act, recorded_at))
        posted: Item = {
            **keys.posting_of_order(order["id"], recorded_at, posting_id),
            "act": act.value,
            "movements": [
                {"item_id": each.item_id, "effective_at": each.effective_at, "seq": each.seq}
                for each in movements
            ],
        }
        entry = change_of(_ACTIONS[act], order, after)
        return [
            *self.repository.change_operations(order, after),
            self.table.put(progress_item(order["id"], progress)),
            self.table.put(posted),
            self.ledger.audit.entry(wanted.caller.origin, entry),
            *self._measured(after, act),
        ]

    def _measured(self, after: Item, act: Act) -> list[Operation]:
        """The lead time of a purchase that this receipt completes."""
        if act is not Act.RECEIVE or after["status"] != OrderStatus.COMPLETED:
            return []
        placed_at, completed_at = map(
            datetime.fromisoformat, (after["placed_at"], after["completed_at"])
        )
        days = (completed_at - placed_at).total_seconds() / _SECONDS_A_DAY
        return [add_lead_time(self.catalog, after["supplier_id"], after["id"], days)]


def _changes(state: OrderState, progress: Progress, act: Act, now: str) -> Item:
    if act is Act.RETURN:
        return {}
    left = open_lines(progress, state.lines)
    changes: Item = {
        "open_lines": left,
        "first_moved_at": state.order.get("first_moved_at", now),
        "last_moved_at": now,
        "status": PARTIAL[OrderType(state.order["type"])].value,
    }
    if not left:
        changes |= {"status": OrderStatus.COMPLETED.value, "completed_at": now}
    return changes


def _ledger_lines(state: OrderState, moved: Sequence[Moved], wanted: _Wanted) -> list[Line]:
    order = state.order
    kind, act = OrderType(order["type"]), wanted.act
    before = {line.id: progress_of(state.progress, line).done for line in state.lines}
    lines = []
    for each in moved:
        line, request, done = each.line, each.request, before[each.line.id]
        before[line.id] += each.base
        lines.append(
            Line(
                pointer=each.pointer,
                item_id=line.item_id,
                kind=_KINDS[kind, act],
                place=Place(order["warehouse_id"], request.location or NONE, request.lot or NONE),
                quantity=each.quantity,
                unit=each.unit,
                base_quantity=each.base,
                reason=wanted.request.reason,
                expiry_date=request.expiry_date,
                serials=tuple(request.serials),
                order_id=order["id"],
                order_line=line.id,
                value=_value(each, done) if act is Act.RECEIVE else None,
                sends_back=kind is OrderType.PURCHASE and act is Act.RETURN,
                timezone=wanted.timezone,
            )
        )
    return lines


def _value(moved: Moved, done: Fraction) -> Decimal | None:
    """What a receipt costs, after so much was received before: the values of all receipts of a line
    add up to what the line costs. None for a line without a price."""
    before, after = moved.line.cost_of(done), moved.line.cost_of(done + moved.base)
    if before is None or after is None:
        return None
    return rounded(Fraction(rounded(after)) - Fraction(rounded(before)))
