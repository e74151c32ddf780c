"""The rows of each view, from what items did in each scope and period.

A row begins with the item's id, category, supplier and inventory type, by which lists are
filtered. Amounts are whole numbers, quantities exact texts; names are read with the page, so that
they are current.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.analytics.classes import CLASSES, classified
from stockwarden.analytics.periods import LONGEST, PERIODS, ItemInScope
from stockwarden.analytics.used_days import Used
from stockwarden.analytics.views import Row
from stockwarden.core.exact import fraction_text
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import NONE

ABC, TURNOVER, SLOW, CONSUMPTION = "abc", "turnover", "slow-movers", "consumption"
# Has no rows: its days are its sums.
HISTORY = "history"
# The limits by which the value that lies is summed up.
IDLE = (30, 60, 90, 180, 365)
# Of an item, and of a list, so many uses are told: a work order may be a purpose, and there are
# thousands of these in a year.
_MOST_USES = 100


@dataclass(frozen=True, order=True)
class ViewName:
    name: str
    scope: str
    days: int
    currency: str

    @property
    def key(self) -> str:
        """What its entry has after the key of all views."""
        views = keys.views(self.name, self.scope, self.days)
        return keys.views().rest_of(views.key(self.currency))


def history_of(item: ItemInScope) -> ViewName:
    """The view that has the values of past days of all such items."""
    return ViewName(HISTORY, item.scope, LONGEST, item.item.get("currency") or NONE)


def rows_of(item: ItemInScope) -> Iterator[tuple[ViewName, Row]]:
    """What an item adds to each view of a scope, not yet in order."""
    record = item.item
    currency = record.get("currency") or NONE
    about = [
        record["id"],
        *(record.get(name) for name in ("category", "supplier", "inventory_type")),
    ]

    def named(name: str, days: int) -> ViewName:
        return ViewName(name, item.scope, days, currency)

    for days in PERIODS:
        by_use = item.used(days)
        used = sum(by_use.values(), Used())
        quantity = fraction_text(used.quantity)
        if used.amount > 0:
            yield named(ABC, days), [*about, quantity, used.amount]
        average = item.average(days)
        if used.amount > 0 or average > 0:
            yield named(TURNOVER, days), [*about, max(used.amount, 0), int(average)]
        if by_use:
            uses = {
                use: [fraction_text(each.quantity), each.amount] for use, each in by_use.items()
            }
            yield named(CONSUMPTION, days), [*about, quantity, used.amount, uses]
    idle = item.idle_days
    waiting = item.present_days if idle is None else idle
    if item.quantity > 0 and waiting >= IDLE[0]:
        row = [*about, fraction_text(item.quantity), item.amount, waiting, idle is not None]
        yield named(SLOW, LONGEST), row


def finished(name: str, rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    """The rows of a view in order, and what they sum up to."""
    return _FINISH[name](rows)


def _abc(rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    rows.sort(key=lambda row: (-row[5], row[0]))
    sums = {name: [0, 0] for name in CLASSES}
    done = []
    for row, (name, before) in zip(rows, classified([row[5] for row in rows]), strict=True):
        sums[name][0] += 1
        sums[name][1] += row[5]
        done.append([*row, name, round(before, 6)])
    return done, {"classes": sums, "amount": sum(row[5] for row in rows)}


def _turnover(rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    """What turned over most often first, what had no stock at the end of any day last."""
    rows.sort(key=lambda row: (row[5] <= 0, -_quotient(row[4], row[5]), -row[4], row[0]))
    return rows, {"amount": sum(row[4] for row in rows), "average": sum(row[5] for row in rows)}


def _slow(rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    rows.sort(key=lambda row: (-row[5], -row[6], row[0]))
    idle = {
        str(days): [
            sum(row[6] >= days for row in rows),
            sum(row[5] for row in rows if row[6] >= days),
        ]
        for days in IDLE
    }
    return rows, {"idle": idle}


def _consumption(rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    rows.sort(key=lambda row: (-row[5], row[0]))
    uses: Mapping[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for use, (_, amount) in row[6].items():
            uses[use][0] += 1
            uses[use][1] += amount
    told, further = _dearest(uses)
    amount = sum(row[5] for row in rows)
    told_rows = [[*row[:6], *_dearest(row[6])] for row in rows]
    return told_rows, {"uses": told, "further_uses": further, "amount": amount}


def _dearest(uses: Mapping[str, list[Any]]) -> tuple[dict[str, list[Any]], int]:
    """Of uses, whose last field is what they cost, the dearest, and how many others there are."""
    ordered = sorted(uses.items(), key=lambda use: (-use[1][-1], use[0]))
    return dict(ordered[:_MOST_USES]), max(len(ordered) - _MOST_USES, 0)


def _quotient(part: int, whole: int) -> float:
    return part / whole if whole > 0 else 0.0


_FINISH: Mapping[str, Callable[[list[Row]], tuple[list[Row], dict[str, Any]]]] = {
    ABC: _abc,
    TURNOVER: _turnover,
    SLOW: _slow,
    CONSUMPTION: _consumption,
}
