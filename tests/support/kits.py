"""Kits in the account of a test: items, their components, and a person who assembles them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.audit.origin import UNKNOWN
from stockwarden.consumption.corrections import CorrectionService
from stockwarden.consumption.model import Consumption, ConsumptionRequest, CorrectionRequest
from stockwarden.consumption.service import ConsumptionService
from stockwarden.consumption.views import EntryViews
from stockwarden.core.idempotency import RequestKey
from stockwarden.kits.assembly import AssemblyService
from stockwarden.kits.components import ComponentRepository
from stockwarden.kits.composition import CompositionReader
from stockwarden.kits.model import Assembly, AssemblyRequest, Component, Components
from stockwarden.kits.service import KitService
from stockwarden.stock.free_stock import FreeStock
from stockwarden.stock.head import read_heads
from stockwarden.stock.verification import LedgerVerification
from tests.support.gateway import ADMIN
from tests.support.ledger import HALL, LedgerScenario


class KitScenario(LedgerScenario):
    """A ledger in whose hall kits are assembled; the item that it comes with is no kit."""

    def __init__(self) -> None:
        super().__init__()
        self.repository = ComponentRepository(self.table)
        units, facts = self.ledger.units, self.ledger.facts
        self.kits = KitService(self.repository, units, self.ledger.audit, self.clock)
        self.stock = FreeStock(self.table, facts, self.clock, lambda _: "UTC")
        reader = CompositionReader(self.repository, units)
        self.assembly = AssemblyService(self.ledger, _authorize, reader, self.stock)
        views = EntryViews(self.table, lambda _: {})
        self.consumption = ConsumptionService(
            self.ledger,
            self.stock,
            authorize=_authorize,
            components_of=lambda item_id: self.repository.find(item_id).totals,
            find_person=lambda _: UNKNOWN,
            views=views,
        )
        self.corrections = CorrectionService(self.ledger, authorize=_authorize, views=views)

    def make_of(self, kit: str, components: Mapping[str, Any]) -> Components:
        lines = [
            Component(item_id=item_id, quantity=quantity)
            for item_id, quantity in components.items()
        ]
        return self.kits.save(ADMIN, kit, lines, None)

    def assemble(self, kit: str, quantity: int, key: str | None = None) -> Assembly:
        return self.assembly.assemble(ADMIN, self._key(key), kit, _request(quantity))

    def disassemble(self, kit: str, quantity: int, key: str | None = None) -> Assembly:
        return self.assembly.disassemble(ADMIN, self._key(key), kit, _request(quantity))

    def use(self, item_id: str, quantity: int, key: str | None = None) -> Consumption:
        request = ConsumptionRequest(
            item_id=item_id, quantity=Decimal(quantity), warehouse_id=HALL, purpose="Shelf"
        )
        return self.consumption.log(ADMIN, self._key(key), request)

    def correct(self, entry_id: str, quantity: int = 0) -> Consumption:
        request = CorrectionRequest(quantity=Decimal(quantity))
        return self.corrections.correct(ADMIN, self._key(None), entry_id, request)

    def value_of(self, *item_ids: str) -> Fraction:
        """What there is of some items is worth."""
        heads = read_heads(self.table, item_ids, consistent=True)
        books = (head.books.get(HALL) for head in heads.values())
        return sum((Fraction(book.value) for book in books if book), Fraction(0))

    def quantity_of(self, item_id: str) -> Fraction:
        return read_heads(self.table, [item_id], consistent=True)[item_id].quantity

    def verify(self, *item_ids: str) -> None:
        for item_id in item_ids:
            assert LedgerVerification(self.table).differences(item_id) == []

    def _key(self, key: str | None) -> RequestKey:
        return RequestKey(key or f"kit_{next(self.numbers)}", "payload")


def _authorize(*_: object) -> str:
    return "UTC"


def _request(quantity: int) -> AssemblyRequest:
    return AssemblyRequest(quantity=Decimal(quantity), warehouse_id=HALL)
