"""Figures of orders, and of how suppliers do."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

from stockwarden.analytics.amounts import amount_text, ratio
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.group_list import GroupList
from stockwarden.analytics.order_model import (
    MonthSum,
    OrderFigures,
    OrderSum,
    StatusSum,
    SupplierFigures,
    SupplierFiguresPage,
)
from stockwarden.analytics.order_totals import (
    DUE,
    MONTH,
    OPEN,
    STATUS,
    SUPPLIER,
    group_of,
    parse_group,
)
from stockwarden.analytics.progress import Progress
from stockwarden.analytics.scopes import Scopes
from stockwarden.core.clock import Clock
from stockwarden.identity.access import Caller
from stockwarden.orders.states import OrderStatus
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import NONE, Total
from stockwarden.storage.tables import Table

OrderKind = Literal["purchase", "sales"]
# Orders that are late for longer are as good as forgotten.
_LATE_DAYS = 730
_A_DAY = 86_400


class OrderFiguresService:
    """`catalog` has the suppliers."""

    def __init__(
        self,
        table: Table,
        catalog: Table,
        generations: Generations,
        scopes: Scopes,
        clock: Clock,
    ) -> None:
        self.table = table
        self.catalog = catalog
        self.generations = generations
        self.scopes = scopes
        self.clock = clock
        self.progress = Progress(table)

    def orders(
        self,
        caller: Caller,
        kind: OrderKind,
        *,
        warehouse_id: str | None,
        currency: str | None,
        months: int,
    ) -> OrderFigures:
        """Raises Forbidden, NotFound."""
        scope = self.scopes.scope(caller, warehouse_id)
        generation = self.generations.current()
        known = self._statuses(generation, scope, kind)
        chosen = currency or next(iter(known), None)
        statuses = known.get(chosen or "", {})
        total = Total(scope, MONTH, chosen or NONE, group_of(kind, ""))
        placed = self._between(generation, total, first=_first_month(self.clock().date(), months))
        return OrderFigures(
            as_of=self.progress.as_of("stock"),
            type=kind,
            warehouse_id=warehouse_id,
            currency=chosen,
            currencies=list(known),
            open=_sum(each for status, each in statuses.items() if status in OPEN),
            late=self._late(generation, total),
            statuses=[
                StatusSum(status=status, **_shown(statuses[status]))
                for status in OrderStatus
                if status in statuses
            ],
            months=[
                MonthSum(
                    month=parse_group(each["group"])[1],
                    completed=each.get("completed", 0),
                    **_shown(each),
                )
                for each in placed
            ],
        )

    def suppliers(
        self,
        caller: Caller,
        *,
        warehouse_id: str | None,
        currency: str | None,
        limit: int,
        cursor: str | None,
    ) -> SupplierFiguresPage:
        """Those of the largest value first. Raises Forbidden, NotFound, BadRequest."""
        scope = self.scopes.scope(caller, warehouse_id)
        generation = self.generations.current()
        currencies = list(self._statuses(generation, scope, "purchase"))
        chosen = currency or next(iter(currencies), None)
        ranked = GroupList(generation, scope, SUPPLIER, chosen or NONE)
        totals, more = ranked.page(self.table, "orders", limit, cursor)
        wanted = [catalog_keys.suppliers().key(each["group"]) for each in totals]
        records = {item["id"]: item for item in self.catalog.get_many(wanted)}
        return SupplierFiguresPage(
            as_of=self.progress.as_of("stock"),
            warehouse_id=warehouse_id,
            currency=chosen,
            currencies=currencies,
            suppliers=[_supplier(each, records.get(each["group"], {})) for each in totals],
            next_cursor=more,
        )

    def _statuses(self, generation: int, scope: str, kind: OrderKind) -> dict[str, dict[str, Item]]:
        """The totals of each status, by currency: that of the most orders first."""
        found: dict[str, dict[str, Item]] = {}
        number: Counter[str] = Counter()
        for each in self.table.query_all(keys.totals(generation, scope, STATUS)):
            of, status = parse_group(each["group"])
            if of == kind and each["orders"]:
                found.setdefault(each["currency"], {})[status] = each
                number[each["currency"]] += each["orders"]
        return {each: found[each] for each in sorted(found, key=lambda it: (-number[it], it))}

    def _late(self, generation: int, total: Total) -> OrderSum:
        today = self.clock().date()
        due = Total(total.scope, DUE, total.currency, total.group)
        first = (today - timedelta(days=_LATE_DAYS)).isoformat()
        last = (today - timedelta(days=1)).isoformat()
        return _sum(self._between(generation, due, first=first, last=last))

    def _between(self, generation: int, total: Total, *, first: str, last: str = "") -> list[Item]:
        range_ = keys.totals_of(generation, total, first, last)
        return [each for each in self.table.query_all(range_) if each["orders"]]


def _first_month(today: date, months: int) -> str:
    """The first of so many months, of which this is the last: `2026-01`."""
    year, month = divmod(12 * today.year + today.month - months, 12)
    return f"{year}-{month + 1:02}"


def _shown(total: Item) -> dict[str, Any]:
    return {"orders": total["orders"], "value": amount_text(total["score"])}


def _sum(totals: Iterable[Item]) -> OrderSum:
    orders = amount = 0
    for total in totals:
        orders, amount = orders + total["orders"], amount + total["score"]
    return OrderSum(orders=orders, value=amount_text(amount))


def _supplier(total: Item, record: Item) -> SupplierFigures:
    def counted(name: str) -> int:
        return int(total.get(name, 0))

    completed, dated = counted("completed"), counted("dated")
    return SupplierFigures(
        id=total["group"],
        name=record.get("name"),
        orders=counted("orders"),
        open=counted("open"),
        completed=completed,
        value=amount_text(total["score"]),
        in_time=ratio(counted("in_time"), dated),
        filled=ratio(counted("filled_lines"), counted("lines")),
        measured_lead_time_days=ratio(counted("seconds"), completed * _A_DAY, 1),
        promised_lead_time_days=ratio(counted("promised_seconds"), dated * _A_DAY, 1),
        usual_lead_time_days=record.get("lead_time_days"),
    )
