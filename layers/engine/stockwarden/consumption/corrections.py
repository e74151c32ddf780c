"""Use cases of corrections: counter-entries, each linked to the entry that it corrects."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from stockwarden.consumption.day_totals import DayTotals
from stockwarden.consumption.entries import Entry, EntryRepository, parts_of
from stockwarden.consumption.model import Consumption, CorrectionRequest
from stockwarden.consumption.taking import again
from stockwarden.consumption.views import EntryViews
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.head import read_heads
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.movement import Movement
from stockwarden.stock.quantities import base_quantity
from stockwarden.stock.service import AuthorizeMoves, reversal_line
from stockwarden.storage.tables import Operation


class CorrectionService:
    def __init__(self, ledger: Ledger, *, authorize: AuthorizeMoves, views: EntryViews) -> None:
        self.ledger = ledger
        self.table = ledger.table
        self.authorize = authorize
        self.views = views
        self.entries: EntryRepository = views.entries
        self.totals = DayTotals(ledger.table)

    def correct(
        self, caller: Caller, key: RequestKey, entry_id: str, request: CorrectionRequest
    ) -> Consumption:
        """The counter-entry, which puts back what was taken and takes what should have been, from
        the same places. Raises NotFound, Invalid, and Conflict for an entry that is corrected
        already."""
        require_role(caller, Role.OPERATOR)
        entry = self.entries.existing(entry_id)
        timezone = self.authorize(caller, entry.warehouse_id)
        correction_id = key.id("use")
        if self.ledger.posted(key) is None:
            self._correct(caller, key, entry, request, correction_id, timezone=timezone)
        return self.views.one(self.entries.existing(correction_id))

    def _correct(
        self,
        caller: Caller,
        key: RequestKey,
        entry: Entry,
        request: CorrectionRequest,
        correction_id: str,
        *,
        timezone: str,
    ) -> None:
        given = request.quantity or Decimal(0)
        quantity = self._base(entry, given)
        movements = [self._movement(each) for each in entry.standing_movements]
        if quantity and any(movement.serials for movement in movements):
            raise Invalid.field(
                "/quantity", "It has serial numbers: correct all of it, and log what was used."
            )
        lines = [
            reversal_line(
                movement,
                reason=request.note,
                effective_at=None,
                consumption_id=correction_id,
            )
            for movement in movements
        ]
        if quantity:
            lines += again(
                movements,
                quantity / entry.standing if entry.standing else Fraction(0),
                correction_id,
                timezone,
            )

        def check() -> None:
            now = self.entries.existing(entry.id)
            if now.corrected_by:
                raise Conflict(f"This entry is corrected already, by {now.corrected_by}.")
            if not now.standing:
                raise Conflict("Nothing is left of this entry; log what was used.")
            if quantity == now.standing:
                raise Invalid.field("/quantity", "That is what the entry says already.")

        def beside(made: Sequence[Movement]) -> list[Operation]:
            correction = Entry(
                id=correction_id,
                item_id=entry.item_id,
                warehouse_id=entry.warehouse_id,
                quantity=quantity - entry.standing,
                standing=quantity,
                given_quantity=given,
                given_unit=entry.given_unit,
                parts=parts_of(made),
                by=entry.by,
                logged_by=caller.user_id,
                day=entry.day,
                effective_at=made[0].effective_at,
                recorded_at=made[0].recorded_at,
                of_components=entry.of_components,
                purpose=entry.purpose,
                note=request.note,
                corrects=entry.id,
            )
            return [
                self.entries.mark_corrected(entry.id, correction_id),
                *(
                    self.ledger.mark_reversed(movement, reversal.id)
                    for movement, reversal in zip(movements, made, strict=False)
                ),
                *self.entries.puts(correction),
                *self.totals.additions(correction),
            ]

        check()
        self.ledger.post(caller, key, lines, check=check, beside=beside)

    def _base(self, entry: Entry, quantity: Decimal) -> Fraction:
        head = read_heads(self.table, [entry.item_id])[entry.item_id]
        units = self.ledger.units.find_many({head.unit, entry.given_unit or head.unit})
        return base_quantity(head.unit, quantity, entry.given_unit, units, "")

    def _movement(self, movement_id: str) -> Movement:
        movement = self.ledger.find(movement_id)
        if movement is None:
            raise NotFound("There is no such movement.")
        return movement
