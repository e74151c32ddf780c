"""What an item adds to the value of the stock: to the totals of its warehouses and groups.

It follows from the head of the item's ledger alone, so that a head that comes again adds nothing,
and an older one is seen to be older.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.analytics.amounts import amount_of
from stockwarden.analytics.totals import LAST, Measures
from stockwarden.core.exact import parse_fraction
from stockwarden.stock.head import fraction_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import COMPANY, NONE, Total

ALL, WAREHOUSE = "all", "warehouse"
# {dimension: the field of an item that says its group}
GROUPS = {"category": "category", "supplier": "supplier", "type": "inventory_type"}
# What is kept of a head, beside its id.
_KEPT = (
    "status",
    "unit",
    "category",
    "supplier",
    "inventory_type",
    "currency",
    "created_at",
    "quantity",
    "books",
)
# The score of an item that is low: its quantity, in millionths of its reorder point, of one of 0 in
# those of one piece.
_FULL = 10**6


def rank_of(head: Mapping[str, Any] | None) -> int:
    """Grows with each write of a head: a movement raises `seq`, a change of the item `version`, and
    a change of what movements depend on `facts`."""
    if head is None:
        return LAST
    return int(head["seq"]) + int(head["facts"]) + int(head.get("version", 0))


def valued_item(generation: int, item_id: str, head: Mapping[str, Any] | None) -> Item:
    """What is kept of a head, None for that of a deleted item."""
    record: Item = {
        **keys.valued_item(generation, item_id),
        "id": item_id,
        "rank": rank_of(head),
    }
    if head is None:
        return record
    record |= {name: head[name] for name in _KEPT if head.get(name) is not None}
    if head.get("low") and head["status"] != "archived":
        record |= {"ranking": keys.low_ranking(generation), "score": _fullness(head)}
    return record


def _fullness(head: Mapping[str, Any]) -> int:
    point = fraction_of(head.get("reorder_point")) or Fraction(1)
    return int(parse_fraction(head["quantity"]) / point * _FULL)


def sums_of(record: Mapping[str, Any]) -> dict[Total, Measures]:
    """What a valued item adds to each total; {} for one that was deleted. `score` is the value, and
    an item counts in `items` where there is any of it."""
    sums: dict[Total, Measures] = defaultdict(Counter)
    currency = record.get("currency") or NONE
    everywhere: Measures = Counter()
    for warehouse_id, book in record.get("books", {}).items():
        there = _measures(book)
        sums[Total(COMPANY, WAREHOUSE, currency, warehouse_id)].update(there)
        _add(sums, warehouse_id, record, there)
        everywhere.update(there)
    everywhere["items"] = int(everywhere["items"] > 0)
    _add(sums, COMPANY, record, everywhere)
    return {total: each for total, each in sums.items() if any(each.values())}


def _add(
    sums: dict[Total, Measures], scope: str, record: Mapping[str, Any], added: Measures
) -> None:
    currency = record.get("currency") or NONE
    sums[Total(scope, ALL, currency)].update(added)
    for dimension, name in GROUPS.items():
        sums[Total(scope, dimension, currency, record.get(name) or NONE)].update(added)


def _measures(book: Mapping[str, str]) -> Measures:
    amount = amount_of(Decimal(book["value"]))
    return Counter(score=amount, items=int(parse_fraction(book["quantity"]) > 0))
