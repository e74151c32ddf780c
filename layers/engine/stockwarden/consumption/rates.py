"""How much is used per day and week: of an item, or for a purpose."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from stockwarden.consumption.day_totals import DayTotal, DayTotals
from stockwarden.consumption.model import ConsumptionRates, Rate, UsedOnDay
from stockwarden.core.clock import Clock
from stockwarden.core.errors import Invalid, NotFound
from stockwarden.core.exact import json_number
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.head import Head, read_heads
from stockwarden.stock.model import number
from stockwarden.stock.reading import RequireVisible
from stockwarden.stock.valuation import money_text, total
from stockwarden.storage.tables import Table

_USUAL_DAYS, _MOST_DAYS, _ENOUGH_DAYS = 28, 366, 7
_MOST_RATES = 100


class RateService:
    def __init__(self, table: Table, require_visible: RequireVisible, clock: Clock) -> None:
        self.table = table
        self.totals = DayTotals(table)
        self.require_visible = require_visible
        self.clock = clock

    def find(
        self,
        caller: Caller,
        *,
        item_id: str | None,
        purpose: str | None,
        warehouse_id: str | None,
        period: tuple[date | None, date | None],
    ) -> ConsumptionRates:
        """Of an item, for a purpose, or of an item for a purpose. `period` is the first and the
        last day; without them the last four weeks. Raises Invalid, NotFound."""
        require_role(caller, Role.VIEWER)
        if item_id is None and purpose is None:
            raise Invalid.field("/item_id", "Rates are those of an item_id or for a purpose.")
        if item_id is not None and (
            not may_be_id(item_id) or not read_heads(self.table, [item_id])
        ):
            raise NotFound("There is no such item.")
        if warehouse_id is not None:
            self.require_visible(caller, warehouse_id)
        first, last = self._period(*period)
        if purpose is not None:
            read = self.totals.for_purpose(purpose, first.isoformat(), last.isoformat())
        else:
            read = self.totals.of_item(item_id or "", first.isoformat(), last.isoformat())
        wanted = [
            each
            for each in read
            if caller.reaches(each.warehouse_id)
            and warehouse_id in {None, each.warehouse_id}
            and item_id in {None, each.item_id}
        ]
        days = self._days(wanted, first, last, item_id=item_id, purpose=purpose)
        return ConsumptionRates(
            first=first,
            last=last,
            days=days,
            too_little_data=days < _ENOUGH_DAYS,
            rates=self._rates(wanted, days, told_by_day=item_id is not None),
        )

    def _period(self, first: date | None, last: date | None) -> tuple[date, date]:
        # Somewhere it is tomorrow already, and what is used there is of that day.
        tomorrow = self.clock().date() + timedelta(days=1)
        today = self.clock().date()
        end = min(last, tomorrow) if last else today
        begin = first or end - timedelta(days=_USUAL_DAYS - 1)
        if begin > end:
            raise Invalid.field("/from", f"The period ends on {end}, before it begins.")
        if (end - begin).days >= _MOST_DAYS:
            raise Invalid.field("/from", f"A period has {_MOST_DAYS} days at most.")
        return begin, end

    def _days(
        self,
        used: list[DayTotal],
        first: date,
        last: date,
        *,
        item_id: str | None,
        purpose: str | None,
    ) -> int:
        if self.totals.was_used_before(first.isoformat(), item_id=item_id, purpose=purpose):
            return (last - first).days + 1
        if not used:
            return 0
        begun = min(date.fromisoformat(each.day) for each in used)
        return (last - begun).days + 1

    def _rates(self, used: list[DayTotal], days: int, *, told_by_day: bool) -> list[Rate]:
        by_item: dict[str, list[DayTotal]] = defaultdict(list)
        for each in used:
            by_item[each.item_id].append(each)
        often = sorted(by_item, key=lambda each: (-_entries(by_item[each]), each))[:_MOST_RATES]
        heads = read_heads(self.table, often)
        return [_rate(heads[each], by_item[each], days, told_by_day) for each in often]


def _rate(head: Head, used: list[DayTotal], days: int, told_by_day: bool) -> Rate:
    quantity = sum((each.quantity for each in used), Fraction(0))
    per_day = quantity / days if days else Fraction(0)
    by_day: dict[str, Fraction] = defaultdict(Fraction)
    for each in used:
        by_day[each.day] += each.quantity
    return Rate(
        **number("quantity", quantity),
        item_id=head.id,
        item_name=head.name,
        unit=head.unit,
        per_day=json_number(per_day),
        per_week=json_number(per_day * 7),
        value=money_text(total(each.value for each in used) or Decimal(0)),
        currency=head.item.get("currency"),
        entries=_entries(used),
        by_day=[
            UsedOnDay(day=date.fromisoformat(day), quantity=json_number(each))
            for day, each in sorted(by_day.items())
            if told_by_day
        ],
    )


def _entries(used: Iterable[DayTotal]) -> int:
    return sum(each.entries for each in used)
