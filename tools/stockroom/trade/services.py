"""The services of orders, kits and consumption as the seed uses them: their clock shows the moment
of what happens."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NoReturn

from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.consumption.corrections import CorrectionService
from stockwarden.consumption.service import ConsumptionService
from stockwarden.consumption.views import EntryViews
from stockwarden.core.errors import Invalid
from stockwarden.identity.access import Caller
from stockwarden.kits.assembly import AssemblyService
from stockwarden.kits.components import ComponentRepository
from stockwarden.kits.composition import CompositionReader
from stockwarden.kits.service import KitService
from stockwarden.orders.drafts import Drafter
from stockwarden.orders.fulfilment import FulfilmentService
from stockwarden.orders.reader import OrderReader
from stockwarden.orders.repository import OrderRepository
from stockwarden.orders.service import OrderService
from stockwarden.orders.steps import OrderSteps
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.free_stock import FreeStock
from stockwarden.stock.ledger import Ledger
from tools.stockroom.services import Tables
from tools.stockroom.sites import Site


class TradeServices:
    """Whoever has them sets `now`. Nobody reads what they answer, so nobody has a name in it."""

    def __init__(self, tables: Tables, sites: Sequence[Site]) -> None:
        self.now = self._founded = max(site.founded for site in sites)
        self._timezones = {site.warehouse_id: site.timezone for site in sites}
        # What was before a warehouse was founded is brought along then.
        audit = AuditLog(tables.audit, self._recorded)
        units, facts = UnitRepository(tables.catalog, self.clock), FactsReader(tables.catalog)
        self.ledger = Ledger(tables.stock, facts, units, audit, self.clock)
        self._add_orders(tables, units, audit)
        self._add_kits(tables, units, audit)
        self._add_consumption(tables)

    def clock(self) -> datetime:
        return self.now

    def timezone_of(self, warehouse_id: str) -> str:
        return self._timezones[warehouse_id]

    def _authorize(self, _caller: Caller, warehouse_id: str) -> str:
        return self._timezones[warehouse_id]

    def _recorded(self) -> datetime:
        return max(self.now, self._founded + timedelta(hours=1))

    def _add_orders(self, tables: Tables, units: UnitRepository, audit: AuditLog) -> None:
        suppliers = SupplierRepository(tables.catalog, self.clock)
        reader = OrderReader(
            OrderRepository(tables.stock, suppliers, self.clock), _nobody, self.clock
        )
        drafter = Drafter(
            tables.catalog, tables.stock, self.clock, suppliers=suppliers, units=units
        )
        self.orders = OrderService(
            reader,
            drafter,
            audit,
            require_visible=_visible,
            main_warehouse=_no_warehouse,
            enter=self.ledger.enter,
        )
        self.steps = OrderSteps(reader, audit)
        self.fulfilment = FulfilmentService(reader, self.ledger, tables.catalog, self._authorize)

    def _add_kits(self, tables: Tables, units: UnitRepository, audit: AuditLog) -> None:
        self.components = ComponentRepository(tables.stock)
        self.stock = FreeStock(
            tables.stock, FactsReader(tables.catalog), self.clock, self.timezone_of
        )
        self.kits = KitService(self.components, units, audit, self.clock)
        reader = CompositionReader(self.components, units)
        self.assembly = AssemblyService(self.ledger, self._authorize, reader, self.stock)

    def _add_consumption(self, tables: Tables) -> None:
        views = EntryViews(tables.stock, _nobody)
        self.consumption = ConsumptionService(
            self.ledger,
            self.stock,
            authorize=self._authorize,
            components_of=self._components_of,
            find_person=lambda _: UNKNOWN,
            views=views,
        )
        self.corrections = CorrectionService(self.ledger, authorize=self._authorize, views=views)

    def _components_of(self, item_id: str) -> Mapping[str, Fraction]:
        return self.components.find(item_id).totals


def _nobody(_: object) -> dict[str, str]:
    return {}


def _visible(_caller: Caller, _warehouse_id: str) -> None:
    """The seed sees every warehouse that it has made."""


def _no_warehouse(_: Caller) -> NoReturn:
    raise Invalid("An order of the seed says its warehouse.")
