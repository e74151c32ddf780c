"""Use cases of movements: who may make them, reversals, and what is read of the ledger."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, Invalid, NotFound, StockConflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.model import (
    MovementView,
    PostedMovements,
    movement_view,
)
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.requests import (
    MovementLine,
    PlaceRequest,
    ReversalRequest,
    not_ahead,
)
from stockwarden.stock.scanned import with_items
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.tables import Operation

# Gives the warehouse's time zone. Raises NotFound, Forbidden where the caller may not move stock.
AuthorizeMoves = Callable[[Caller, str], str]


class MovementService:
    def __init__(self, ledger: Ledger, authorize: AuthorizeMoves) -> None:
        self.ledger = ledger
        self.authorize = authorize

    def move(self, caller: Caller, key: RequestKey, line: MovementLine) -> MovementView:
        """One movement. Raises as `Ledger.post`, and Forbidden, NotFound."""
        (movement,) = self.ledger.post(caller, key, self._lines(caller, [line], ""))
        return movement_view(movement, own_name(caller))

    def move_together(
        self, caller: Caller, key: RequestKey, lines: Sequence[MovementLine]
    ) -> PostedMovements:
        movements = self.ledger.post(caller, key, self._lines(caller, lines, "/lines/{}"))
        return PostedMovements(
            posting_id=posting_id_of(key),
            movements=[movement_view(each, own_name(caller)) for each in movements],
        )

    def reverse(
        self, caller: Caller, key: RequestKey, movement_id: str, request: ReversalRequest
    ) -> MovementView:
        """The counter-movement, which is linked to the first. Raises Conflict for one that is
        reversed already, for a reversal, and for one of an order."""
        require_role(caller, Role.OPERATOR)
        movement = self._find(movement_id)
        for warehouse_id in sorted(movement.warehouses()):
            self.authorize(caller, warehouse_id)
        if movement.kind is Kind.REVERSAL:
            raise Conflict("This is a reversal itself; make the movement again instead.")
        _refuse_part_of_more(movement)
        moment = self._moment(request.effective_at, "")
        line = reversal_line(movement, reason=request.reason, effective_at=moment)

        def check() -> None:
            done = self._find(movement_id).reversed_by
            if done:
                raise StockConflict(
                    "This movement is reversed already.",
                    {"reason": "reversed", "item_id": movement.item_id, "movement_id": done},
                )

        def mark(movements: Sequence[Movement]) -> list[Operation]:
            return [self.ledger.mark_reversed(movement, movements[0].id)]

        (reversal,) = self.ledger.post(caller, key, [line], check=check, beside=mark)
        return movement_view(reversal, own_name(caller))

    def _find(self, movement_id: str) -> Movement:
        movement = self.ledger.find(movement_id) if may_be_id(movement_id) else None
        if movement is None:
            raise NotFound("There is no such movement.")
        return movement

    def _lines(self, caller: Caller, lines: Sequence[MovementLine], pointer: str) -> list[Line]:
        require_role(caller, Role.OPERATOR)
        zones = {
            warehouse_id: self.authorize(caller, warehouse_id)
            for warehouse_id in sorted(set(_warehouses(lines)))
        }
        pointers = [pointer.format(position) for position in range(len(lines))]
        today = self.ledger.clock().date()
        resolved = with_items(self.ledger.facts, lines, pointers, today)
        return [
            _line(line, at, self._moment(line.effective_at, at), zones[line.warehouse_id])
            for line, at in zip(resolved, pointers, strict=True)
        ]

    def _moment(self, moment: datetime | None, pointer: str) -> str | None:
        """Raises Invalid for a moment that is ahead."""
        if moment is None:
            return None
        now = self.ledger.clock()
        if not not_ahead(moment, now):
            raise Invalid.field(
                f"{pointer}/effective_at", f"{iso(moment)} lies ahead; it is {iso(now)} now."
            )
        return iso(moment)


def own_name(caller: Caller) -> dict[str, str]:
    """Whose request it is made what it answers."""
    return {caller.user_id: caller.username}


def place_of(request: PlaceRequest) -> Place:
    return Place(request.warehouse_id, request.location or NONE, request.lot or NONE)


def _line(line: MovementLine, pointer: str, effective_at: str | None, timezone: str) -> Line:
    to = line.to
    if to is not None and to.lot is None:
        # A lot stays what it is when it is moved.
        to = to.model_copy(update={"lot": line.lot})
    if to is not None and to.lot != line.lot:
        raise Invalid.field(f"{pointer}/to/lot", "A transfer does not change the lot.")
    if to is not None and place_of(to) == place_of(line):
        raise Invalid.field(f"{pointer}/to", "A transfer goes to another place.")
    return Line(
        pointer=pointer,
        item_id=line.item_id or "",
        kind=Kind(line.kind),
        place=place_of(line),
        quantity=line.quantity,
        unit=line.unit,
        to=place_of(to) if to else None,
        effective_at=effective_at,
        reason=line.reason,
        expiry_date=line.expiry_date,
        serials=tuple(line.serials),
        unit_cost=Decimal(line.unit_cost) if line.unit_cost is not None else None,
        timezone=timezone,
    )


def _refuse_part_of_more(movement: Movement) -> None:
    """Raises Conflict for a movement that is undone only together with others."""
    if movement.consumption_id:
        raise Conflict(
            "This is an entry of the consumption log: correct that, by "
            f"POST /consumption/{movement.consumption_id}/correction."
        )
    if movement.order_id:
        raise StockConflict(
            "This movement belongs to an order, which would not know of its reversal: return "
            "the goods by POST /orders/{id}/return.",
            {"reason": "order", "item_id": movement.item_id, "order_id": movement.order_id},
        )
    opposite = {Kind.ASSEMBLY: "disassemble", Kind.DISASSEMBLY: "assemble"}.get(movement.kind)
    if opposite:
        raise Conflict(
            f"This belongs to the {movement.kind} of kits, which is undone as a whole: by "
            f"POST /items/{movement.kit_id}/{opposite}."
        )


def reversal_line(
    movement: Movement,
    *,
    reason: str | None,
    effective_at: str | None,
    consumption_id: str | None = None,
) -> Line:
    """The line of the counter-movement, perhaps as a part of an entry of the consumption log."""
    there, back = movement.place, movement.to
    return Line(
        pointer="",
        item_id=movement.item_id,
        kind=Kind.REVERSAL,
        place=back or there,
        to=there if back else None,
        quantity=movement.given_quantity,
        unit=movement.given_unit,
        effective_at=effective_at,
        reason=reason,
        serials=movement.serials,
        reverses=movement,
        kit_id=movement.kit_id,
        consumption_id=consumption_id,
    )


def _warehouses(lines: Iterable[MovementLine]) -> Iterable[str]:
    for line in lines:
        yield line.warehouse_id
        if line.to is not None:
            yield line.to.warehouse_id
