"""Use cases of assembling kits and taking them apart: each is one posting of the ledger."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.errors import Conflict, StockConflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.kits.components import ComponentRepository
from stockwarden.kits.composition import Composition, CompositionReader
from stockwarden.kits.model import Assembly, AssemblyRequest
from stockwarden.kits.picking import Picked, kits_taken, parts_returned, parts_taken
from stockwarden.stock.free_stock import FreeStock
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.model import movement_view, number
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.quantities import base_quantity
from stockwarden.stock.service import AuthorizeMoves, own_name
from stockwarden.stock.valuation import money_text
from stockwarden.stock.valuation import total as total_value
from stockwarden.storage.keys.stock import NONE, Place
from stockwarden.storage.tables import Operation

# Of what others take while it is decided where to take components from.
_TRIES = 5


class AssemblyService:
    def __init__(
        self,
        ledger: Ledger,
        authorize: AuthorizeMoves,
        reader: CompositionReader,
        stock: FreeStock,
    ) -> None:
        self.ledger = ledger
        self.authorize = authorize
        self.reader = reader
        self.repository: ComponentRepository = reader.repository
        self.stock = stock

    def assemble(
        self, caller: Caller, key: RequestKey, item_id: str, request: AssemblyRequest
    ) -> Assembly:
        """Takes components, and makes kits that are worth what these were. Raises
        ComponentsShort, also for sub-kits that could be assembled; NotFound, Invalid, and
        Conflict as `Ledger.post` does."""
        return self._do(caller, key, item_id, request, Kind.ASSEMBLY)

    def disassemble(
        self, caller: Caller, key: RequestKey, item_id: str, request: AssemblyRequest
    ) -> Assembly:
        """The reverse: the components share what the kits were worth. Raises as `assemble`."""
        return self._do(caller, key, item_id, request, Kind.DISASSEMBLY)

    def _do(
        self,
        caller: Caller,
        key: RequestKey,
        item_id: str,
        request: AssemblyRequest,
        kind: Kind,
    ) -> Assembly:
        require_role(caller, Role.OPERATOR)
        timezone = self.authorize(caller, request.warehouse_id)
        movements = self.ledger.posted(key)
        for left in reversed(range(_TRIES)):
            if movements is not None:
                break
            try:
                movements = self._post(caller, key, item_id, request, kind=kind, timezone=timezone)
            except StockConflict as conflict:
                # Somebody else was faster at a place that was chosen here.
                if not left or conflict.stock.get("reason") != "short":
                    raise
        return self._view(caller, key, item_id, movements or [], kind)

    def _post(
        self,
        caller: Caller,
        key: RequestKey,
        item_id: str,
        request: AssemblyRequest,
        *,
        kind: Kind,
        timezone: str,
    ) -> list[Movement]:
        composition = self.reader.first_level(item_id)
        if not composition.components:
            raise Conflict(f"{composition.head.name} is no kit: it has no components.")
        quantity = self._quantity(composition, request)
        if kind is Kind.ASSEMBLY:
            lines = self._assembly(composition, quantity, request)
        else:
            lines = self._disassembly(composition, quantity, request)

        def check() -> None:
            if self.repository.find(item_id).version != composition.record.version:
                raise Conflict("The components of this kit have just been changed; try again.")

        def unchanged(_: Sequence[Movement]) -> list[Operation]:
            return [self.repository.check_unchanged(item_id, composition.record)]

        return self.ledger.post(
            caller,
            key,
            [
                Line(
                    pointer=each.pointer,
                    item_id=each.item_id,
                    kind=kind,
                    place=each.place,
                    quantity=each.given,
                    unit=each.unit,
                    base_quantity=each.quantity,
                    reason=request.reason,
                    expiry_date=each.expiry_date,
                    serials=each.serials,
                    timezone=timezone,
                    kit_id=item_id,
                    takes_value=each.quantity > 0,
                )
                for each in lines
            ],
            check=check,
            beside=unchanged,
        )

    def _assembly(
        self, composition: Composition, quantity: Fraction, request: AssemblyRequest
    ) -> list[Picked]:
        free = self.stock.places(
            list(composition.components), request.warehouse_id, consistent=True
        )
        kit = Picked(
            pointer="",
            item_id=composition.head.id,
            place=Place(request.warehouse_id, request.location or NONE, request.lot or NONE),
            quantity=quantity,
            given=request.quantity,
            unit=request.unit,
            serials=tuple(request.serials),
            expiry_date=request.expiry_date,
        )
        return [*parts_taken(composition, quantity, request, free), kit]

    def _disassembly(
        self, composition: Composition, quantity: Fraction, request: AssemblyRequest
    ) -> list[Picked]:
        kit_id = composition.head.id
        free = self.stock.places([kit_id], request.warehouse_id, consistent=True)[kit_id]
        kits = kits_taken(composition, quantity, request, free)
        return [*kits, *parts_returned(composition, quantity, request)]

    def _quantity(self, composition: Composition, request: AssemblyRequest) -> Fraction:
        unit = composition.head.unit
        units = self.reader.units.find_many({unit, request.unit or unit})
        return base_quantity(unit, request.quantity, request.unit, units, "")

    def _view(
        self,
        caller: Caller,
        key: RequestKey,
        item_id: str,
        movements: Sequence[Movement],
        kind: Kind,
    ) -> Assembly:
        kits = [each for each in movements if each.item_id == item_id]
        made = abs(sum((each.quantity for each in kits), Fraction(0)))
        value: Decimal = abs(total_value(each.value for each in kits))
        return Assembly(
            **number("quantity", made),
            id=posting_id_of(key),
            kind="assembly" if kind is Kind.ASSEMBLY else "disassembly",
            kit_id=item_id,
            value=money_text(value),
            movements=[movement_view(each, own_name(caller)) for each in movements],
        )
