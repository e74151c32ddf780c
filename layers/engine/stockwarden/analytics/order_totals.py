"""What an order adds to totals: by status, by month, by when it is due, and to its supplier's.

It follows from the order's record alone, so that one that comes again adds nothing. Drafts and
cancelled orders count by status only.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from stockwarden.analytics.amounts import amount_of
from stockwarden.analytics.totals import LAST, Measures
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import COMPANY, NONE, Total

STATUS, MONTH, DUE, SUPPLIER = "order-status", "order-month", "order-due", "order-supplier"
OPEN = frozenset({"placed", "partially_received", "partially_shipped"})
DONE = "completed"
# What is kept of an order, beside its id.
_KEPT = (
    "type",
    "status",
    "supplier_id",
    "warehouse_id",
    "currency",
    "total",
    "lines",
    "open_lines",
    "placed_at",
    "expected_at",
    "completed_at",
)


def counted_order(generation: int, order_id: str, order: Mapping[str, Any] | None) -> Item:
    """What is kept of an order's record, None for one that is gone."""
    record: Item = {
        **keys.counted_order(generation, order_id),
        "id": order_id,
        "rank": int(order["version"]) if order else LAST,
    }
    if order is not None:
        record |= {name: order[name] for name in _KEPT if order.get(name) is not None}
    return record


def group_of(kind: str, rest: str) -> str:
    """The group of orders of a type: `purchase/placed`, `sales/2026-03`."""
    return f"{kind}/{rest}"


def parse_group(group: str) -> tuple[str, str]:
    kind, _, rest = group.partition("/")
    return kind, rest


def sums_of(order: Mapping[str, Any]) -> dict[Total, Measures]:
    """{} for one that is gone. `score` is the value, `orders` the number."""
    if "status" not in order:
        return {}
    sums: dict[Total, Measures] = defaultdict(Counter)
    currency = order.get("currency") or NONE
    counted = Counter(score=amount_of(Decimal(order["total"])), orders=1)
    placed_at, status = order.get("placed_at"), order["status"]
    for scope in (COMPANY, order["warehouse_id"]):

        def add(dimension: str, rest: str, measures: Measures, scope: str = scope) -> None:
            group = group_of(order["type"], rest)
            sums[Total(scope, dimension, currency, group)].update(measures)

        add(STATUS, status, counted)
        if placed_at and (status in OPEN or status == DONE):
            done = Counter(completed=int(status == DONE))
            add(MONTH, placed_at[:7], counted + done)
        if status in OPEN and order.get("expected_at"):
            add(DUE, order["expected_at"][:10], counted)
        if order.get("supplier_id") and placed_at and (status in OPEN or status == DONE):
            total = Total(scope, SUPPLIER, currency, order["supplier_id"])
            sums[total].update(counted + _of_supplier(order))
    return sums


def _of_supplier(order: Mapping[str, Any]) -> Measures:
    """How its supplier did: whether it came in time, how long it took, and of how many lines all
    came."""
    if order["status"] != DONE:
        return Counter(open=1)
    placed, completed = (
        datetime.fromisoformat(order[f"{at}_at"]) for at in ("placed", "completed")
    )
    measures = Counter(
        completed=1,
        lines=int(order["lines"]),
        filled_lines=int(order["lines"]) - int(order["open_lines"]),
        seconds=max(int((completed - placed).total_seconds()), 0),
    )
    expected = order.get("expected_at")
    if expected:
        promised = datetime.fromisoformat(expected) - placed
        measures.update(
            dated=1,
            # On the day is in time.
            in_time=int(order["completed_at"][:10] <= expected[:10]),
            promised_seconds=max(int(promised.total_seconds()), 0),
        )
    return measures
