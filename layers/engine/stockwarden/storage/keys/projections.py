"""The keys of the projections table, and of its index.

| item        | pk                             | sk                  |                       |
|-------------|--------------------------------|---------------------|-----------------------|
| progress    | `PROGRESS`                     | `<table>`           | newest change         |
| generations | `GENERATIONS`                  | `GENERATIONS`       | read, and being made  |
| valued item | `<gen>#ITEMS#<bucket>`         | `<item id>`         | what totals have of it|
| total       | `<gen>#TOTALS#<scope>`         | `<dimension>#<cur>#<group>` | value of items |
| counted order | `<gen>#ORDERS#<bucket>`      | `<order id>`        | as a valued item      |
| usage       | `<gen>#USAGE#<month>#<bucket>` | `<item id>`         | what left, by day     |
| day end     | `DAYS#<scope>#<dimension>#<cur>` | `<day>#<rank>`    | a total as it was     |
| view        | `VIEWS`                        | `<name>#<scope>#<days>#<cur>` | its sums    |
| rows        | `ROWS#<stamp>`                 | `<view>#<page>`     | some rows of a view   |

A generation is everything that one rebuild made. A scope is a warehouse, or the company. A bucket
is one of `BUCKETS` parts of all items.

The index `by_score` lists by a number what has `ranking`, the name of a list, and `score`: totals
by their value, and items that are low, the emptiest first.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

BUCKETS = 16
COMPANY = "company"
# Stands for no group, and for no currency.
NONE = "–"
_VIEWS = "VIEWS"


def progress() -> KeyRange:
    """How far the stream of each table was taken in."""
    return KeyRange("PROGRESS")


def generations() -> Item:
    return {"pk": "GENERATIONS", "sk": "GENERATIONS"}


def is_of_generation(item: Mapping[str, Any], generation: int) -> bool:
    return str(item["pk"]).startswith(f"{generation}#")


def bucket_of(item_id: str) -> int:
    return hashlib.sha256(item_id.encode()).digest()[0] % BUCKETS


def valued_items(generation: int, bucket: int) -> KeyRange:
    return KeyRange(f"{generation}#ITEMS#{bucket}")


def valued_item(generation: int, item_id: str) -> Item:
    return valued_items(generation, bucket_of(item_id)).key(item_id)


def usages(generation: int, month: str, bucket: int) -> KeyRange:
    """`month` is as `2026-03`."""
    return KeyRange(f"{generation}#USAGE#{month}#{bucket}")


def usage(generation: int, month: str, item_id: str) -> Item:
    return usages(generation, month, bucket_of(item_id)).key(item_id)


def counted_order(generation: int, order_id: str) -> Item:
    """What totals have of an order."""
    return {"pk": f"{generation}#ORDERS#{bucket_of(order_id)}", "sk": order_id}


@dataclass(frozen=True, order=True)
class Total:
    """The items of a group: those of a category, a supplier, an inventory type or a warehouse
    (`dimension`), or all. `group` is its id, or `NONE`; so is `currency`."""

    scope: str
    dimension: str
    currency: str
    group: str = NONE


def totals(generation: int, scope: str, dimension: str) -> KeyRange:
    return KeyRange(f"{generation}#TOTALS#{scope}", f"{dimension}#")


def totals_of(generation: int, total: Total, first: str = "", last: str = "") -> KeyRange:
    """The groups of a dimension and a currency whose names begin as `total.group` does, and go on
    between two texts."""
    range_ = totals(generation, total.scope, total.dimension)
    prefix = f"{range_.prefix}{total.currency}#{total.group}"
    return KeyRange(range_.pk, prefix, first, last)


def total(generation: int, total: Total) -> Item:
    rest = f"{total.currency}#{total.group}"
    return totals(generation, total.scope, total.dimension).key(rest)


def total_ranking(generation: int, scope: str, dimension: str, currency: str) -> str:
    return f"{generation}#{scope}#{dimension}#{currency}"


def low_ranking(generation: int) -> str:
    return f"{generation}#LOW"


def day_ends(scope: str, dimension: str, currency: str) -> KeyRange:
    return KeyRange(f"DAYS#{scope}#{dimension}#{currency}")


def day_end(ends: KeyRange, day: str, rank: int) -> Item:
    return ends.key(f"{day}#{rank:06}")


def views(name: str = "", scope: str = "", days: int | None = None) -> KeyRange:
    """The views of a name in a scope over a number of days, by currency; or all of them."""
    return KeyRange(_VIEWS, f"{name}#{scope}#{days}#" if days is not None else "")


def view_rows(stamp: str, view: str) -> KeyRange:
    """The rows of a view, a page each. `view` is the rest of its key in all views."""
    return KeyRange(f"ROWS#{stamp}", f"{view}#")


def view_page(rows: KeyRange, number: int) -> Item:
    return rows.key(f"{number:06}")


def parse_day_end(end: Mapping[str, Any]) -> tuple[str, int]:
    """The day and the rank in the key of the end of a day."""
    day, _, rank = str(end["sk"]).partition("#")
    return day, int(rank)


def of_day(ends: KeyRange, day: str) -> KeyRange:
    """The totals of one day, the largest first."""
    return KeyRange(ends.pk, f"{day}#")
