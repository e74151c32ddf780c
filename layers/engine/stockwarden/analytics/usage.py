"""What left the stock for good, by item and day: sold, consumed, used up.

A day of an item is computed anew from its movements whenever one of them is written, so whatever a
stream delivers twice or late gives the same.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.used_days import Day, Logged, Reasons, day_item, day_of, read_days
from stockwarden.consumption.entries import purpose_key
from stockwarden.core.errors import Unavailable
from stockwarden.orders.states import OrderType
from stockwarden.stock.movement import Kind, Movement, read_movement
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import consumption as consumption_keys
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.streams import Change
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Table, write

_TRIES, _BACKOFF = 20, Backoff(first=0.02, longest=1.0)


class UsageProjection:
    """`stock` is the ledger's table, from which days are computed."""

    def __init__(self, table: Table, stock: Table, generations: Generations) -> None:
        self.table = table
        self.stock = stock
        self.generations = generations

    def apply(self, changes: Sequence[Change]) -> None:
        """Computes the days of the movements anew. Raises Unavailable."""
        touched = {
            (stock_keys.item_id_in(change.key), _day(change.key))
            for change in changes
            if change.table == "stock" and stock_keys.is_movement(change.key)
        }
        live = self.generations.live() if touched else []
        for item_id, day in sorted(touched):
            computed = self._computed(item_id, day)
            for generation in live:
                self.save(generation, item_id, {day: computed})

    def apply_item(self, generation: int, item_id: str) -> None:
        """Computes all days of an item. Raises Unavailable."""
        months: dict[str, dict[str, Day]] = defaultdict(dict)
        for day, computed in self.computed_days(item_id).items():
            months[day[:7]][day] = computed
        for days in months.values():
            self.save(generation, item_id, days)

    def computed_days(self, item_id: str) -> dict[str, Day]:
        """All days of an item, from its movements."""
        movements: dict[str, list[Movement]] = defaultdict(list)
        for item in self.stock.query_all(stock_keys.movements(item_id), consistent=True):
            movements[_day(item)].append(read_movement(item))
        reasons = self._reasons([each for day in movements.values() for each in day])
        return {day: day_of(each, reasons) for day, each in movements.items()}

    def kept_days(
        self, generation: int, months: Mapping[str, Collection[str]]
    ) -> dict[str, dict[str, Day]]:
        """The days of items as they are kept, in the months that are named for each, in one read.
        Those of an item that has none: {}."""
        wanted = [
            keys.usage(generation, month, item_id)
            for item_id, of_item in months.items()
            for month in of_item
        ]
        days: dict[str, dict[str, Day]] = {item_id: {} for item_id in months}
        for stored in self.table.get_many(wanted, consistent=True):
            days[stored["id"]] |= read_days(stored)
        return days

    def _computed(self, item_id: str, day: str) -> Day:
        # "~" sorts after every moment of the day.
        of_day = stock_keys.movements(item_id).between(f"{day}T", f"{day}~")
        items = self.stock.query_all(of_day, consistent=True)
        movements = list(map(read_movement, items))
        return day_of(movements, self._reasons(movements))

    def _reasons(self, movements: Sequence[Movement]) -> Reasons:
        """What the orders and the consumption log say of them, in two reads. These see what was
        written with the movements, as a day is not computed again."""
        issued = {each.order_id for each in movements if each.order_id and each.kind is Kind.ISSUE}
        logged = {each.consumption_id for each in movements if each.consumption_id}
        orders, entries = (
            self.stock.get_many(wanted, consistent=True)
            for wanted in (
                [order_keys.order(each) for each in sorted(issued)],
                [consumption_keys.entry(each) for each in sorted(logged)],
            )
        )
        return Reasons(
            {order["id"] for order in orders if order["type"] == OrderType.PURCHASE},
            {entry["id"]: _logged(entry) for entry in entries},
        )

    def save(self, generation: int, item_id: str, days: dict[str, Day]) -> None:
        """Keeps days of one month, except where a newer one is kept already."""
        retried(
            partial(self._save, generation, item_id, days),
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def _save(self, generation: int, item_id: str, days: dict[str, Day]) -> None:
        month = min(days)[:7]
        key = keys.usage(generation, month, item_id)
        stored = self.table.get(key, consistent=True)
        kept = read_days(stored) if stored else {}
        newer = {
            f"d{day[8:]}": day_item(each)
            for day, each in days.items()
            if day not in kept or each.writes > kept[day].writes
        }
        if not newer:
            return
        before = stored or {"id": item_id, "month": month, "days": {}, "writes": 0}
        item = {
            **key,
            **before,
            "days": {**before["days"], **newer},
            "writes": before["writes"] + 1,
        }
        if stored is None:
            write(self.table.put(item, when="attribute_not_exists(#pk)"))
        else:
            write(self.table.put(item, when="#writes = :read", read=before["writes"]))


def _logged(entry: Item) -> Logged:
    purpose = entry.get("purpose")
    return Logged(entry["day"], purpose_key(purpose) if purpose else None)


def _day(key: Item) -> str:
    effective_at, _ = stock_keys.parse_movement_order(key)
    return effective_at[:10]
