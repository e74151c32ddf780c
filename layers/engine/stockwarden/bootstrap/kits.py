"""Services of kits, for the stock function."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from stockwarden.bootstrap.ledger import (
    audit_log,
    authorize_moves,
    ledger,
    member_repository,
    unit_repository,
    warehouse_service,
)
from stockwarden.bootstrap.orders import on_order_reader
from stockwarden.bootstrap.stores import catalog_table, stock_table
from stockwarden.core.clock import utc_now
from stockwarden.core.exact import json_number
from stockwarden.kits.assembly import AssemblyService
from stockwarden.kits.availability import AvailabilityService
from stockwarden.kits.components import ComponentRepository
from stockwarden.kits.composition import CompositionReader
from stockwarden.kits.model import Expected
from stockwarden.kits.service import KitService
from stockwarden.kits.shortages import Shortages
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.free_stock import FreeStock


@cache
def component_repository() -> ComponentRepository:
    return ComponentRepository(stock_table())


@cache
def composition_reader() -> CompositionReader:
    return CompositionReader(component_repository(), unit_repository())


@cache
def free_stock() -> FreeStock:
    return FreeStock(stock_table(), FactsReader(catalog_table()), utc_now, timezone_of)


@cache
def kit_service() -> KitService:
    return KitService(component_repository(), unit_repository(), audit_log(), utc_now)


@cache
def availability_service() -> AvailabilityService:
    shortages = Shortages(catalog_table(), unit_repository(), utc_now, on_order=on_order)
    return AvailabilityService(
        composition_reader(), free_stock(), shortages, member_repository().require_visible
    )


@cache
def assembly_service() -> AssemblyService:
    return AssemblyService(ledger(), authorize_moves, composition_reader(), free_stock())


def timezone_of(warehouse_id: str) -> str:
    """That of a warehouse; UTC of one that is gone."""
    meta = warehouse_service().repository.find(warehouse_id)
    return str(meta["timezone"]) if meta else "UTC"


def on_order(item_ids: Collection[str]) -> Mapping[str, Sequence[Expected]]:
    """What of each item is still to come of purchase orders, what is expected first."""
    return {
        item_id: [
            Expected(
                quantity=json_number(each.quantity),
                expected_at=each.expected_at,
                supplier_id=each.supplier_id,
                warehouse_id=each.warehouse_id,
                order_id=each.order_id,
                number=each.number,
            )
            for each in expected
        ]
        for item_id, expected in on_order_reader().of_items(item_ids).items()
    }
