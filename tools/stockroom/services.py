"""The services of the product as the seed uses them: their clock shows moments of the past."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, TypeVar

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.errors import Invalid
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.item_repository import ItemRepository
from stockwarden.stock.item_service import ItemService
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.lots import LotService
from stockwarden.storage.tables import Table

_AT_ONCE = 6
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Tables:
    catalog: Table
    stock: Table
    audit: Table


class Services:
    """Those of one worker: whoever has them sets `now`."""

    def __init__(self, tables: Tables, now: datetime) -> None:
        self.now = now
        self.audit = AuditLog(tables.audit, self.clock)
        self.units = UnitRepository(tables.catalog, self.clock)
        facts = FactsReader(tables.catalog)
        self.ledger = Ledger(tables.stock, facts, self.units, self.audit, self.clock)
        repository = ItemRepository(tables.catalog, tables.stock, self.units, self.clock)
        self.items = ItemService(
            repository, self.ledger, self.audit, authorize=_no_stock, main_warehouse=_no_stock
        )
        self.lots = LotService(tables.catalog, tables.stock, self.ledger.recovery, self.clock)

    def clock(self) -> datetime:
        return self.now


def _no_stock(*_: object) -> NoReturn:
    raise Invalid("An item is made without stock here; its movements come afterwards.")


def at_once(act: Callable[[T], R], each: Iterable[T]) -> Iterator[R]:
    """The results in order, some computed at a time. Raises what the first raises that fails."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(act, each)
