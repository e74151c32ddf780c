"""Use cases of consumption: what was used is logged, and taken from stock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from stockwarden.audit.origin import UNKNOWN
from stockwarden.consumption.day_totals import DayTotals
from stockwarden.consumption.entries import Entry, EntryRepository, parts_of
from stockwarden.consumption.model import Consumption, ConsumptionRequest
from stockwarden.consumption.taking import Taken, taken_of
from stockwarden.consumption.views import EntryViews
from stockwarden.core.clock import iso
from stockwarden.core.errors import Invalid, StockConflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.free_stock import FreeStock
from stockwarden.stock.head import Head, read_heads
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.quantities import base_quantity
from stockwarden.stock.requests import not_ahead
from stockwarden.stock.scanned import ScannedCode, read_code
from stockwarden.stock.service import AuthorizeMoves
from stockwarden.storage.tables import Operation

# What one of a kit is made of, in base units by item; nothing for an item that is no kit. Raises
# Conflict for a kit whose components are to be set anew.
ComponentsOf = Callable[[str], Mapping[str, Fraction]]
# The id of the person with a user name; `UNKNOWN` of nobody.
FindPerson = Callable[[str], str]
# Of what others take while it is decided where to take from.
_TRIES = 5


@dataclass(frozen=True)
class _Logged:
    """What a request logs: facts of the entry, and how it is told from its movements."""

    entry_id: str
    head: Head
    warehouse_id: str
    timezone: str
    quantity: Fraction
    by: str


class ConsumptionService:
    def __init__(
        self,
        ledger: Ledger,
        stock: FreeStock,
        *,
        authorize: AuthorizeMoves,
        components_of: ComponentsOf,
        find_person: FindPerson,
        views: EntryViews,
    ) -> None:
        self.ledger = ledger
        self.table = ledger.table
        self.stock = stock
        self.authorize = authorize
        self.components_of = components_of
        self.find_person = find_person
        self.views = views
        self.entries: EntryRepository = views.entries
        self.totals = DayTotals(ledger.table)

    def log(self, caller: Caller, key: RequestKey, request: ConsumptionRequest) -> Consumption:
        """Takes what was used from stock. Raises Invalid, NotFound, and Conflict where there is too
        little, as `Ledger.post` does."""
        require_role(caller, Role.OPERATOR)
        timezone = self.authorize(caller, request.warehouse_id)
        entry_id = key.id("use")
        if self.ledger.posted(key) is None:
            code = self._code(request)
            head = self._head(request.item_id or self._item_of(code))
            logged = _Logged(
                entry_id=entry_id,
                head=head,
                warehouse_id=request.warehouse_id,
                timezone=timezone,
                quantity=self._base(head, request.quantity, request.unit),
                by=self._person(caller, request.by),
            )
            self._in_turn(lambda: self._log(caller, key, request, logged, code=code))
        return self.views.one(self.entries.existing(entry_id))

    def _log(
        self,
        caller: Caller,
        key: RequestKey,
        request: ConsumptionRequest,
        logged: _Logged,
        *,
        code: ScannedCode | None,
    ) -> None:
        head, entry_id = logged.head, logged.entry_id
        needed = {head.id: logged.quantity}
        if request.components:
            needed = {
                item_id: each * logged.quantity
                for item_id, each in self.components_of(head.id).items()
            }
            if not needed:
                raise Invalid.field("/components", f"{head.name} is no kit.")
        heads = {head.id: head, **read_heads(self.table, needed, consistent=True)}
        free = self.stock.places(list(needed), request.warehouse_id, consistent=True)
        lines = [
            _line(each, logged, request, self._moment(request.effective_at))
            for each in taken_of(needed, heads, free, request, code)
        ]

        def beside(movements: Sequence[Movement]) -> list[Operation]:
            moment = movements[0].effective_at
            entry = Entry(
                id=entry_id,
                item_id=head.id,
                warehouse_id=logged.warehouse_id,
                quantity=logged.quantity,
                standing=logged.quantity,
                given_quantity=request.quantity,
                given_unit=request.unit,
                parts=parts_of(movements),
                by=logged.by,
                logged_by=caller.user_id,
                day=_day(moment, logged.timezone),
                effective_at=moment,
                recorded_at=movements[0].recorded_at,
                of_components=request.components,
                purpose=request.purpose,
                note=request.note,
            )
            return [*self.entries.puts(entry), *self.totals.additions(entry)]

        self.ledger.post(caller, key, lines, beside=beside)

    def _in_turn(self, attempt: Callable[[], None]) -> None:
        for left in reversed(range(_TRIES)):
            try:
                attempt()
            except StockConflict as conflict:
                # Somebody else was faster at a place that was chosen here.
                if not left or conflict.stock.get("reason") != "short":
                    raise
            else:
                return

    def _code(self, request: ConsumptionRequest) -> ScannedCode | None:
        if request.code is None:
            return None
        return read_code(request.code, "/code", self.ledger.clock().date())

    def _item_of(self, code: ScannedCode | None) -> str:
        if code is None:
            return ""
        item_id = self.ledger.facts.items_with({code.key}).get(code.key)
        if item_id is None:
            raise Invalid.field("/code", code.unknown)
        return item_id

    def _head(self, item_id: str) -> Head:
        known = [item_id] if may_be_id(item_id) else []
        heads = read_heads(self.table, known, consistent=True)
        if item_id not in heads:
            raise Invalid.field("/item_id", "There is no such item.")
        return heads[item_id]

    def _base(self, head: Head, quantity: Decimal, unit: str | None) -> Fraction:
        units = self.ledger.units.find_many({head.unit, unit or head.unit})
        return base_quantity(head.unit, quantity, unit, units, "")

    def _person(self, caller: Caller, username: str | None) -> str:
        if username is None or username.casefold() == caller.username:
            return caller.user_id
        user_id = self.find_person(username.casefold())
        if user_id == UNKNOWN:
            raise Invalid.field("/by", f"There is nobody with the user name {username}.")
        return user_id

    def _moment(self, moment: datetime | None) -> str | None:
        if moment is None:
            return None
        now = self.ledger.clock()
        if not not_ahead(moment, now):
            raise Invalid.field("/effective_at", f"{iso(moment)} lies ahead; it is {iso(now)} now.")
        return iso(moment)


def _line(taken: Taken, logged: _Logged, request: ConsumptionRequest, moment: str | None) -> Line:
    return Line(
        pointer=taken.pointer,
        item_id=taken.item_id,
        kind=Kind.CONSUMPTION,
        place=taken.place,
        quantity=taken.given,
        unit=taken.unit,
        base_quantity=taken.quantity,
        effective_at=moment,
        reason=request.purpose or request.note,
        serials=taken.serials,
        timezone=logged.timezone,
        kit_id=logged.head.id if request.components else None,
        consumption_id=logged.entry_id,
    )


def _day(moment: str, timezone: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).date().isoformat()
