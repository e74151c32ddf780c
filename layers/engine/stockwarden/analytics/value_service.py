"""What the stock is worth: by warehouse, category, supplier or inventory type, now or on a day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from stockwarden.analytics.amounts import amount_text, ratio, rounded_text
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.group_list import GroupList
from stockwarden.analytics.periods import LONGEST
from stockwarden.analytics.progress import Progress
from stockwarden.analytics.rows import HISTORY
from stockwarden.analytics.scopes import Scopes, shown
from stockwarden.analytics.value_model import CurrencyValue, DayValue, GroupValue, StockValue
from stockwarden.analytics.valued_item import ALL
from stockwarden.analytics.views import ViewStore
from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import NONE
from stockwarden.storage.tables import Table

HISTORY_DAYS = 90


@dataclass(frozen=True)
class ValueQuery:
    """What is asked for; None for the whole company, the commonest currency, and now."""

    by: str
    warehouse_id: str | None = None
    currency: str | None = None
    day: date | None = None
    history_days: int = HISTORY_DAYS


@dataclass(frozen=True)
class _Group:
    group: str
    amount: int
    items: int


class StockValueService:
    def __init__(
        self,
        table: Table,
        generations: Generations,
        scopes: Scopes,
    ) -> None:
        self.table = table
        self.generations = generations
        self.scopes = scopes
        self.progress = Progress(table)
        self.views = ViewStore(table)

    def value(
        self, caller: Caller, asked: ValueQuery, *, limit: int, cursor: str | None
    ) -> StockValue:
        """The groups of the largest value first. Raises Forbidden, NotFound, BadRequest."""
        scope = self.scopes.scope(caller, asked.warehouse_id)
        generation = self.generations.current()
        now = self._now(generation, scope)
        currency = asked.currency or next(iter(now), NONE)
        if asked.day is None:
            whole, as_of = now, self.progress.as_of("stock")
            ranked = GroupList(generation, scope, asked.by, currency)
            totals, more = ranked.page(self.table, "items", limit, cursor)
            groups = [_now_group(each) for each in totals]
        else:
            whole, as_of = self._on_day(scope, asked.day, {*now, currency})
            groups, more = self._day_groups(scope, asked, currency, limit, cursor)
        names = self.scopes.names(caller, asked.by, [each.group for each in groups])
        total = whole[currency].amount if currency in whole else 0
        return StockValue(
            as_of=as_of,
            day=asked.day.isoformat() if asked.day else None,
            by=asked.by,
            warehouse_id=asked.warehouse_id,
            currency=shown(currency),
            currencies=[
                CurrencyValue(
                    currency=shown(code), value=amount_text(each.amount), items=each.items
                )
                for code, each in whole.items()
            ],
            groups=[
                GroupValue(
                    id=shown(each.group),
                    name=names.get(each.group),
                    value=amount_text(each.amount),
                    items=each.items,
                    share=ratio(each.amount, total),
                )
                for each in groups
            ],
            next_cursor=more,
            history=self._history(scope, currency, asked.history_days),
        )

    def _now(self, generation: int, scope: str) -> dict[str, _Group]:
        """All items of a scope by currency, the commonest first."""
        totals = self.table.query(keys.totals(generation, scope, ALL)).items
        found = [each for each in totals if each["items"] or each["score"]]
        found.sort(key=lambda each: (-each["items"], each["currency"]))
        return {each["currency"]: _now_group(each) for each in found}

    def _on_day(
        self, scope: str, day: date, currencies: set[str]
    ) -> tuple[dict[str, _Group], str | None]:
        """All items of a scope by currency at the end of a day, and when that was taken."""
        found, as_of = dict[str, _Group](), None
        for currency in sorted(currencies):
            ends = keys.day_ends(scope, ALL, currency)
            for end in self.table.query(keys.of_day(ends, day.isoformat())).items:
                found[currency], as_of = _day_group(end), end["as_of"]
        if as_of is None:
            raise NotFound(f"The stock at the end of {day} is not kept.")
        return found, as_of

    def _day_groups(
        self, scope: str, asked: ValueQuery, currency: str, limit: int, cursor: str | None
    ) -> tuple[list[_Group], str | None]:
        name = f"value#{scope}#{asked.by}#{currency}#{asked.day}"
        parts = decode_cursor(name, cursor, 1, str.isdecimal)
        ends = keys.day_ends(scope, asked.by, currency)
        on_day = keys.of_day(ends, str(asked.day))
        first = keys.day_end(ends, str(asked.day), int(parts[0])) if parts else None
        page = self.table.query(on_day, limit=limit, start=first)
        more = None
        if page.last_key is not None:
            more = encode_cursor(name, [str(keys.parse_day_end(page.last_key)[1])])
        return [_day_group(end) for end in page.items], more

    def _history(self, scope: str, currency: str, days: int) -> list[DayValue]:
        if not days:
            return []
        found = self.views.find_all(HISTORY, scope, LONGEST)
        view = next((each for each in found if each.currency == currency), None)
        known = view.summary["days"] if view else []
        return [
            DayValue(day=day, value=rounded_text(Fraction(each))) for day, each in known[-days:]
        ]


def _now_group(total: Item) -> _Group:
    return _Group(total["group"], total["score"], total["items"])


def _day_group(end: Item) -> _Group:
    return _Group(end["group"], end["amount"], end["items"])
