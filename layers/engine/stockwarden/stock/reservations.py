"""Reservations: stock that is kept for somebody, in two phases, with a time-out.

The balance holds what is reserved there, each with its end, so an expired reservation frees its
stock by itself. The reservation's own record says what became of it.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Invalid, NotFound, StockConflict, Unavailable
from stockwarden.core.exact import fraction_text, json_number, parse_fraction
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.balance import Reserved, put_balance, read_balance
from stockwarden.stock.head import IS_FREE, Head, read_head
from stockwarden.stock.large_recovery import BACKOFF, TRIES
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.model import MovementView, Reservation, movement_view, number, place_view
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.quantities import base_quantity
from stockwarden.stock.requests import ReservationRequest
from stockwarden.stock.service import AuthorizeMoves, own_name, place_of
from stockwarden.stock.unfit import archived, refuse_unfit
from stockwarden.stock.wording import described, place_fields
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, write

MAX_OPEN = 50
_NO_SUCH_RESERVATION = "There is no such reservation."
_OPEN, _POSTED, _VOID, _EXPIRED = "open", "posted", "void", "expired"


class ReservationService:
    def __init__(self, ledger: Ledger, authorize: AuthorizeMoves) -> None:
        self.ledger = ledger
        self.table = ledger.table
        self.authorize = authorize

    def reserve(self, caller: Caller, key: RequestKey, request: ReservationRequest) -> Reservation:
        """Raises Invalid, Conflict where too little is free, as `Ledger.post` does."""
        require_role(caller, Role.OPERATOR)
        timezone = self.authorize(caller, request.warehouse_id)
        item = self._retried(lambda: self._reserve(caller, key, request, timezone))
        return self._view(item)

    def find(self, caller: Caller, reservation_id: str) -> Reservation:
        require_role(caller, Role.VIEWER)
        item = self._load(reservation_id)
        if not caller.reaches(Place.parse(item["place"]).warehouse_id):
            raise NotFound(_NO_SUCH_RESERVATION)
        return self._view(item)

    def post(self, caller: Caller, key: RequestKey, reservation_id: str) -> MovementView:
        """Issues what was reserved."""
        require_role(caller, Role.OPERATOR)
        item = self._load(reservation_id)
        place = Place.parse(item["place"])
        timezone = self.authorize(caller, place.warehouse_id)
        line = Line(
            pointer="",
            item_id=item["item_id"],
            kind=Kind.ISSUE,
            place=place,
            quantity=Decimal(item["given_quantity"]),
            unit=item.get("given_unit"),
            base_quantity=parse_fraction(item["quantity"]),
            reason=item.get("reason"),
            reservation_id=reservation_id,
            timezone=timezone,
        )

        def end(movements: Sequence[Movement]) -> list[Operation]:
            return [self._end(self._load(reservation_id), _POSTED, movements[0].id)]

        (movement,) = self.ledger.post(
            caller, key, [line], check=lambda: self._require_open(reservation_id), beside=end
        )
        return movement_view(movement, own_name(caller))

    def void(self, caller: Caller, reservation_id: str) -> Reservation:
        """Lets the stock go. Of one that is void already, nothing changes."""
        require_role(caller, Role.OPERATOR)
        item = self._load(reservation_id)
        self.authorize(caller, Place.parse(item["place"]).warehouse_id)
        return self._view(self._retried(lambda: self._void(caller, reservation_id)))

    def _reserve(
        self, caller: Caller, key: RequestKey, request: ReservationRequest, timezone: str
    ) -> Item:
        place, clock = place_of(request), self.ledger.clock()
        reservation_id = key.id("rsv")
        balance_key = keys.balance(request.item_id, place)
        wanted = [keys.reservation(reservation_id), keys.head(request.item_id), balance_key]
        stored = self.table.get_many(wanted, consistent=True)
        known = at_key(stored, keys.reservation(reservation_id))
        if known is not None:
            key.require_same(known["payload"])
            return known
        head_item = at_key(stored, keys.head(request.item_id))
        if head_item is None:
            raise Invalid.field("/item_id", "There is no such item.")
        if self.ledger.recovery.settle([head_item]):
            raise ConditionFailed(frozenset())
        head, now = read_head(head_item), iso(clock)
        quantity = self._quantity(head, request)
        self._refuse_serials(head)
        balance = read_balance(at_key(stored, balance_key))
        self._refuse_unfit(head, place, now, timezone)
        free = balance.quantity - balance.reserved_at(now)
        if quantity > free:
            raise _not_free(head, place, quantity, free)
        if sum(each.until > now for each in balance.reserved.values()) >= MAX_OPEN:
            raise Conflict(f"There are {MAX_OPEN} open reservations {described(place)} already.")
        until = iso(clock + timedelta(minutes=request.minutes))
        item: Item = {
            **keys.reservation(reservation_id),
            "id": reservation_id,
            "item_id": head.id,
            "place": place.text,
            "quantity": fraction_text(quantity),
            "given_quantity": str(request.quantity),
            "given_unit": request.unit,
            "status": _OPEN,
            "until": until,
            "created_at": now,
            "by": caller.user_id,
            "reason": request.reason,
            "payload": key.payload,
            "version": 1,
        }
        reserved = balance.with_reserved(reservation_id, Reserved(quantity, until))
        write(
            self.table.put(item, when="attribute_not_exists(#pk)"),
            put_balance(self.table, head.id, place, reserved, now),
            # A large posting holds the item with what was free when it was decided.
            self.table.check(keys.head(head.id), IS_FREE),
            self._entry(caller, item, "reserved", (None, fraction_text(quantity))),
        )
        return item

    def _void(self, caller: Caller, reservation_id: str) -> Item:
        item = self._load(reservation_id)
        if item["status"] == _POSTED:
            raise Conflict("This reservation is posted: reverse its movement instead.")
        if item["status"] == _VOID:
            return item
        place, now = Place.parse(item["place"]), iso(self.ledger.clock())
        stored = self.table.get(keys.balance(item["item_id"], place), consistent=True)
        balance = read_balance(stored).with_reserved(reservation_id, None)
        write(
            self._end(item, _VOID, None),
            put_balance(self.table, item["item_id"], place, balance, now),
            self._entry(caller, item, "released", (item["quantity"], None)),
        )
        return {**item, "status": _VOID, "version": item["version"] + 1}

    def _end(self, item: Item, status: str, movement_id: str | None) -> Operation:
        change = "SET #status = :status, #version = :next"
        values: Item = {"status": status, "next": item["version"] + 1, "read": item["version"]}
        if movement_id:
            change += ", #movement_id = :movement_id"
            values["movement_id"] = movement_id
        return self.table.update(
            keys.reservation(item["id"]), change, when="#version = :read", **values
        )

    def _require_open(self, reservation_id: str) -> None:
        status = self._status(self._load(reservation_id))
        if status != _OPEN:
            raise Conflict(f"This reservation is {status}.")

    def _status(self, item: Item) -> str:
        is_over = item["status"] == _OPEN and item["until"] <= iso(self.ledger.clock())
        return _EXPIRED if is_over else str(item["status"])

    def _load(self, reservation_id: str) -> Item:
        key = keys.reservation(reservation_id)
        item = self.table.get(key, consistent=True) if may_be_id(reservation_id) else None
        if item is None:
            raise NotFound(_NO_SUCH_RESERVATION)
        return item

    def _quantity(self, head: Head, request: ReservationRequest) -> Fraction:
        units = self.ledger.units.find_many({head.unit, request.unit or head.unit})
        return base_quantity(head.unit, request.quantity, request.unit, units, "")

    def _refuse_serials(self, head: Head) -> None:
        """A posting names the pieces, and a reservation does not."""
        kind = head.inventory_type
        demands = self.ledger.facts.demands({kind}) if kind else {}
        if kind in demands and demands[kind].serial:
            raise Invalid.field(
                "/item_id", f"{head.name} has serial numbers: its pieces cannot be reserved."
            )

    def _refuse_unfit(self, head: Head, place: Place, now: str, timezone: str) -> None:
        if head.status == "archived":
            raise archived(head)
        lots = self.ledger.facts.lots({(head.id, place.lot)}) if place.lot != NONE else {}
        lot = lots.get((head.id, place.lot))
        if lot is not None:
            refuse_unfit(head, lot, now, timezone)

    def _entry(
        self, caller: Caller, item: Item, action: str, change: tuple[str | None, str | None]
    ) -> Operation:
        place = Place.parse(item["place"])
        entry = Change(
            warehouse_scope(place.warehouse_id),
            f"stock.{action}",
            f"reservation/{item['id']}",
            {f"{item['item_id']} reserved": change},
        )
        return self.ledger.audit.entry(caller.origin, entry)

    def _retried(self, attempt: Callable[[], Item]) -> Item:
        return retried(
            attempt,
            on=ConditionFailed,
            tries=TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=BACKOFF,
        )

    def _view(self, item: Item) -> Reservation:
        return Reservation(
            **place_view(Place.parse(item["place"])),
            **number("quantity", parse_fraction(item["quantity"])),
            id=item["id"],
            item_id=item["item_id"],
            status=self._status(item),
            until=item["until"],
            created_at=item["created_at"],
            reason=item.get("reason"),
            movement_id=item.get("movement_id"),
            version=item["version"],
        )


def _not_free(head: Head, place: Place, wanted: Fraction, free: Fraction) -> StockConflict:
    there = max(free, Fraction(0))
    return StockConflict(
        f"{json_number(there)} {head.unit} of {head.name} are free {described(place)}; "
        f"{json_number(wanted)} cannot be reserved.",
        {
            "reason": "reserved",
            "item_id": head.id,
            "item_name": head.name,
            **place_fields(place),
            "available": json_number(there),
            "unit": head.unit,
        },
    )
