"""Stores a catalog, what has moved of it, and what was ordered, sold, assembled and used up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from stockwarden.identity.access import Caller
from tools.stockroom import catalog
from tools.stockroom.history import History
from tools.stockroom.master_data import MasterData
from tools.stockroom.services import Tables
from tools.stockroom.sites import Site
from tools.stockroom.trade.plan import Size, company_of, goods_of, plan
from tools.stockroom.trade.trade import Trade


@dataclass(frozen=True)
class Stocking:
    """`items` of the catalog are made on a `day`; what happened to them did so in `days` days until
    the morning of `until`, as in `History`. Orders and what belongs to them need some dozens of
    items, and have some of their own."""

    tables: Tables
    sites: Sequence[Site]
    keeper: Caller
    day: date
    items: int
    until: date
    days: int
    seed: int
    size: Size

    def store(self, told: Callable[[str], None] = lambda _: None) -> dict[str, int]:
        """{noun: how many were added}, and how much was left alone. Tells what it is about."""
        items = catalog.items(self.items)
        goods = goods_of(items)
        traded = {item.id for item in goods}
        moved = [item for item in items if item.id not in traded]
        master_data = MasterData(self.tables, self.keeper, self.day)
        history = History(self.tables, self.sites, self.keeper, self.seed, self.until, self.days)
        first = history.first_day(moved[0])
        added = master_data.store(items)
        added |= history.store(
            moved, lambda done: told(f"Movements of {done:,} of {len(moved):,} items …")
        )
        if not goods:
            return added
        company = company_of(goods, self.size.kits, self.sites, self.keeper)
        added["items"] += master_data.store_kits(company.kits)
        events = plan(company, self.size, self.seed, first, self.days)
        happened = Trade(self.tables, self.sites, self.seed, len(goods)).store(
            events, lambda done: told(f"{done:,} of {len(events):,} orders and what follows …")
        )
        return added | happened
