"""The states of an order, and what can be done in each of them.

    draft → placed → partially_received | partially_shipped → completed
      │       │                │
      └───────┴→ cancelled     └→ completed (closed short)

| status      | can be                                       |
|-------------|----------------------------------------------|
| draft       | changed, placed, cancelled                   |
| placed      | received or shipped, cancelled               |
| partially_… | received or shipped, returned, closed short  |
| completed   | returned                                     |
| cancelled   | –                                            |

`cancel` closes an order short where something was moved already: the rest is cancelled, and the
order is completed. Purchase orders are received, and sales orders shipped. A return changes no
state: what was sent back is not expected again.
"""

from collections.abc import Sequence
from enum import StrEnum

from stockwarden.core.errors import OrderConflict


class OrderType(StrEnum):
    PURCHASE = "purchase"
    SALES = "sales"


class OrderStatus(StrEnum):
    DRAFT = "draft"
    PLACED = "placed"
    PARTIALLY_RECEIVED = "partially_received"
    PARTIALLY_SHIPPED = "partially_shipped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What is done with an order, as the routes call it."""

    PLACE = "place"
    RECEIVE = "receive"
    SHIP = "ship"
    RETURN = "return"
    CANCEL = "cancel"


_DONE = {
    Act.PLACE: "placed",
    Act.RECEIVE: "received",
    Act.SHIP: "shipped",
    Act.RETURN: "returned",
    Act.CANCEL: "cancelled",
}
# How much of an order has come, or gone out.
MOVING = {OrderType.PURCHASE: Act.RECEIVE, OrderType.SALES: Act.SHIP}
PARTIAL = {
    OrderType.PURCHASE: OrderStatus.PARTIALLY_RECEIVED,
    OrderType.SALES: OrderStatus.PARTIALLY_SHIPPED,
}
# Of which something is still to come, or to go out.
OPEN = frozenset({OrderStatus.PLACED, *PARTIAL.values()})


def statuses_of(kind: OrderType) -> list[OrderStatus]:
    """Those that an order of the type can have."""
    other = {PARTIAL[each] for each in OrderType if each is not kind}
    return [status for status in OrderStatus if status not in other]


def possible(kind: OrderType, status: OrderStatus) -> list[Act]:
    match status:
        case OrderStatus.DRAFT:
            return [Act.PLACE, Act.CANCEL]
        case OrderStatus.PLACED:
            return [MOVING[kind], Act.CANCEL]
        case OrderStatus.PARTIALLY_RECEIVED | OrderStatus.PARTIALLY_SHIPPED:
            return [MOVING[kind], Act.RETURN, Act.CANCEL]
        case OrderStatus.COMPLETED:
            return [Act.RETURN]
        case OrderStatus.CANCELLED:
            return []


def require_possible(number: str, kind: OrderType, status: OrderStatus, act: Act) -> None:
    """Raises OrderConflict that says what is possible instead."""
    acts = possible(kind, status)
    if act in acts:
        return
    called = f"{number} is a {kind} order, and {_worded(status)}"
    raise OrderConflict(
        f"{called}: it cannot be {_DONE[act]}. {_offered(acts)}",
        {"status": status.value, "possible": [each.value for each in acts]},
    )


def not_a_draft(number: str, kind: OrderType, status: OrderStatus, fields: str) -> OrderConflict:
    """The error for a change of what only a draft's can be changed."""
    acts = possible(kind, status)
    return OrderConflict(
        f"{number} is {_worded(status)}: {fields} can be changed in a draft only.",
        {"status": status.value, "possible": [each.value for each in acts]},
    )


def _worded(status: OrderStatus) -> str:
    return status.replace("_", " ")


def _offered(acts: Sequence[Act]) -> str:
    if not acts:
        return "Nothing more can be done with it."
    return f"It can be {' or '.join(_DONE[act] for act in acts)}."
