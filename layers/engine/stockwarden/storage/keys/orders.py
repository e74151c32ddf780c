"""The keys of orders, in the stock table, and of their index.

| item      | pk                           | sk                             |                   |
|-----------|------------------------------|--------------------------------|-------------------|
| order     | `ORDER#<id>`                 | `ORDER`                        | all but lines     |
| progress  | `ORDER#<id>`                 | `PROGRESS`                     | moved, by line    |
| line      | `ORDER#<id>`                 | `LINE#<revision>#<line id>`    | what is ordered   |
| posted    | `ORDER#<id>`                 | `POSTED#<when>#<posting>`      | moved together    |
| listed    | `ORDER#<id>`                 | `LISTED#<list>`                | entry in a list   |
| on order  | `ORDER#<id>`                 | `ONORDER#<revision>#<item id>` | is to come        |
| number    | `ORDERNUMBER#<number>`       | `NUMBER`                       | whose a number is |
| numbering | `ORDERNUMBERS#<type>#<year>` | `NUMBERING`                    | the last number   |

A line id has four digits. The order names the revision of its lines that counts; those of other
revisions are about to be removed, or of a change that failed. So is what is on order of others.

The index `by_list` (`listed_in`, and `named` for the position in the list) has every list of
orders: those of a type and status, of a number, of a supplier, of an item, due by a date, and on
order of an item. An entry says whose it is by the key of its item.
"""

from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange


def order_records(order_id: str) -> KeyRange:
    """Everything about an order."""
    return KeyRange(f"ORDER#{order_id}")


def order(order_id: str) -> Item:
    return order_records(order_id).key("ORDER")


def is_order(key: Mapping[str, Any]) -> bool:
    """Whether it is the key of an order's record."""
    return str(key["sk"]) == "ORDER"


def progress(order_id: str) -> Item:
    return order_records(order_id).key("PROGRESS")


def order_id_in(item: Mapping[str, Any]) -> str:
    """The id of the order that something in its partition is about."""
    return str(item["pk"]).removeprefix("ORDER#")


def lines(order_id: str, revision: str = "") -> KeyRange:
    """The lines of a revision; of all of them without one."""
    prefix = f"LINE#{revision}#" if revision else "LINE#"
    return KeyRange(order_records(order_id).pk, prefix)


def line(order_id: str, revision: str, line_id: str) -> Item:
    return lines(order_id, revision).key(line_id)


def revision_of(item: Mapping[str, Any]) -> str:
    """That of a line, or of what is on order."""
    return str(item["sk"]).split("#")[1]


def line_id_in(line_item: Mapping[str, Any]) -> str:
    return str(line_item["sk"]).rpartition("#")[2]


def posted(order_id: str) -> KeyRange:
    """The postings of an order, by when they were recorded."""
    return KeyRange(order_records(order_id).pk, "POSTED#")


def posting_of_order(order_id: str, recorded_at: str, posting_id: str) -> Item:
    return posted(order_id).key(f"{recorded_at}#{posting_id}")


def posting_id_in(posted_item: Mapping[str, Any]) -> str:
    return str(posted_item["sk"]).rpartition("#")[2]


def number(text: str) -> Item:
    """Whose a number is, in capitals."""
    return {"pk": f"ORDERNUMBER#{text}", "sk": "NUMBER"}


def number_in(claim: Mapping[str, Any]) -> str:
    """The number that is claimed."""
    return str(claim["pk"]).removeprefix("ORDERNUMBER#")


def numbering(kind: str, year: int) -> Item:
    return {"pk": f"ORDERNUMBERS#{kind}#{year}", "sk": "NUMBERING"}


def in_status_list(kind: str, status: str, created_at: str, order_id: str) -> Item:
    """The attributes of an order that put it into the list of its type and status."""
    return {"listed_in": status_list(kind, status), "named": f"{created_at}#{order_id}"}


def in_item_list(item_id: str, created_at: str, order_id: str) -> Item:
    """The attributes of a line that put its order into the list of its item."""
    return {"listed_in": item_list(item_id), "named": f"{created_at}#{order_id}"}


def by_number(order_id: str, kind: str, text: str) -> Item:
    """The entry of an order in the list of numbers; `text` is in capitals."""
    return {**_listed(order_id, "NUMBER"), "listed_in": number_list(kind), "named": text}


def by_supplier(order_id: str, supplier_id: str, created_at: str) -> Item:
    return {
        **_listed(order_id, "SUPPLIER"),
        "listed_in": supplier_list(supplier_id),
        "named": f"{created_at}#{order_id}",
    }


def due_entry(order_id: str) -> Item:
    """The key of `due`."""
    return _listed(order_id, "DUE")


def due(order_id: str, kind: str, expected_at: str) -> Item:
    """The entry of an order that is placed, in the list of what is expected when."""
    return {
        **due_entry(order_id),
        "listed_in": due_list(kind),
        "named": f"{expected_at}#{order_id}",
    }


def on_order_records(order_id: str) -> KeyRange:
    return KeyRange(order_records(order_id).pk, "ONORDER#")


def on_order(order_id: str, revision: str, item_id: str) -> Item:
    """An item of a purchase order that is placed; its entry in the list of what is to come of the
    item."""
    return {
        **on_order_records(order_id).key(f"{revision}#{item_id}"),
        "listed_in": on_order_list(item_id),
        "named": order_id,
    }


def status_list(kind: str, status: str) -> str:
    return f"ORDERS#{kind}#{status}"


def number_list(kind: str) -> str:
    return f"ORDERSBYNUMBER#{kind}"


def supplier_list(supplier_id: str) -> str:
    return f"ORDERSOFSUPPLIER#{supplier_id}"


def item_list(item_id: str) -> str:
    return f"ORDERSOFITEM#{item_id}"


def due_list(kind: str) -> str:
    return f"ORDERSDUE#{kind}"


def on_order_list(item_id: str) -> str:
    return f"ONORDER#{item_id}"


def _listed(order_id: str, name: str) -> Item:
    return order_records(order_id).key(f"LISTED#{name}")
