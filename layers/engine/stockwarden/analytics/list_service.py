"""The ranked lists: ABC classes, turnover, slow movers, consumption, as the schedule made them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from stockwarden.analytics.amounts import amount_text, ratio, rounded_text
from stockwarden.analytics.classes import CLASSES
from stockwarden.analytics.list_model import (
    AbcList,
    ClassifiedItem,
    ClassTotal,
    ConsumedItem,
    ConsumptionList,
    IdleTotal,
    SlowItem,
    SlowList,
    TurnoverItem,
    TurnoverList,
    Use,
    UseOfItem,
    UseTotal,
)
from stockwarden.analytics.periods import LONGEST
from stockwarden.analytics.rows import ABC, CONSUMPTION, IDLE, SLOW, TURNOVER
from stockwarden.analytics.scopes import Scopes, shown
from stockwarden.analytics.used_days import parse_use
from stockwarden.analytics.views import Row, RowPage, View, ViewStore
from stockwarden.consumption.entries import purpose_key
from stockwarden.core.exact import json_number, parse_fraction
from stockwarden.identity.access import Caller
from stockwarden.stock.model import number
from stockwarden.storage.cursors import damaged_cursor
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.keys.projections import NONE
from stockwarden.storage.tables import Table


@dataclass(frozen=True)
class ListQuery:
    """What is asked for; None for whatever, for the whole company, for the commonest currency."""

    days: int = LONGEST
    warehouse_id: str | None = None
    category: str | None = None
    supplier: str | None = None
    inventory_type: str | None = None
    currency: str | None = None

    def fits(self, row: Row) -> bool:
        asked = (self.category, self.supplier, self.inventory_type)
        return all(each is None or each == of for each, of in zip(asked, row[1:4], strict=True))


@dataclass(frozen=True)
class UseQuery:
    """Which uses are asked for; None for whatever."""

    use: Use | None = None
    purpose: str | None = None

    def fits(self, name: str) -> bool:
        use, purpose = parse_use(name)
        asked = purpose_key(self.purpose) if self.purpose else None
        return self.use in {None, use} and asked in {None, purpose}


@dataclass(frozen=True)
class _Answered:
    """A page of a list: what all lists say, its rows with the items' names, and its sums."""

    common: Mapping[str, Any]
    rows: Sequence[tuple[dict[str, Any], list[Any]]]
    summary: Mapping[str, Any]


class RankedListService:
    """`stock` is the ledger's table, from which the names of items are read."""

    def __init__(self, table: Table, stock: Table, scopes: Scopes) -> None:
        self.views = ViewStore(table)
        self.stock = stock
        self.scopes = scopes

    def abc(
        self,
        caller: Caller,
        asked: ListQuery,
        abc_class: str | None,
        *,
        limit: int,
        cursor: str | None,
    ) -> AbcList:
        """What was used most first. Raises Forbidden, NotFound, BadRequest."""
        wanted = _Wanted(ABC, asked, abc_class or "", lambda row: abc_class in {None, row[6]})
        page = self._page(caller, wanted, limit, cursor)
        whole = page.summary.get("amount", 0)
        sums = page.summary.get("classes", dict.fromkeys(CLASSES, (0, 0)))
        return AbcList(
            **page.common,
            value=amount_text(whole),
            classes=[
                ClassTotal(
                    name=name, items=items, value=amount_text(amount), share=ratio(amount, whole)
                )
                for name, (items, amount) in sums.items()
            ],
            items=[
                ClassifiedItem(
                    **about, **_used(quantity, amount), **{"class": name}, share_before=share
                )
                for about, (quantity, amount, name, share) in page.rows
            ],
        )

    def turnover(
        self, caller: Caller, asked: ListQuery, *, limit: int, cursor: str | None
    ) -> TurnoverList:
        """What turned over most often first. Raises as `abc`."""
        page = self._page(caller, _Wanted(TURNOVER, asked), limit, cursor)
        used, average = (page.summary.get(name, 0) for name in ("amount", "average"))
        return TurnoverList(
            **page.common,
            **_turned(used, average, asked.days),
            items=[
                TurnoverItem(**about, **_turned(used, average, asked.days))
                for about, (used, average) in page.rows
            ],
        )

    def slow_movers(
        self, caller: Caller, asked: ListQuery, idle_days: int, *, limit: int, cursor: str | None
    ) -> SlowList:
        """What lies for so many days or longer, the largest value first. Raises as `abc`."""
        wanted = _Wanted(SLOW, asked, str(idle_days), lambda row: row[6] >= idle_days)
        page = self._page(caller, wanted, limit, cursor)
        totals = page.summary.get("idle", {str(days): (0, 0) for days in IDLE})
        return SlowList(
            **page.common,
            totals=[
                IdleTotal(idle_days=int(days), items=items, value=amount_text(amount))
                for days, (items, amount) in totals.items()
            ],
            items=[
                SlowItem(**about, **_used(quantity, amount), idle_days=idle, used_before=used)
                for about, (quantity, amount, idle, used) in page.rows
            ],
        )

    def consumption(
        self, caller: Caller, asked: ListQuery, use: UseQuery, *, limit: int, cursor: str | None
    ) -> ConsumptionList:
        """What cost most first. Raises as `abc`."""
        wanted = _Wanted(CONSUMPTION, asked, str(use), lambda row: any(map(use.fits, row[6])))
        page = self._page(caller, wanted, limit, cursor)
        return ConsumptionList(
            **page.common,
            value=amount_text(page.summary.get("amount", 0)),
            uses=[
                UseTotal(**_use(name), items=items, value=amount_text(amount))
                for name, (items, amount) in page.summary.get("uses", {}).items()
            ],
            further_uses=page.summary.get("further_uses", 0),
            items=[_consumed(about, row, asked.days) for about, row in page.rows],
        )

    def _page(self, caller: Caller, wanted: "_Wanted", limit: int, cursor: str | None) -> _Answered:
        asked = wanted.asked
        scope = self.scopes.scope(caller, asked.warehouse_id)
        views = self.views.find_all(wanted.name, scope, asked.days)
        view = _chosen(views, asked.currency)
        if view is None and cursor:
            raise damaged_cursor("of a list that is gone by now")
        page: RowPage | None = None
        if view is not None:
            page = self.views.page(
                view, wanted.fits, f"{asked}#{wanted.more}", limit=limit, cursor=cursor
            )
        common = {
            "as_of": page.as_of if page else self.views.made_at(),
            "days": asked.days,
            "warehouse_id": asked.warehouse_id,
            "currency": shown(view.currency) if view else asked.currency,
            "currencies": [shown(each.currency) for each in views],
            "next_cursor": page.next_cursor if page else None,
        }
        rows = self._named(page.rows) if page else []
        return _Answered(common, rows, view.summary if view else {})

    def _named(self, rows: Sequence[Row]) -> list[tuple[dict[str, Any], list[Any]]]:
        """The items of rows with their names, in one read, and what else the rows hold."""
        heads = self.stock.get_many([stock_keys.head(row[0]) for row in rows])
        known = {head["id"]: head for head in heads}
        return [
            (
                {
                    "item_id": row[0],
                    **{name: known.get(row[0], {}).get(name) for name in ("name", "sku", "unit")},
                    **dict(zip(("category", "supplier", "inventory_type"), row[1:4], strict=True)),
                },
                row[4:],
            )
            for row in rows
        ]


@dataclass(frozen=True)
class _Wanted:
    """The rows of a list that are asked for; `more` names the filter that only this list has."""

    name: str
    asked: ListQuery
    more: str = ""
    filter: Callable[[Row], bool] | None = None

    def fits(self, row: Row) -> bool:
        return self.asked.fits(row) and (self.filter is None or self.filter(row))


def _chosen(views: Sequence[View], currency: str | None) -> View | None:
    if currency is None:
        return next(iter(views), None)
    return next((view for view in views if view.currency == (currency or NONE)), None)


def _used(quantity: str, amount: int) -> dict[str, Any]:
    return {**number("quantity", parse_fraction(quantity)), "value": amount_text(amount)}


def _use(name: str) -> dict[str, Any]:
    use, purpose = parse_use(name)
    return {"use": use, "purpose": purpose}


def _turned(used: int, average: int, days: int) -> dict[str, Any]:
    return {
        "used": amount_text(used),
        "average": rounded_text(Fraction(average)),
        "turnover": ratio(used, average) if average > 0 else None,
        "days_of_stock": ratio(average * days, used, 1) if average > 0 else None,
    }


def _consumed(about: Mapping[str, Any], row: Sequence[Any], days: int) -> ConsumedItem:
    quantity, amount, uses, further = row
    exact = parse_fraction(quantity)
    return ConsumedItem(
        **about,
        **_used(quantity, amount),
        per_day=json_number(Fraction(exact, days)),
        per_week=json_number(Fraction(exact * 7, days)),
        uses=[UseOfItem(**_use(use), **_used(*each)) for use, each in uses.items()],
        further_uses=further,
    )
